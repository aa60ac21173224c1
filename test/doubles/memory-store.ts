import type { PendingReply, Reply, ReplyOutcome, TurnChange, TurnStore } from '../../src/bot/turn-store.ts';
import { createMemoryTickets, type MemoryTickets } from './memory-tickets.ts';

type Kept = { change: TurnChange; version: number };
type Outgoing = {
  id: string;
  conversation: string;
  reply: Reply;
  change: TurnChange;
  outcome: ReplyOutcome | null;
};

/** The turn store's contract in memory, for tests that are not about storage. */
export type MemoryStore = TurnStore & {
  readonly changes: readonly TurnChange[];
  readonly outbox: readonly Outgoing[];
  readonly tickets: MemoryTickets;
};

export function createMemoryStore(): MemoryStore {
  const conversations = new Map<string, Kept>();
  const seen = new Set<string>();
  const changes: TurnChange[] = [];
  const outbox: Outgoing[] = [];
  const tickets = createMemoryTickets();
  return {
    tickets,
    changes,
    outbox,
    async load(conversation, activityId) {
      const kept = conversations.get(conversation);
      const lastCard = outbox.findLast((sent) => sent.conversation === conversation && isCard(sent.reply));
      const outcome = lastCard?.outcome;
      return {
        seen: seen.has(`${conversation} ${activityId}`),
        state: structuredClone(kept?.change.state ?? null),
        version: kept?.version ?? 0,
        lastCardId: outcome?.kind === 'sent' ? outcome.activityId : null,
        tickets: tickets.of(conversation).map(({ ticket }) => ticket),
      };
    },
    async save(change) {
      const { conversation, activityId, expectedVersion } = change;
      if (seen.has(`${conversation} ${activityId}`)) return { kind: 'duplicate' };
      const version = conversations.get(conversation)?.version ?? 0;
      if (version !== expectedVersion) return { kind: 'conflict' };
      for (const one of change.tickets) {
        if ((await tickets.save({ ...one, source: null })) !== 'saved') return { kind: 'conflict' };
      }
      seen.add(`${conversation} ${activityId}`);
      // What is saved must survive JSON, as it does in a database.
      const kept: TurnChange = JSON.parse(JSON.stringify(change));
      conversations.set(conversation, { change: kept, version: version + 1 });
      changes.push(kept);
      const waits = outbox.some((sent) => sent.conversation === conversation && isPending(sent));
      const replyIds = kept.replies.map((reply) => {
        const id = String(outbox.length + 1);
        outbox.push({ id, conversation, reply, change: kept, outcome: null });
        return id;
      });
      return { kind: 'saved', replyIds, earlier: waits ? 'waiting' : [] };
    },
    async settle(outcomes) {
      for (const { id, outcome } of outcomes) {
        const sent = outbox.find((candidate) => candidate.id === id);
        if (sent !== undefined) sent.outcome = outcome;
      }
    },
    async claimPending(_olderThanSeconds, limit) {
      return outbox.filter(isPending).slice(0, limit).map(toPending);
    },
  };
}

function isPending({ outcome }: Outgoing): boolean {
  return outcome === null || outcome.kind === 'later';
}

function toPending({ id, conversation, reply, change }: Outgoing): PendingReply {
  return { id, conversation, reference: change.reference, reply, attempts: 0, lasting: false };
}

function isCard({ kind, activity }: Reply): boolean {
  return kind === 'send' && (activity.attachments ?? []).length > 0;
}
