import assert from 'node:assert/strict';
import type {
  Notice,
  NoticeActor,
  NoticeCommand,
  NoticeDraft,
  NoticeStatus,
} from '../../src/domain/notice.ts';
import { changeNotice, type NoticeFacts, roleFor } from '../../src/domain/notice-change.ts';
import { ada, auditor, bob, both, clock, commands, draft, facts, nobody, notice } from './notice-builders.ts';

type State = NoticeStatus['at'];

/** Somebody who may do it, and whose notice it is not. */
function actorFor(command: NoticeCommand): NoticeActor {
  const role = roleFor(command);
  if (role === 'bot') return clock;
  return role === 'author' ? ada : bob;
}

/** What comes of it in one line: the state after it and what follows for the deliveries, or why it does not apply. */
function outcome(
  before: Notice,
  command: NoticeCommand,
  by: NoticeActor,
  known: Partial<NoticeFacts> = {},
): string {
  const result = changeNotice(before, command, by, facts(known));
  if (result.kind === 'refused') return `no: ${result.why}`;
  const { status } = result.notice;
  const wave = 'wave' in status ? ` ${status.wave}` : '';
  const follows = result.deliveries === 'none' ? '' : `, ${result.deliveries}`;
  return `${status.at}${wave}${follows}`;
}

const out = 'no: out-of-place';

describe('a command on a notice', () => {
  const rows: Record<State, Record<NoticeCommand['do'], string>> = {
    draft: {
      edit: 'draft',
      submit: 'awaiting-approval, fix',
      approve: out,
      reject: out,
      pause: out,
      resume: out,
      cancel: 'cancelled',
      'resend-failed': out,
      start: out,
      'next-wave': out,
      halt: out,
      finish: out,
    },
    'awaiting-approval': {
      edit: 'draft, drop',
      submit: out,
      approve: 'scheduled',
      reject: 'draft, drop',
      pause: out,
      resume: out,
      cancel: 'cancelled, stop',
      'resend-failed': out,
      start: out,
      'next-wave': out,
      halt: out,
      finish: out,
    },
    scheduled: {
      edit: 'draft, drop',
      submit: out,
      approve: out,
      reject: out,
      pause: out,
      resume: out,
      cancel: 'cancelled, stop',
      'resend-failed': out,
      start: 'sending 0, wake',
      'next-wave': out,
      halt: out,
      finish: out,
    },
    sending: {
      edit: out,
      submit: out,
      approve: out,
      reject: out,
      pause: 'paused 1',
      resume: out,
      cancel: 'cancelled, stop',
      'resend-failed': 'sending 1, requeue-failed',
      start: out,
      'next-wave': 'sending 2, wake',
      halt: 'halted 1',
      finish: out,
    },
    paused: {
      edit: out,
      submit: out,
      approve: out,
      reject: out,
      pause: out,
      resume: 'sending 1, wake',
      cancel: 'cancelled, stop',
      'resend-failed': 'paused 1, requeue-failed',
      start: out,
      'next-wave': out,
      halt: out,
      finish: out,
    },
    halted: {
      edit: out,
      submit: out,
      approve: out,
      reject: out,
      pause: out,
      resume: 'sending 1, wake',
      cancel: 'cancelled, stop',
      'resend-failed': 'halted 1, requeue-failed',
      start: out,
      'next-wave': out,
      halt: out,
      finish: out,
    },
    done: {
      edit: out,
      submit: out,
      approve: out,
      reject: out,
      pause: out,
      resume: out,
      cancel: out,
      'resend-failed': 'sending 2, requeue-failed',
      start: out,
      'next-wave': out,
      halt: out,
      finish: out,
    },
    cancelled: {
      edit: out,
      submit: out,
      approve: out,
      reject: out,
      pause: out,
      resume: out,
      cancel: out,
      'resend-failed': out,
      start: out,
      'next-wave': out,
      halt: out,
      finish: out,
    },
  };
  for (const [state, row] of Object.entries(rows)) {
    it(`that is ${state}`, () => {
      const got = Object.values(commands).map((command) => [
        command.do,
        outcome(notice(state as State), command, actorFor(command)),
      ]);
      assert.deepEqual(Object.fromEntries(got), row);
    });
  }
});

describe('a change of a notice', () => {
  it('counts the version on, keeps the moment, and leaves the notice before it as it was', () => {
    const before = notice('sending');
    const copy = structuredClone(before);
    const result = changeNotice(before, { do: 'pause' }, ada, facts());
    assert.ok(result.kind === 'changed');
    assert.equal(result.notice.version, 4);
    assert.equal(result.notice.since, '2026-11-24T12:05:00.000Z');
    assert.deepEqual(before, copy);
  });
});

