import { ownerOf, type TicketState } from '../domain/handoff.ts';
import { type ChannelPlace, threadLink } from './channel.ts';
import { isBreaching, type Targets, targetOf } from './targets.ts';
import type { StoredTicket, TicketStore } from './ticket-store.ts';

export type OverviewParts = {
  readonly store: Pick<TicketStore, 'list'>;
  readonly targets: Targets;
  readonly place: ChannelPlace | null;
  readonly now: Date;
};

const open: readonly TicketState[] = ['new', 'queued', 'assigned', 'waiting-for-user', 'solved'];
/** More than anyone reads; beyond it, counts are of the newest. */
const most = 1_000;

/** The open tickets that are asked for, the most pressing first; `mine` are those of the agent. */
export async function overviewOf(
  { store, targets, place, now }: OverviewParts,
  of: 'queue' | 'mine' | 'breaching' | 'digest',
  agentId: string,
) {
  const tickets = await store.list({ states: open, limit: most });
  const isLate = ({ ticket }: StoredTicket) => isBreaching(ticket, targets, now);
  const chosen =
    of === 'breaching'
      ? tickets.filter(isLate)
      : tickets.filter((one) => of !== 'mine' || isOf(one, agentId));
  const due = ({ ticket }: StoredTicket) => targetOf(ticket, targets).getTime();
  return {
    of,
    now,
    counts: {
      open: tickets.length,
      unowned: tickets.filter(({ ticket }) => ownerOf(ticket) === null).length,
      breaching: tickets.filter(isLate).length,
    },
    rows: chosen
      .toSorted((a, b) => due(a) - due(b))
      .map(({ ticket, details, rootId }) => ({
        ticket,
        title: details.title,
        person: details.person.name,
        target: targetOf(ticket, targets),
        link: rootId === null || place === null ? null : threadLink(place, rootId),
      })),
  };
}

function isOf({ ticket }: StoredTicket, agentId: string): boolean {
  return ownerOf(ticket)?.id === agentId;
}
