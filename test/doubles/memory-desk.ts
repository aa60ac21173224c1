import type { LoadedTurn, PendingReply, Reply, SaveOutcome, TurnStore } from '../../src/bot/turn-store.ts';
import type {
  OutdatedCards,
  StoredTicket,
  TicketChange,
  TicketStore,
} from '../../src/helpdesk/ticket-store.ts';

/** A message of the outbox; `lasting` ones came with a ticket and are tried again after an ambiguous end. */
export type DeskRow = {
  readonly id: string;
  readonly conversation: string;
  readonly reply: Reply;
  readonly lasting: boolean;
  readonly savedAt: number;
  state: 'pending' | 'sent' | 'unknown' | 'refused';
  attempts: number;
  dueAt: number | null;
  claimedUntil: number | null;
};

type DeskTicket = StoredTicket & {
  rootVersion: number;
  cardVersion: number;
  dueAt: number | null;
  claimedUntil: number | null;
  attempts: number;
  reason: string | null;
};

type DeskConversation = { version: number; reference: OutdatedCards['reference'] };

/** What the migrations' functions do for turns, tickets, the outbox and the cards, in memory and by a clock of the test. */
export type MemoryDesk = {
  readonly turns: TurnStore;
  readonly tickets: Pick<TicketStore, 'load' | 'save' | 'claimCards' | 'settleCards'>;
  /** The history, in order. */
  readonly changes: readonly TicketChange[];
  readonly outbox: readonly DeskRow[];
  readonly cards: ReadonlyMap<string, DeskTicket>;
  /** When something can be claimed next; null when nothing waits. */
  dueAt(): number | null;
};

const mostAttempts = 8;

