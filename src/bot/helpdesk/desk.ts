import type { Activity } from 'botbuilder';
import type { Logger } from 'pino';
import type { Agent } from '../../domain/handoff.ts';
import type { Outgoing, Source } from '../../helpdesk/ticket-store.ts';
import type { Turn } from '../turn.ts';
import { type ActParts, act } from './act.ts';
import type { Acted, Overview } from './acted.ts';
import { type DeskInput, readDesk } from './read.ts';

export type DeskParts = ActParts & {
  /** Conversation id of the helpdesk's channel. */
  readonly channelId: string;
  /** Keeps what an activity of the channel tells about where it is. */
  readonly learn: (activity: Activity) => Promise<void>;
  /** Whether somebody works on tickets, by the channel's id for them, as of now. */
  readonly standing: (channelId: string) => Promise<'agent' | 'stranger' | 'unknown'>;
  readonly overview: (of: Overview, agent: Agent) => Promise<Outgoing>;
  /** Says something in a thread of the channel; never throws. */
  readonly sayInThread: (rootId: string, activity: Outgoing) => Promise<unknown>;
  /** A ticket has changed: what follows can go out. */
  readonly changed: () => void;
  readonly log: Pick<Logger, 'warn'>;
};

/**
 * The way in: what comes from the helpdesk's channel goes to the desk, everything else to the turn. Nothing of the
 * channel ever reaches the dialogs.
 */
export function withDesk(turn: Turn, desk: DeskParts | null): Turn {
  if (desk === null) return turn;
  return async (context, onSaved) => {
    const { activity } = context;
    if (isOfTeam(activity, desk.channelId)) await desk.learn(activity);
    if (!isOfChannel(activity, desk.channelId)) return turn(context, onSaved);
    return handle(desk, activity, onSaved ?? (() => undefined));
  };
}

async function handle(desk: DeskParts, activity: Activity, onSaved: () => void): Promise<void> {
  const input = readDesk(activity);
  if (input.kind === 'nothing') return;
  const source = { conversation: `${activity.channelId}/${desk.channelId}`, activityId: activity.id ?? '' };
  const { from } = activity;
  const agent = { id: from.aadObjectId ?? from.id, name: from.name || from.id };
  const acted = await actIfAllowed(desk, input, activity, agent, source);
  onSaved();
  if (acted.changed) desk.changed();
  const answer = await answerOf(desk, acted, agent);
  if (answer !== null) await desk.sayInThread(threadOf(input, activity), answer);
}

/** Asked at each action: somebody who left the helpdesk a minute ago is no agent any more. */
async function actIfAllowed(
  desk: DeskParts,
  input: Exclude<DeskInput, { kind: 'nothing' }>,
  { from }: Activity,
  agent: Agent,
  source: Source,
): Promise<Acted> {
  // Taking back one's own words is always allowed; it only ever finds what an agent once said.
  if (input.kind === 'deleted') return act(desk, input, agent, source);
  // People may chat in the channel about anything; only words in a ticket's thread concern the bot.
  if (input.kind === 'line' && !input.mentioned && (await desk.store.findByRoot(input.root)) === null) {
    return silence;
  }
  const standing = await desk.standing(from.id);
  if (standing === 'agent') return act(desk, input, agent, source);
  desk.log.warn({ person: from.id, standing, kind: input.kind }, 'not an agent; nothing was done');
  if (input.kind === 'edited') return silence;
  const words = desk.say(standing === 'stranger' ? 'stranger' : 'unknown-agent');
  return { changed: false, answer: { kind: 'text', text: words } };
}

const silence: Acted = { changed: false, answer: { kind: 'none' } };

async function answerOf(desk: DeskParts, { answer }: Acted, agent: Agent): Promise<Outgoing | null> {
  switch (answer.kind) {
    case 'none':
      return null;
    case 'text':
      return { type: 'message', text: answer.text, textFormat: 'plain' };
    case 'overview':
      return desk.overview(answer.of, agent);
  }
}

/** Where an answer belongs: below the root, or below the message itself when that began a thread. */
function threadOf(input: DeskInput, { id, conversation }: Activity): string {
  const marker = ';messageid=';
  const at = conversation.id.indexOf(marker);
  if (at >= 0) return conversation.id.slice(at + marker.length);
  return ('root' in input ? input.root : null) ?? id ?? '';
}

function isOfChannel({ conversation, channelData }: Activity, channelId: string): boolean {
  const base = conversation.id.split(';')[0];
  return (
    base === channelId ||
    (base !== undefined && isChannel(conversation) && idIn(channelData?.channel) === channelId)
  );
}

/** An installation is told in the team's first channel, whichever one the helpdesk uses. */
function isOfTeam(activity: Activity, channelId: string): boolean {
  const { channelData } = activity;
  return (
    isOfChannel(activity, channelId) ||
    idIn(channelData?.settings?.selectedChannel) === channelId ||
    idIn(channelData?.team) === channelId
  );
}

function isChannel({ conversationType }: Activity['conversation']): boolean {
  return conversationType === 'channel';
}

function idIn(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'id' in value ? value.id : null;
}
