import type { Notice, NoticeActor, NoticeCommand, NoticeDraft } from '../domain/notice.ts';
import { changeNotice, type NoticeFacts, refusalOf } from '../domain/notice-change.ts';
import { checkDraft, hasAudience } from '../domain/notice-check.ts';
import type { Acted, NoticeDesk } from './notice-desk.ts';
import type { NoticeStore } from './notice-store.ts';
import { type AudienceFinder, GroupUnavailable, type Recipient } from './people.ts';
import { refused } from './refusals.ts';

export type DeskParts = {
  readonly store: NoticeStore;
  readonly finder: AudienceFinder;
  /** To more people than this, a second person approves; 0 is always. */
  readonly approvalAbove: number;
  readonly newId: () => string;
  readonly now: () => Date;
};

/** Whoever takes a notice as it is tries again when somebody is faster, but not for ever. */
const mostTries = 5;

export function createNoticeDesk(parts: DeskParts): NoticeDesk {
  const { store, finder, now } = parts;
  return {
    create: (draft, by, id) => create(parts, draft, by, id),
    act: (id, command, by, version) => act(parts, id, command, by, version),
    find: store.find,
    list: store.list,
    figures: finder.figures,
    dryRun: finder.dryRun,
    progress: (id) => store.progress(id, now()),
    report: store.report,
    audit: store.audit,
    acknowledge: (id, personId) => store.acknowledge(id, personId, now()),
    record: (entry) => store.record({ ...entry, at: now().toISOString() }),
  };
}

async function create(
  { store, newId, now }: DeskParts,
  draft: NoticeDraft,
  by: NoticeActor,
  given?: string,
): Promise<Acted> {
  if (!by.roles.includes('author')) return refused({ why: 'role-missing', about: 'author' });
  const fault = checkDraft(draft, now());
  if (fault !== null) return refused(fault);
  const at = now().toISOString();
  const notice: Notice = {
    ...draft,
    id: given ?? newId(),
    version: 0,
    status: { at: 'draft' },
    author: { id: by.id, name: by.name },
    submitter: null,
    approver: null,
    total: null,
    createdAt: at,
    since: at,
    remindsOf: null,
  };
  const saved = await store.save({
    ...{ notice, by, what: 'create', data: { draft }, deliveries: 'none', recipients: [] },
  });
  if (saved === 'saved') return { kind: 'done', notice };
  const there = given === undefined ? null : await store.find(given);
  if (there === null) throw new Error(`A new notice got the id ${notice.id}, which another one has.`);
  return { kind: 'done', notice: there };
}

async function act(
  parts: DeskParts,
  id: string,
  command: NoticeCommand,
  by: NoticeActor,
  version: number | null,
): Promise<Acted> {
  for (let tries = 0; ; tries++) {
    const notice = await parts.store.find(id);
    if (notice === null) return refused({ why: 'not-found', about: id });
    const isOld = version !== null && version !== notice.version;
    if (isOld || tries === mostTries) {
      return refused({ why: 'changed-meanwhile', about: String(notice.version) });
    }
    const acted = await tryOnce(parts, notice, command, by);
    if (acted !== 'conflict') return acted;
  }
}

/** What is asked of many, such as who the recipients are, is asked when the command may be given at all. */
async function tryOnce(
  parts: DeskParts,
  notice: Notice,
  command: NoticeCommand,
  by: NoticeActor,
): Promise<Acted | 'conflict'> {
  const { store, approvalAbove, now } = parts;
  const fault = refusalOf(notice, command, by, now());
  if (fault !== null) return refused(fault);
  const recipients = command.do === 'submit' ? await gather(parts.finder, notice) : [];
  if (recipients instanceof GroupUnavailable) {
    return refused({ why: 'group-unavailable', about: recipients.message });
  }
  const facts: NoticeFacts = {
    now: now(),
    approvalAbove,
    total: recipients.length,
    classes: [...new Set(recipients.map(({ impact }) => impact))],
    failed: command.do === 'resend-failed' ? await store.countFailed(notice.id) : 0,
  };
  const outcome = changeNotice(notice, command, by, facts);
  if (outcome.kind === 'refused') return refused(outcome);
  const { deliveries } = outcome;
  const data = describeChange(command, notice, outcome.notice);
  const saved = await store.save({
    ...{ notice: outcome.notice, by, what: command.do, data, deliveries, recipients },
  });
  return saved === 'conflict' ? saved : { kind: 'done', notice: outcome.notice };
}

/** Each once. An audience without any limit is not even looked up: it is refused whoever is in it. */
async function gather(
  finder: AudienceFinder,
  { subject, audience }: Notice,
): Promise<readonly Recipient[] | GroupUnavailable> {
  if (!hasAudience(audience)) return [];
  const found = new Map<string, Recipient>();
  try {
    for await (const page of finder.select(subject, audience)) {
      for (const recipient of page) found.set(recipient.person.id, recipient);
    }
  } catch (error) {
    if (error instanceof GroupUnavailable) return error;
    throw error;
  }
  return [...found.values()];
}

/** For the audit log: from where to where, and the words that came with it. */
function describeChange(command: NoticeCommand, before: Notice, after: Notice) {
  const { do: _, ...given } = command;
  return {
    from: before.status.at,
    to: after.status.at,
    ...given,
    ...(command.do === 'submit' ? { total: after.total, mandatory: after.mandatory } : {}),
  };
}