describe('who may do what', () => {
  const everything = Object.values(commands);
  const done = (by: NoticeActor) =>
    everything.filter((command) => {
      const states: readonly State[] = ['draft', 'awaiting-approval', 'scheduled', 'sending', 'paused'];
      return states.some((state) => !outcome(notice(state), command, by).startsWith('no: '));
    });

  it('is told by roles: authors write and steer, approvers judge, auditors change nothing', () => {
    const names = (by: NoticeActor) => done(by).map((command) => command.do);
    assert.deepEqual(names(ada), ['edit', 'submit', 'pause', 'resume', 'cancel', 'resend-failed']);
    assert.deepEqual(names(bob), ['approve', 'reject']);
    assert.deepEqual(names(auditor), []);
    assert.deepEqual(names(clock), ['start', 'next-wave', 'halt']);
  });

  it('an author of both roles does not approve their own, however their id is written', () => {
    const own = notice('awaiting-approval', { author: { id: 'CLEO', name: 'Cleo' } });
    assert.equal(outcome(own, { do: 'approve' }, both), 'no: own-notice');
    assert.equal(outcome(notice('awaiting-approval'), { do: 'approve' }, both), 'scheduled');
  });

  it('whoever edits a notice becomes its author, and does not approve it', () => {
    const edited = changeNotice(notice('awaiting-approval'), commands.edit, both, facts());
    assert.ok(edited.kind === 'changed');
    assert.equal(edited.notice.author.id, 'cleo');
    const waiting: Notice = { ...edited.notice, status: { at: 'awaiting-approval' } };
    assert.equal(outcome(waiting, { do: 'approve' }, both), 'no: own-notice');
  });
});

describe('whoever sent a notice for approval', () => {
  const program: NoticeActor = { id: 'policy-watch', name: 'Policy watch', roles: ['author'], via: 'bot' };
  const drafted = notice('draft', { author: program });

  function submitted(by: NoticeActor): Notice {
    const result = changeNotice(drafted, { do: 'submit' }, by, facts());
    assert.ok(result.kind === 'changed');
    return result.notice;
  }

  it('does not approve it, also where a program wrote it', () => {
    const waiting = submitted(both);
    assert.deepEqual(waiting.submitter, { id: 'cleo', name: 'Cleo' });
    assert.equal(outcome(waiting, { do: 'approve' }, { ...both, id: 'CLEO' }), 'no: own-notice');
    assert.equal(outcome(waiting, { do: 'approve' }, bob), 'scheduled');
  });

  it('is forgotten with an edit, and named anew when it is sent again', () => {
    const edited = changeNotice(submitted(both), commands.edit, ada, facts());
    assert.ok(edited.kind === 'changed');
    assert.equal(edited.notice.submitter, null);
  });

  it('may approve what somebody else sent again after a rejection', () => {
    const rejected = changeNotice(submitted(both), commands.reject, bob, facts());
    assert.ok(rejected.kind === 'changed');
    const again = changeNotice(rejected.notice, { do: 'submit' }, ada, facts());
    assert.ok(again.kind === 'changed');
    assert.equal(outcome(again.notice, { do: 'approve' }, both), 'scheduled');
  });
});

describe('what is done', () => {
  const reminding = { schedule: { ...draft().schedule, remindAfterDays: 1 } };
  const after = (iso: string) => ({ now: new Date(iso) });

  it('is cancelled as far as its reminder goes, until that is made', () => {
    const done = notice('done', reminding);
    const cancelled = changeNotice(done, { do: 'cancel' }, ada, facts());
    assert.ok(cancelled.kind === 'changed');
    assert.deepEqual([cancelled.notice.status.at, cancelled.deliveries], ['done', 'none']);
    assert.equal(cancelled.notice.schedule.remindAfterDays, null);
    assert.equal(outcome(done, { do: 'cancel' }, ada, after('2026-11-25T12:00:00.000Z')), 'no: out-of-place');
    assert.equal(
      outcome(notice('done', { ...reminding, remindsOf: 'n0' }), { do: 'cancel' }, ada),
      'no: out-of-place',
    );
  });
});

describe('the second person', () => {
  const lines: readonly [string, Partial<NoticeDraft>, Partial<NoticeFacts>, string][] = [
    ['is not asked for as many as configured', {}, { total: 50 }, 'scheduled, fix'],
    ['is asked for one more', {}, { total: 51 }, 'awaiting-approval, fix'],
    [
      'is always asked where that is configured',
      {},
      { total: 1, approvalAbove: 0 },
      'awaiting-approval, fix',
    ],
    [
      'is always asked when opt-outs are overridden',
      { mandatory: { reason: 'law' } },
      { total: 1 },
      'awaiting-approval, fix',
    ],
  ];
  for (const [rule, given, known, expected] of lines) {
    it(rule, () => assert.equal(outcome(notice('draft', given), { do: 'submit' }, ada, known), expected));
  }

  it('is asked again after an edit', () => {
    const edited = changeNotice(
      notice('scheduled', { approver: { id: 'bob', name: 'Bob' } }),
      commands.edit,
      ada,
      facts(),
    );
    assert.ok(edited.kind === 'changed');
    assert.equal(edited.notice.approver, null);
    assert.equal(outcome(edited.notice, { do: 'submit' }, ada), 'awaiting-approval, fix');
  });

  it('says why when they reject it', () => {
    const waiting = notice('awaiting-approval');
    assert.equal(outcome(waiting, { do: 'reject', reason: ' ' }, bob), 'no: reason-missing');
  });
});

