import { setTimeout } from 'node:timers/promises';
import { objectsOf } from '../bot/chat.ts';
import type { ShownMessage } from '../doubles/connector-threads.ts';
import { cardOf } from '../doubles/shown-card.ts';
import type { BotAnswer, TeamsConnector } from '../doubles/teams-connector.ts';
import type { TeamsUser } from '../doubles/teams-user.ts';
import { textOf } from '../e2e/harness.ts';

/** What was said in one handoff; each mark is in no other message. */
export type Handoff = {
  readonly person: TeamsUser;
  readonly note: string;
  readonly toPerson: readonly string[];
  readonly toThread: readonly string[];
};

export type Hall = {
  readonly connector: TeamsConnector;
  readonly channel: string;
  /** Nobody begins another thing after it. */
  readonly stop: AbortSignal;
  /** The server has taken an activity. */
  readonly onHeard: () => void;
};

/** Opens a ticket in words, has it taken, talks both ways, and has it solved. Rejects when it is stopped. */
export async function handOff(hall: Hall, agent: TeamsUser, mark: string): Promise<Handoff> {
  const person = hall.connector.user({ name: `Person ${mark}` });
  const [note, asked, done] = [`n-${mark}.`, `a-${mark}.`, `s-${mark}.`];
  const [heard, answered] = [`h-${mark}.`, `p-${mark}.`];
  const says = (text: string) => insist(hall, person, () => person.says(text));
  for (const text of ['0x8004de40 on windows 10', 'talk to a person', `please help me ${note}`, 'yes']) {
    await says(text);
  }
  const root = await takes(hall, agent, note);
  await insist(hall, agent, () => writes(hall, agent, root, `and since when is that so? ${asked}`));
  await says(`it began on monday after the update ${heard}`);
  await says(`and it is like that at home too ${answered}`);
  await insist(hall, agent, () =>
    writes(hall, agent, root, `<at>Handshake</at> solve turned it on ${done}`, true),
  );
  return { person, note, toPerson: [asked, done], toThread: [heard, answered] };
}

/**
 * Takes the ticket, and again until its card shows something new: the bot edits the root that it knows, and never one
 * that it could not write down. Answers that root.
 */
async function takes(hall: Hall, agent: TeamsUser, note: string): Promise<ShownMessage> {
  const posted = await seen(hall, () => rootsOf(hall, note).at(-1));
  for (;;) {
    await insist(hall, agent, () => presses(hall, agent, posted, 'take'));
    const looks = Date.now() + 3_000;
    const known = await seen(hall, () => {
      const edited = rootsOf(hall, note).find(({ edits }) => edits > 0);
      return edited ?? (Date.now() > looks ? null : undefined);
    });
    if (known !== null) return known;
  }
}

export function rootsOf({ connector, channel }: Hall, note: string): readonly ShownMessage[] {
  const roots = connector.shown(channel).filter(({ id, conversation }) => conversation.endsWith(`=${id}`));
  return roots.filter((root) => wordsOf(root).includes(note));
}

export function wordsOf(message: ShownMessage): string {
  return message.activity.text ? message.activity.text : textOf(cardOf(message)[0]?.content);
}

/** Teams repeats what it got no answer to, and so does this, through all lives of the server. */
async function insist(hall: Hall, who: TeamsUser, first: () => Promise<BotAnswer>): Promise<void> {
  for (let again = false; ; again = true) {
    hall.stop.throwIfAborted();
    const { status } = await (again ? who.repeats() : first()).catch(() => ({ status: 0 }));
    if (status >= 200 && status < 300) return hall.onHeard();
    await setTimeout(100);
  }
}

/** Teams' clock goes on meanwhile, or its limits would hold for ever. */
async function seen<T>({ stop, connector }: Hall, find: () => T | undefined): Promise<T> {
  for (;;) {
    stop.throwIfAborted();
    connector.clock.advance(1_000);
    const found = find();
    if (found !== undefined) return found;
    await setTimeout(50);
  }
}

function presses(hall: Hall, agent: TeamsUser, root: ShownMessage, action: string): Promise<BotAnswer> {
  const found = objectsOf(cardOf(root)[0]?.content).find(
    ({ data }) => (data as { agent?: unknown } | undefined)?.agent === action,
  );
  return agent.sends({
    ...inThread(hall, agent, root),
    type: 'message',
    value: found?.data,
    replyToId: root.id,
  });
}

function writes(hall: Hall, agent: TeamsUser, root: ShownMessage, text: string, mention = false) {
  const mentioned = { id: `28:${hall.connector.appId}`, name: 'Handshake' };
  const entities = mention ? [{ type: 'mention', mentioned, text: '<at>Handshake</at>' }] : [];
  return agent.sends({ ...inThread(hall, agent, root), type: 'message', text, entities });
}

function inThread({ channel }: Hall, { profile: { tenantId } }: TeamsUser, root: Pick<ShownMessage, 'id'>) {
  const id = `${channel};messageid=${root.id}`;
  return {
    conversation: { id, conversationType: 'channel', isGroup: true, tenantId, name: '' },
    channelData: { tenant: { id: tenantId }, channel: { id: channel }, team: { id: channel } },
  };
}
