import type { NoticeDraft } from '../domain/notice.ts';
import type { PolicyHistory } from '../domain/policy.ts';
import { type Look, type LookOptions, lookAt, type Seen } from './watch.ts';
import { type Difference, draftOf, worthTelling } from './watch-differences.ts';

/** What there is to tell of a look, until everybody has heard. */
export type News = {
  readonly host: string;
  readonly day: string;
  readonly text: string;
  /** For administrators to check and submit, under an id of its own; null where nobody is hit. */
  readonly draft: { readonly id: string; readonly draft: NoticeDraft } | null;
  /** Who has heard. */
  readonly told: readonly string[];
};

/** What was seen of each host, of all processes. */
export type WatchStore = {
  /** True for the first process of a day; again when that one did not finish, or the host did not answer, a while ago. */
  claim(host: string, day: string, now: Date): Promise<boolean>;
  /** The last look before this day; null where there is none. */
  lastSeen(host: string, before: string): Promise<Seen | null>;
  /** What was seen, null where the host did not answer, and what there is to tell of it. */
  keep(host: string, day: string, seen: Seen | null, news: News | null): Promise<void>;
  /** What a process began to tell a while ago and did not finish; for this process alone. */
  claimNews(now: Date): Promise<readonly News[]>;
  /** Who has heard by now; with `isOver` nobody else has to. */
  keepTold(news: News, told: Told): Promise<void>;
};

export type Told = { readonly told: readonly string[]; readonly isOver: boolean };

export type WatchWords = {
  heading(host: string): string;
  since(difference: Difference): string;
  policy(difference: Difference): string;
  readonly limits: string;
  draft(host: string, lost: readonly Difference[]): Pick<NoticeDraft, 'name' | 'texts'>;
};

export type WatchParts = LookOptions & {
  readonly store: WatchStore;
  readonly history: PolicyHistory;
  readonly words: WatchWords;
  readonly newDraftId: () => string;
  /** Writes the draft if it is not there yet, and reaches administrators who have not heard. */
  readonly tell: (news: News) => Promise<Told>;
  readonly failed: (look: Extract<Look, { kind: 'failed' }>) => void;
};

/**
 * Looks once a day at each host, whichever process comes first, and tells what was left to tell. Returns the hosts that
 * it looked at.
 */
export async function watchHosts(parts: WatchParts, hosts: readonly string[]): Promise<readonly string[]> {
  const { store, now } = parts;
  const looked: string[] = [];
  for (const host of hosts) {
    const day = now().toISOString().slice(0, 10);
    if (!(await store.claim(host, day, now()))) continue;
    looked.push(host);
    await watchOne(parts, host, day);
  }
  for (const news of await store.claimNews(now())) await tellNews(parts, news);
  return looked;
}

async function watchOne(parts: WatchParts, host: string, day: string): Promise<void> {
  const { store, failed, newDraftId } = parts;
  const look = await lookAt(host, parts);
  if (look.kind === 'failed') {
    failed(look);
    return store.keep(host, day, null, null);
  }
  const report = reportOn(parts, look.seen, await store.lastSeen(host, day));
  const draft = report?.draft ? { id: newDraftId(), draft: report.draft } : null;
  const news = report === null ? null : { host, day, text: report.text, draft, told: [] };
  // Kept first, with the draft's id: whoever goes on after a crash tells the same, and drafts nothing anew.
  await store.keep(host, day, look.seen, news);
  if (news !== null) await tellNews(parts, news);
}

async function tellNews({ store, tell }: WatchParts, news: News): Promise<void> {
  await store.keepTold(news, await tell(news));
}

/** The words on a look and a draft for those it hits; null where there is nothing to tell. */
export function reportOn(
  { history, words }: Pick<WatchParts, 'history' | 'words'>,
  seen: Seen,
  before: Seen | null,
): { readonly text: string; readonly draft: NoticeDraft | null } | null {
  const { since, policy } = worthTelling(before, seen, history);
  if (since.length + policy.length === 0) return null;
  const lines = [...since.map(words.since), ...policy.map(words.policy)];
  const text = [words.heading(seen.host), ...lines, words.limits].join('\n');
  const lost = since.length > 0 ? since : policy;
  return { text, draft: draftOf(before, seen, lost, words.draft(seen.host, lost)) };
}