describe('what a notice needs before it is submitted', () => {
  const { schedule } = draft();
  const text = { title: 'Sign-in', body: 'Check.' };
  const lines: readonly [string, Partial<NoticeDraft>, Partial<NoticeFacts>, string][] = [
    ['some limit', { audience: nobody }, {}, 'no: audience-unlimited'],
    [
      'or the word that everyone is meant',
      { audience: { ...nobody, everyone: true } },
      {},
      'awaiting-approval, fix',
    ],
    ['somebody to go to', {}, { total: 0, classes: [] }, 'no: audience-empty'],
    [
      'a text for each class among them',
      { texts: { 'will-break': { en: text } } },
      { classes: ['will-break', 'unknown'] },
      'no: text-missing',
    ],
    ['and that in English', { texts: { all: { de: text } } }, {}, 'no: text-missing'],
    [
      'with something in it',
      { texts: { all: { en: { title: 'Sign-in', body: ' \n' } } } },
      {},
      'no: text-missing',
    ],
    [
      'no half of a text in another language',
      { texts: { all: { en: text, de: { title: 'Anmeldung', body: '' } } } },
      {},
      'no: text-missing',
    ],
    [
      'no placeholder that there is not',
      { texts: { all: { en: { title: 'Hello {nmae}', body: 'Check.' } } } },
      {},
      'no: placeholder-unknown',
    ],
    ['a reason when it is mandatory', { mandatory: { reason: '' } }, {}, 'no: reason-missing'],
    [
      'a start that is not past',
      { schedule: { ...schedule, startAt: '2026-11-24T11:00:00Z' } },
      {},
      'no: schedule-invalid',
    ],
    [
      'a start within a year',
      { schedule: { ...schedule, startAt: '2036-11-24T11:00:00Z' } },
      {},
      'no: schedule-invalid',
    ],
    ['a start that is a moment', { schedule: { ...schedule, startAt: 'soon' } }, {}, 'no: schedule-invalid'],
    [
      'a window of two times',
      { schedule: { ...schedule, window: { from: '18:00', to: '18:00' } } },
      {},
      'no: schedule-invalid',
    ],
    ['days from 1 to 7', { schedule: { ...schedule, weekdays: [0] } }, {}, 'no: schedule-invalid'],
    [
      'a reminder after whole days',
      { schedule: { ...schedule, remindAfterDays: 0.5 } },
      {},
      'no: schedule-invalid',
    ],
  ];
  for (const [rule, given, known, expected] of lines) {
    it(rule, () => assert.equal(outcome(notice('draft', given), { do: 'submit' }, ada, known), expected));
  }

  it('is checked at an edit as far as it can be', () => {
    const edit = (given: Partial<NoticeDraft>) => outcome(notice(), { do: 'edit', draft: draft(given) }, ada);
    assert.equal(edit({ schedule: { ...schedule, weekdays: [8] } }), 'no: schedule-invalid');
    assert.equal(edit({ audience: nobody, texts: {} }), 'draft', 'a draft may be incomplete');
  });
});

describe('the start', () => {
  it('waits for its hour', () => {
    const later = notice('scheduled', {
      schedule: { ...draft().schedule, startAt: '2026-11-24T12:05:01.000Z' },
    });
    assert.equal(outcome(later, { do: 'start' }, clock), out);
    const now = new Date('2026-11-24T12:05:01.000Z');
    assert.equal(outcome(later, { do: 'start' }, clock, { now }), 'sending 0, wake');
  });

  it('reaches a few people at once, without a first wave', () => {
    assert.equal(outcome(notice('scheduled', { total: 19 }), { do: 'start' }, clock), 'sending 2, wake');
    assert.equal(outcome(notice('scheduled', { total: 20 }), { do: 'start' }, clock), 'sending 0, wake');
  });
});

describe('the last wave', () => {
  const last = notice('sending', { status: { at: 'sending', wave: 2 } });
  it('has none after it, and is finished', () => {
    assert.equal(outcome(last, { do: 'next-wave' }, clock), out);
    assert.equal(outcome(last, { do: 'finish' }, clock), 'done');
  });
});

describe('sending again to those that failed', () => {
  it('is refused while nothing has', () => {
    assert.equal(outcome(notice('done'), { do: 'resend-failed' }, ada, { failed: 0 }), 'no: nothing-failed');
  });
});
