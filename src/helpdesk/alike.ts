import { isOver } from '../domain/handoff.ts';
import type { StoredTicket } from './ticket-store.ts';

/** Tickets of one cause, opened within an hour, by so many people that it is no coincidence. */
export type Alike = {
  /** Stands for all of them: the oldest, or the one that does so already. */
  readonly parent: StoredTicket;
  /** Those that are not linked to it yet. */
  readonly children: readonly StoredTicket[];
  readonly people: number;
  readonly cause: Cause;
  readonly tickets: readonly string[];
};

/** What fails, and where, as far as the reports show it. */
export type Cause = {
  readonly code: string;
  readonly variant: string;
  /** Who breaks open the connection; null where nothing says so. */
  readonly site: string | null;
};

const hour = 3_600_000;

/** Groups of `threshold` people or more. */
export function findAlike(stored: readonly StoredTicket[], threshold: number, now: Date): readonly Alike[] {
  const recent = stored.filter(
    ({ ticket }) => !isOver(ticket) && now.getTime() - Date.parse(ticket.openedAt) < hour,
  );
  const groups = Map.groupBy(recent, (one) => JSON.stringify(causeOf(one)));
  return [...groups.values()].flatMap((group) => alikeOf(group, threshold) ?? []);
}

function alikeOf(group: readonly StoredTicket[], threshold: number): Alike | null {
  const [first] = group;
  const cause = first === undefined ? null : causeOf(first);
  const people = new Set(group.map(({ details }) => details.person.userId)).size;
  if (cause === null || people < threshold) return null;
  const sorted = group.toSorted((a, b) => a.ticket.openedAt.localeCompare(b.ticket.openedAt));
  const inUse = sorted.find(({ ticket }) => sorted.some((other) => other.ticket.parentId === ticket.id));
  const parent = inUse ?? sorted.find(({ ticket }) => ticket.parentId === null);
  if (parent === undefined) return null;
  const children = sorted.filter(({ ticket }) => ticket !== parent.ticket && ticket.parentId === null);
  return { parent, children, people, cause, tickets: sorted.map(({ ticket }) => ticket.id) };
}

/** Null while no report shows what fails. */
function causeOf({ details }: StoredTicket): Cause | null {
  const findings = details.shared.diagnosis?.findings ?? [];
  const failing = findings.find(({ severity }) => severity === 'fail');
  if (failing === undefined) return null;
  const opener = findings.find(({ code, severity }) => code === 'tls-interception' && severity !== 'pass');
  const site = opener?.evidence[0]?.text ?? null;
  // Pseudonyms count from 1 in every report: the same one means different names.
  const isName = site !== null && !/-\d/.test(site);
  return { code: failing.code, variant: failing.variant, site: isName ? site : null };
}
