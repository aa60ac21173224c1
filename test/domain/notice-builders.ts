import type {
  Audience,
  Notice,
  NoticeActor,
  NoticeCommand,
  NoticeDraft,
  NoticeStatus,
} from '../../src/domain/notice.ts';
import type { NoticeFacts } from '../../src/domain/notice-change.ts';

export const noon = '2026-11-24T12:00:00.000Z';

export const ada: NoticeActor = { id: 'ada', name: 'Ada', roles: ['author'], via: 'teams' };
export const bob: NoticeActor = { id: 'bob', name: 'Bob', roles: ['approver'], via: 'api' };
export const both: NoticeActor = { id: 'cleo', name: 'Cleo', roles: ['author', 'approver'], via: 'command' };
export const auditor: NoticeActor = { id: 'dan', name: 'Dan', roles: ['auditor'], via: 'teams' };
export const clock: NoticeActor = { id: 'clock', name: '', roles: [], via: 'bot' };

export const nobody: Audience = {
  everyone: false,
  impact: [],
  findings: [],
  os: [],
  sites: [],
  languages: [],
  people: [],
  groups: [],
};

export function draft(given: Partial<NoticeDraft> = {}): NoticeDraft {
  return {
    name: 'Suites go',
    subject: {
      kind: 'policy',
      before: '2026-03-31',
      after: '2026-04-01',
      lost: [],
      source: 'https://example.org/',
    },
    audience: { ...nobody, impact: ['will-break'] },
    texts: { all: { en: { title: 'Sign-in will stop', body: 'Please check your PC.' } } },
    schedule: { startAt: null, window: null, weekdays: [], remindAfterDays: null },
    mandatory: null,
    ...given,
  };
}

export function notice(status: NoticeStatus['at'] = 'draft', given: Partial<Notice> = {}): Notice {
  return {
    ...draft(),
    id: 'n1',
    version: 3,
    status: statusAt(status),
    author: { id: 'ada', name: 'Ada' },
    submitter: null,
    approver: null,
    total: status === 'draft' ? null : 100,
    createdAt: noon,
    since: noon,
    remindsOf: null,
    ...given,
  };
}

function statusAt(at: NoticeStatus['at']): NoticeStatus {
  switch (at) {
    case 'sending':
    case 'paused':
      return { at, wave: 1 };
    case 'halted':
      return { at, wave: 1, why: { code: 'too-many-bad', bad: 9, settled: 10 } };
    default:
      return { at };
  }
}

export function facts(given: Partial<NoticeFacts> = {}): NoticeFacts {
  return {
    now: new Date('2026-11-24T12:05:00.000Z'),
    approvalAbove: 50,
    total: 100,
    classes: ['will-break'],
    failed: 4,
    ...given,
  };
}

/** One of each, in the order of their names in the tables. */
export const commands: Readonly<Record<NoticeCommand['do'], NoticeCommand>> = {
  edit: { do: 'edit', draft: draft({ name: 'Suites go soon' }) },
  submit: { do: 'submit' },
  approve: { do: 'approve' },
  reject: { do: 'reject', reason: 'too long' },
  pause: { do: 'pause' },
  resume: { do: 'resume' },
  cancel: { do: 'cancel' },
  'resend-failed': { do: 'resend-failed' },
  start: { do: 'start' },
  'next-wave': { do: 'next-wave' },
  halt: { do: 'halt', why: { code: 'too-many-bad', bad: 9, settled: 10 } },
  finish: { do: 'finish' },
};
