import assert from 'node:assert/strict';
import { objectsOf } from '../bot/chat.ts';
import type { ShownMessage } from '../doubles/connector-threads.ts';
import { cardOf } from '../doubles/shown-card.ts';
import type { BotAnswer } from '../doubles/teams-connector.ts';
import type { TeamsUser } from '../doubles/teams-user.ts';
import { startWorld, textOf, type World, type WorldOptions, wordsSeenBy } from './harness.ts';

/** A world with a helpdesk that works in a channel, and what its people do there. */
export type HelpdeskWorld = {
  readonly world: World;
  readonly channel: string;
  /** Somebody of the helpdesk; also in its channel, as everybody of this Teams is. */
  agent(name: string): Agent;
  /** Somebody who can write there and is not on the channel's list any more. */
  stranger(): Agent;
  /** Somebody who cannot sign in, with an open ticket, and the thread that it has. */
  person(name: string, note?: string): Promise<{ readonly user: TeamsUser; readonly ticket: string }>;
  /** The root of a ticket's thread. */
  root(ticket: string): ShownMessage;
  /** What is said in a ticket's thread below the root, in order. */
  said(ticket: string): readonly string[];
  /** The words of the root card. */
  card(ticket: string): string;
};

export type Agent = {
  readonly user: TeamsUser;
  /** Writes in the ticket's thread without a mention; answers the id of the message. */
  writes(ticket: string, text: string): Promise<string>;
  mentions(text: string, ticket?: string): Promise<BotAnswer>;
  presses(ticket: string, action: string, inputs?: Readonly<Record<string, string>>): Promise<BotAnswer>;
  edits(ticket: string, id: string, text: string): Promise<BotAnswer>;
  deletes(ticket: string, id: string): Promise<BotAnswer>;
};

const channelName = 'helpdesk';

export async function startHelpdesk(
  settings: Readonly<Record<string, string>> = {},
  options: Partial<WorldOptions> = {},
): Promise<HelpdeskWorld> {
  const channel = `19:${channelName}@thread.tacv2`;
  const world = await startWorld({
    mode: 'teams',
    data: 'memory',
    ...options,
    settings: { HELPDESK_CHANNEL: channel, ...settings },
    // Teams' own limits run by the clock of this machine, and these people are fast.
    app: { cardsEveryMs: 3_600_000, channelLimits: [{ count: 10_000, seconds: 1 }], ...options.app },
  });
  world.connector.channel(channelName);
  const shown = () => world.connector.shown(channel);
  const desk: HelpdeskWorld = {
    world,
    channel,
    agent: (name) => createAgent(desk, world.connector.user({ name })),
    stranger: () =>
      createAgent(desk, world.connector.user(), { from: { id: '29:left-last-week', name: 'Eve' } }),
    async person(name, note = 'Since Monday') {
      const user = world.connector.user({ name });
      const ticket = await opensTicket(user, note);
      await world.app.followUp();
      return { user, ticket };
    },
    root(ticket) {
      const roots = shown().filter((message) => message.conversation.endsWith(`=${message.id}`));
      const root = roots.find((message) => textOf(cardOf(message)[0]?.content).includes(`Ticket ${ticket}`));
      assert.ok(root, `no thread for ${ticket}`);
      return root;
    },
    said(ticket) {
      const { id, conversation } = desk.root(ticket);
      return wordsSeenBy({
        messages: () => world.connector.shown(conversation).filter((one) => one.id !== id),
      });
    },
    card: (ticket) => textOf(cardOf(desk.root(ticket))[0]?.content),
  };
  return desk;
}

/** Goes through the talk for a person, as the chat shows it, and answers the number of the ticket. */
export async function opensTicket(user: TeamsUser, note: string): Promise<string> {
  await user.says('0x8004de40 on windows 10');
  await user.says('talk to a person');
  await pressesLast(user, 'send-ticket', { value: note, urgency: 'high' });
  await pressesLast(user, 'share', {});
  const ticket = /HS-[2-9A-Z]{6}/.exec(wordsSeenBy(user).join('\n'))?.[0];
  assert.ok(ticket, wordsSeenBy(user).join('\n'));
  return ticket;
}

export async function pressesLast(
  user: TeamsUser,
  press: string,
  inputs: Readonly<Record<string, string>>,
): Promise<void> {
  const card = user.cardsShown().findLast(({ content }) => dataOf(content, 'press', press) !== null);
  assert.ok(card, `nothing to press: ${press}`);
  await user.presses({ ...dataOf(card.content, 'press', press), ...inputs }, card.id);
}

function dataOf(card: unknown, key: 'press' | 'agent', name: string): object | null {
  const action = objectsOf(card).find(
    ({ data }) => (data as Record<string, unknown> | undefined)?.[key] === name,
  );
  return (action?.data as object | undefined) ?? null;
}

function createAgent(desk: HelpdeskWorld, user: TeamsUser, as: object = {}): Agent {
  const { world, channel } = desk;
  const inThread = (root: string) => ({
    conversation: {
      id: `${channel};messageid=${root}`,
      conversationType: 'channel',
      isGroup: true,
      tenantId: user.profile.tenantId,
      name: '',
    },
    channelData: {
      tenant: { id: user.profile.tenantId },
      channel: { id: channel },
      team: { id: channel, aadGroupId: 'a0a0a0a0-1111-4222-8333-b0b0b0b0b0b0' },
    },
  });
  const sends = async (root: string, activity: object) => {
    const answer = await user.sends({ ...inThread(root), ...as, ...activity });
    await world.app.followUp();
    return answer;
  };
  let written = 0;
  return {
    user,
    async writes(ticket, text) {
      const id = `${user.profile.id}-${++written}`;
      await sends(desk.root(ticket).id, { type: 'message', id, text });
      return id;
    },
    mentions(text, ticket) {
      const mentioned = { id: `28:${world.connector.appId}`, name: 'Handshake' };
      const root = ticket === undefined ? `${user.profile.id}-${++written}` : desk.root(ticket).id;
      return sends(root, {
        type: 'message',
        ...(ticket === undefined ? { id: root } : {}),
        text: `<at>Handshake</at> ${text}`,
        entities: [{ type: 'mention', mentioned, text: '<at>Handshake</at>' }],
      });
    },
    presses(ticket, action, inputs = {}) {
      const root = desk.root(ticket);
      const data = dataOf(cardOf(root)[0]?.content, 'agent', action);
      assert.ok(data, `nothing to press: ${action}`);
      return sends(root.id, { type: 'message', value: { ...data, ...inputs }, replyToId: root.id });
    },
    edits: (ticket, id, text) => sends(desk.root(ticket).id, { type: 'messageUpdate', id, text }),
    deletes: (ticket, id) => sends(desk.root(ticket).id, { type: 'messageDelete', id }),
  };
}