export function createMemoryDesk(now: () => number): MemoryDesk {
  const conversations = new Map<string, DeskConversation>();
  const tickets = new Map<string, DeskTicket>();
  const inbox = new Set<string>();
  const outbox: DeskRow[] = [];
  const changes: TicketChange[] = [];

  const keyOf = (conversation: string, activityId: string) => `${conversation} ${activityId}`;
  const passed = (time: number | null) => time === null || time <= now();
  const pendingOf = (conversation: string) =>
    outbox.filter((row) => row.conversation === conversation && row.state === 'pending');
  const readyAt = ({ claimedUntil, dueAt, savedAt }: DeskRow) =>
    Math.max(claimedUntil ?? 0, dueAt ?? savedAt + 30_000);

  function add(conversation: string, reply: Reply, dueAt: number | null, lasting: boolean): string {
    const id = String(outbox.length + 1);
    const state = { state: 'pending', attempts: 1, dueAt, claimedUntil: null } as const;
    outbox.push({ id, conversation, reply, lasting, savedAt: now(), ...state });
    return id;
  }
  function claim(row: DeskRow): PendingReply {
    row.claimedUntil = now() + 60_000;
    row.attempts += 1;
    const { id, conversation, reply, attempts, lasting } = row;
    return {
      id,
      conversation,
      reference: conversations.get(conversation)?.reference ?? {},
      reply,
      attempts,
      lasting,
    };
  }
  function fits({ ticket }: TicketChange): boolean {
    return (tickets.get(ticket.id)?.ticket.version ?? -1) === ticket.version - 1;
  }
  function apply(change: TicketChange): void {
    const known = tickets.get(change.ticket.id);
    const details = known?.details ?? change.details;
    if (details === null) throw new Error('A ticket is opened with its details.');
    const fresh = { rootId: null, cardId: null, rootVersion: -1, cardVersion: -1, claimedUntil: null };
    const ticket = {
      ...fresh,
      attempts: 0,
      reason: null,
      ...known,
      ticket: change.ticket,
      details,
      dueAt: null,
    };
    tickets.set(change.ticket.id, ticket);
    for (const { to, activity } of change.messages) {
      const conversation = to === 'person' ? details.conversation : `helpdesk/${change.ticket.id}`;
      add(conversation, { kind: 'send', activity }, now(), true);
    }
    changes.push(change);
  }
  function earlierOf(conversation: string): readonly PendingReply[] | 'waiting' {
    const rows = pendingOf(conversation);
    return rows.every((row) => readyAt(row) <= now()) ? rows.map(claim) : 'waiting';
  }
  const isBehind = ({ ticket, rootVersion, cardVersion }: DeskTicket) =>
    rootVersion < ticket.version || cardVersion < ticket.version;

  const turns: TurnStore = {
    async load(conversation, activityId): Promise<LoadedTurn> {
      const of = [...tickets.values()].filter(({ details }) => details.conversation === conversation);
      return {
        seen: inbox.has(keyOf(conversation, activityId)),
        state: null,
        version: conversations.get(conversation)?.version ?? 0,
        lastCardId: null,
        tickets: of.map(({ ticket }) => ticket).reverse(),
      };
    },
    async save(change): Promise<SaveOutcome> {
      const { conversation, activityId, expectedVersion, reference } = change;
      if (inbox.has(keyOf(conversation, activityId))) return { kind: 'duplicate' };
      const version = conversations.get(conversation)?.version ?? 0;
      if (version !== expectedVersion || !change.tickets.every(fits)) return { kind: 'conflict' };
      conversations.set(conversation, { version: version + 1, reference });
      inbox.add(keyOf(conversation, activityId));
      const earlier = earlierOf(conversation);
      const dueAt = earlier === 'waiting' ? now() : null;
      const replyIds = change.replies.map((reply) => add(conversation, reply, dueAt, false));
      for (const one of change.tickets) apply(one);
      return { kind: 'saved', replyIds, earlier };
    },
    async settle(outcomes) {
      for (const { id, outcome } of outcomes) {
        const row = outbox.find((one) => one.id === id);
        const late = row?.state === 'unknown' && outcome.kind === 'sent';
        if (row === undefined || (row.state !== 'pending' && !late)) continue;
        row.claimedUntil = null;
        const again = outcome.kind === 'unknown' && row.lasting && row.attempts < mostAttempts;
        if (outcome.kind === 'later') row.dueAt = now() + outcome.retryAfterSeconds * 1_000;
        else if (again) row.dueAt = now() + 5_000 * row.attempts;
        else row.state = outcome.kind;
      }
    },
    async claimPending(_olderThanSeconds, limit) {
      const ready: DeskRow[] = [];
      const held = new Set<string>();
      for (const row of outbox.filter(({ state }) => state === 'pending')) {
        if (readyAt(row) > now()) held.add(row.conversation);
        if (!held.has(row.conversation) && conversations.has(row.conversation)) ready.push(row);
      }
      return ready.slice(0, limit).map(claim);
    },
  };

  return {
    turns,
    changes,
    outbox,
    cards: tickets,
    tickets: {
      load: async (id) => tickets.get(id) ?? null,
      async save(change) {
        const { source } = change;
        const key = source === null ? null : keyOf(source.conversation, source.activityId);
        if (key !== null && inbox.has(key)) return 'duplicate';
        if (!fits(change)) return 'conflict';
        if (key !== null) inbox.add(key);
        apply(change);
        return 'saved';
      },
      async claimCards(limit) {
        const free = [...tickets.values()].filter(
          (one) => isBehind(one) && passed(one.dueAt) && passed(one.claimedUntil),
        );
        return free.slice(0, limit).map((one): OutdatedCards => {
          const doubtful = one.attempts > 0 && (one.reason === null || one.reason.startsWith('unknown'));
          one.claimedUntil = now() + 60_000;
          one.attempts += 1;
          one.reason = null;
          const reference = conversations.get(one.details.conversation)?.reference ?? {};
          return { ...one, attempts: one.attempts - 1, doubtful, reference };
        });
      },
      async settleCards(outcomes) {
        for (const { ticketId, root, card, thread, retryAfterSeconds, reason } of outcomes) {
          const kept = tickets.get(ticketId);
          if (kept === undefined) continue;
          const waits = retryAfterSeconds !== undefined;
          tickets.set(ticketId, {
            ...kept,
            rootId: root?.id ?? kept.rootId,
            rootVersion: Math.max(kept.rootVersion, root?.version ?? -1),
            cardId: card?.id ?? kept.cardId,
            cardVersion: Math.max(kept.cardVersion, card?.version ?? -1),
            claimedUntil: null,
            dueAt: waits ? now() + retryAfterSeconds * 1_000 : null,
            attempts: waits ? kept.attempts : 0,
            reason: reason ?? null,
          });
          if (thread !== undefined)
            conversations.set(`helpdesk/${ticketId}`, { version: 1, reference: thread });
        }
      },
    },
    dueAt() {
      const rows = outbox.filter(
        ({ state, conversation }) => state === 'pending' && conversations.has(conversation),
      );
      const heads = [...new Set(rows.map(({ conversation }) => conversation))].map((conversation) =>
        Math.max(...[pendingOf(conversation)[0] as DeskRow].map(readyAt)),
      );
      const behind = [...tickets.values()].filter(isBehind);
      const times = [
        ...heads,
        ...behind.map(({ dueAt, claimedUntil }) => Math.max(dueAt ?? 0, claimedUntil ?? 0)),
      ];
      return times.length === 0 ? null : Math.min(...times);
    },
  };
}
