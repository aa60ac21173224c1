import type { Notice } from '../domain/notice.ts';
import { isOwn } from '../domain/notice-change.ts';
import type { CardStore, PlannedCard } from './card-store.ts';
import type { Person } from './people.ts';

export type PlanParts = {
  readonly store: Pick<CardStore, 'plan' | 'listAwaiting' | 'listUnshown' | 'listUntold'>;
  /** Those who may approve, as far as they are known. */
  readonly approvers: () => Promise<readonly Person[]>;
  readonly find: (id: string) => Promise<Person | null>;
  readonly now: () => Date;
};

const dayMs = 86_400_000;

/**
 * Cards that nobody asked for: to everybody who may approve what waits for it, and to whoever wrote a notice or sent it
 * for approval when its sending begins, when it is rejected and when it stops by itself. An approver who writes to the
 * bot later is asked then.
 */
export async function planCards(parts: PlanParts): Promise<void> {
  const { store, now } = parts;
  const awaiting = await store.listAwaiting();
  const approvers = awaiting.length === 0 ? [] : await parts.approvers();
  const asked = awaiting.flatMap((notice) => cardsFor(notice, othersThan(notice, approvers), 'waiting'));
  const since = new Date(now().getTime() - dayMs);
  const [begun, untold] = [await store.listUnshown(since), await store.listUntold(since)];
  const toWriters = (kind: PlannedCard['kind']) => async (notice: Notice) =>
    cardsFor(notice, await writersOf(parts, notice), kind);
  const told = await Promise.all([...begun.map(toWriters('progress')), ...untold.map(toWriters('news'))]);
  await store.plan([...asked, ...told.flat()], now());
}

function othersThan(notice: Notice, people: readonly Person[]): readonly Person[] {
  return people.filter(({ id }) => !isOwn(notice, { id }));
}

async function writersOf({ find }: PlanParts, { author, submitter }: Notice): Promise<readonly Person[]> {
  const ids = new Set([author, ...(submitter === null ? [] : [submitter])].map(({ id }) => id.toLowerCase()));
  const found = await Promise.all([...ids].map(find));
  return found.filter((person) => person !== null);
}

function cardsFor(
  { id, version }: Notice,
  people: readonly Person[],
  kind: PlannedCard['kind'],
): readonly PlannedCard[] {
  return people.flatMap(({ id: official, reference, reach }) =>
    reference === null || reach !== 'reachable'
      ? []
      : [{ noticeId: id, official, kind, version: kind === 'progress' ? 0 : version, reference }],
  );
}
