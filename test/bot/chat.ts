import assert from 'node:assert/strict';
import { type Activity, TestAdapter, TurnContext } from 'botbuilder';
import { pino } from 'pino';
import { loadErrorCodes } from '../../src/articles/error-codes.ts';
import { loadArticles } from '../../src/articles/load.ts';
import { createBinder } from '../../src/bot/binding.ts';
import { createConduct } from '../../src/bot/conduct.ts';
import { createPresentation } from '../../src/bot/dialogs/presentation.ts';
import type { Diagnose } from '../../src/bot/interpret.ts';
import { createReceive } from '../../src/bot/receive.ts';
import { createTurn } from '../../src/bot/turn.ts';
import type { Reply, ReplyOutcome } from '../../src/bot/turn-store.ts';
import { createCards } from '../../src/cards/cards.ts';
import { loadWording } from '../../src/cards/wording.ts';
import type { Knowledge } from '../../src/domain/decision.ts';
import type { QueueNow } from '../../src/domain/queue-now.ts';
import { createChangeParts, createTurnTickets } from '../../src/handoff-parts.ts';
import { loadPolicyHistory } from '../../src/policy/organisation.ts';
import { createDiagnose } from '../../src/report-judge.ts';
import { loadScripts } from '../../src/scripts/catalogue.ts';
import { createLanes } from '../../src/scripts/lanes.ts';
import { createMemoryStore, type MemoryStore } from '../doubles/memory-store.ts';

/** A message as the person sees it: edits applied, buttons by their labels. */
export type Shown = {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly buttons: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  readonly card: Readonly<Record<string, unknown>> | null;
};

/** A person and the bot in a Teams chat, without server and network; everything between is real. */
export type Chat = {
  says(text: string): Promise<readonly Shown[]>;
  /** Presses the button with this label on the last card (or on the given one). */
  presses(label: string, inputs?: Readonly<Record<string, string>>, on?: Shown): Promise<readonly Shown[]>;
  receives(activity: Partial<Activity>): Promise<readonly Shown[]>;
  /** The last card that has buttons. */
  card(): Shown;
  /** Everything that is in the chat now. */
  all(): readonly Shown[];
  readonly store: MemoryStore;
};

export type ChatOptions = {
  readonly store?: MemoryStore;
  readonly diagnose?: Diagnose;
  readonly deliver?: (reply: Reply) => ReplyOutcome | null;
  readonly userId?: string;
  /** How the helpdesk's queue stands; without it, tickets reach nobody by themselves. */
  readonly queue?: QueueNow;
  readonly connectors?: readonly string[];
  readonly conversation?: Partial<Activity['conversation']>;
};

export const now = new Date('2026-11-24T08:00:00Z');
const knowledge: Knowledge = { articles: loadArticles(), codes: loadErrorCodes() };
const wording = loadWording('en');
const cards = createCards(wording);
const scripts = loadScripts('https://bot.example.com');
const silent = pino({ level: 'silent' });

export function openChat(options: ChatOptions = {}): Chat {
  const store = options.store ?? createMemoryStore();
  const messages: Shown[] = [];
  const adapter = new TestAdapter(async () => {});
  let count = store.changes.length * 100;

  async function deliver(_reference: unknown, reply: Reply): Promise<ReplyOutcome> {
    const failed = options.deliver?.(reply) ?? null;
    if (failed !== null) return failed;
    const id = reply.kind === 'update' ? (reply.activity.id ?? '') : `bot-${++count}`;
    const shown = read(id, reply);
    const index = messages.findIndex((message) => message.id === id);
    if (index < 0) messages.push(shown);
    else messages[index] = shown;
    return { kind: 'sent', activityId: id };
  }

  const turn = createTurn({
    store,
    deliver,
    log: silent,
    receive: createReceive({
      bringsFile: () => false,
      fetchFile: async () => null,
      answerConsent: async () => null,
      showTyping: async () => {},
    }),
    conduct: createConduct({
      knowledge,
      presentation: createPresentation({
        cards,
        wording,
        knowledge,
        lanes: createLanes(scripts, 'https://bot.example.com'),
        consentCard: () => ({ contentType: 'consent' }),
        contact: 'extension 4711',
        remediationUrl: (reportId) => `https://bot.example.com/remediation/${reportId}.zip`,
      }),
      binder: createBinder('a secret of this test'),
      diagnose: options.diagnose ?? createDiagnose(knowledge, loadPolicyHistory(null), () => now),
      canSendFiles: true,
      scriptsServed: new Set(Object.values(scripts).map(({ sha256 }) => sha256)),
      now: () => now,
      tickets: createTurnTickets(
        createChangeParts(wording, options.connectors ?? [], () => now),
        wording,
        store.tickets,
      ),
      queueNow: async () => options.queue ?? null,
    }),
  });

  async function receives(activity: Partial<Activity>): Promise<readonly Shown[]> {
    const before = messages.length;
    await turn(new TurnContext(adapter, { ...envelope(options, ++count), ...activity } as Activity));
    return messages.slice(before);
  }

  function card(): Shown {
    const last = messages.findLast(({ buttons }) => buttons.size > 0);
    assert.ok(last, 'the bot has shown no card with buttons');
    return last;
  }

  return {
    store,
    card,
    receives,
    all: () => messages,
    says: (text) => receives({ text }),
    presses(label, inputs = {}, on = card()) {
      const data = on.buttons.get(label);
      assert.ok(data, `"${on.title}" has no button "${label}", but ${[...on.buttons.keys()].join(', ')}`);
      return receives({ value: { ...data, ...inputs }, replyToId: on.id });
    },
  };
}

function envelope({ userId = '29:anna', conversation }: ChatOptions, count: number): Partial<Activity> {
  return {
    type: 'message',
    id: `user-${count}`,
    channelId: 'msteams',
    serviceUrl: 'https://smba.trafficmanager.net/emea/',
    from: { id: userId, name: 'Anna', aadObjectId: 'aad-anna' } as Activity['from'],
    recipient: { id: '28:bot', name: 'Handshake' } as Activity['recipient'],
    conversation: {
      id: 'a:chat',
      conversationType: 'personal',
      tenantId: 'tenant',
      ...conversation,
    } as Activity['conversation'],
  };
}

function read(id: string, { activity }: Reply): Shown {
  const content = activity.attachments?.[0]?.content as Record<string, unknown> | undefined;
  const isCard = activity.attachments?.[0]?.contentType === 'application/vnd.microsoft.card.adaptive';
  const card = isCard && content !== undefined ? content : null;
  return {
    id,
    title: activity.summary ?? '',
    text: activity.text ?? textOf(card),
    buttons: new Map(
      submitsOf(card).map((action) => [String(action.title), action.data as Record<string, unknown>]),
    ),
    card,
  };
}

function submitsOf(node: unknown): readonly Record<string, unknown>[] {
  return objectsOf(node).filter(({ type }) => type === 'Action.Submit');
}

function textOf(card: unknown): string {
  return objectsOf(card)
    .filter(({ type }) => type === 'TextBlock' || type === 'TextRun')
    .map(({ text }) => String(text))
    .join('\n');
}

/** Every object in a card, outermost first. */
export function objectsOf(node: unknown): readonly Record<string, unknown>[] {
  if (Array.isArray(node)) return node.flatMap(objectsOf);
  if (typeof node !== 'object' || node === null) return [];
  return [node as Record<string, unknown>, ...Object.values(node).flatMap(objectsOf)];
}
