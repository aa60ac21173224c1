import type { NoticeDraft, NoticeText } from '../domain/notice.ts';
import type { PolicyHistory } from '../domain/policy.ts';
import { type Look, type LookOptions, lookAt, type Seen } from './watch.ts';
import { type Difference, draftOf, worthTelling } from './watch-differences.ts';

/** What was seen of each host, of all processes. */
export type WatchStore = {
  /** True for the first process of a day; again when that one did not finish, or the host did not answer, a while ago. */
  claim(host: string, day: string, now: Date): Promise<boolean>;
  /** The last look before this day; null where there is none. */
  lastSeen(host: string, before: string): Promise<Seen | null>;
  /** Null where the host did not answer. */
  keep(host: string, day: string, seen: Seen | null): Promise<void>;
};

export type WatchWords = {
  heading(host: string): string;
  since(difference: Difference): string;
  policy(difference: Difference): string;
  readonly limits: string;
  draft(host: string, lost: readonly Difference[]): { readonly name: string; readonly text: NoticeText };
};

export type WatchParts = LookOptions & {
  readonly store: WatchStore;
  readonly history: PolicyHistory;
  readonly words: WatchWords;
  /** Reaches administrators; the draft is for them to check and submit, null where nobody is hit. */
  readonly tell: (text: string, draft: NoticeDraft | null) => Promise<void>;
  readonly failed: (look: Extract<Look, { kind: 'failed' }>) => void;
};

/** Looks once a day at each host, whichever process comes first. Returns the hosts that it looked at. */
export async function watchHosts(parts: WatchParts, hosts: readonly string[]): Promise<readonly string[]> {
  const looked: string[] = [];
  for (const host of hosts) {
    const day = parts.now().toISOString().slice(0, 10);
    if (!(await parts.store.claim(host, day, parts.now()))) continue;
    looked.push(host);
    await watchOne(parts, host, day);
  }
  return looked;
}

async function watchOne(parts: WatchParts, host: string, day: string): Promise<void> {
  const { store, tell, failed } = parts;
  const look = await lookAt(host, parts);
  if (look.kind === 'failed') {
    failed(look);
    return store.keep(host, day, null);
  }
  const report = reportOn(parts, look.seen, await store.lastSeen(host, day));
  // Told first: what is kept would not be told again, and twice is better than never.
  if (report !== null) await tell(report.text, report.draft);
  await store.keep(host, day, look.seen);
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
