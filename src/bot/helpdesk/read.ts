import { type Activity, ActivityTypes } from 'botbuilder';
import { z } from 'zod';
import { type DeskAction, deskActions } from '../../cards/helpdesk-actions.ts';
import { type CommandName, readCommand } from './commands.ts';
import { mentionsBot, plainText } from './plain-text.ts';

/** What somebody did in the helpdesk's channel. `root` names the thread, null at the channel's own level. */
export type DeskInput =
  /** Typing, reactions, chat among people that does not concern the bot. */
  | { readonly kind: 'nothing' }
  | {
      readonly kind: 'pressed';
      readonly root: string | null;
      readonly action: DeskAction;
      readonly ticket: string;
      readonly seal: string;
      /** What was filled in with it; empty where nothing was. */
      readonly text: string;
    }
  /** A press that no card of ours made. */
  | { readonly kind: 'forged' }
  /** Words below a root; `mentioned` when they speak to the bot, which must then answer. */
  | {
      readonly kind: 'line';
      readonly root: string;
      readonly text: string;
      readonly files: readonly DeskFile[];
      readonly mentioned: boolean;
    }
  | {
      readonly kind: 'command';
      readonly root: string | null;
      readonly command: CommandName;
      readonly text: string;
    }
  | { readonly kind: 'edited'; readonly activityId: string; readonly text: string }
  | { readonly kind: 'deleted'; readonly activityId: string };

export type DeskFile = { readonly name: string; readonly link: string | null };

const nothing: DeskInput = { kind: 'nothing' };

export function readDesk(activity: Activity): DeskInput {
  if (activity.from?.id === activity.recipient?.id) return nothing;
  const activityId = activity.id ?? '';
  switch (activity.type) {
    case ActivityTypes.Message:
      return activity.value === undefined || activity.value === null
        ? readWords(activity)
        : readPress(activity);
    case ActivityTypes.MessageUpdate:
      return { kind: 'edited', activityId, text: plainText(activity) };
    case ActivityTypes.MessageDelete:
      return { kind: 'deleted', activityId };
    default:
      return nothing;
  }
}

const words = z.string().max(4_000).optional();
const press = z.object({
  agent: z.enum(deskActions),
  ticket: z.string().max(40),
  version: z.number().optional(),
  seal: z.string().max(100),
  reply: words,
  solve: words,
  to: words,
  reason: words,
});

const inputOf: Readonly<Record<DeskAction, 'reply' | 'solve' | 'to' | 'reason' | null>> = {
  take: null,
  reply: 'reply',
  'ask-check': null,
  solve: 'solve',
  assign: 'to',
  'hand-back': 'reason',
  reject: 'reason',
  transcript: null,
};

function readPress(activity: Activity): DeskInput {
  const parsed = press.safeParse(activity.value);
  if (!parsed.success) return { kind: 'forged' };
  const { agent: action, ticket, seal } = parsed.data;
  const input = inputOf[action];
  return {
    kind: 'pressed',
    root: rootOf(activity),
    action,
    ticket,
    seal,
    text: input === null ? '' : (parsed.data[input] ?? '').trim(),
  };
}

function readWords(activity: Activity): DeskInput {
  const text = plainText(activity);
  const root = rootOf(activity);
  const mentioned = mentionsBot(activity);
  const command = mentioned ? readCommand(text) : null;
  if (command !== null) return { kind: 'command', root, ...command };
  const files = filesOf(activity);
  if (root === null) return mentioned ? { kind: 'command', root, command: 'help', text: '' } : nothing;
  return text === '' && files.length === 0 ? nothing : { kind: 'line', root, text, files, mentioned };
}

/** Teams names the thread in the conversation's id, or apart from it; a message that begins one is its own root. */
function rootOf({ id, conversation, channelData }: Activity): string | null {
  const named = z.object({ thread: z.object({ id: z.string() }) }).safeParse(channelData);
  const marker = ';messageid=';
  const at = conversation.id.indexOf(marker);
  const root =
    at >= 0 ? conversation.id.slice(at + marker.length) : named.success ? named.data.thread.id : null;
  return root === null || root === id ? null : root;
}

const attachment = z.object({
  contentType: z.string(),
  name: z.string().nullish(),
  contentUrl: z.string().nullish(),
});

/** Files are passed on by name and link: they lie where the agent put them, with the rights given there. */
function filesOf({ attachments }: Activity): readonly DeskFile[] {
  return (attachments ?? []).slice(0, 10).flatMap((each) => {
    const parsed = attachment.safeParse(each);
    if (!parsed.success || isPartOfText(parsed.data.contentType)) return [];
    const { name, contentUrl, contentType } = parsed.data;
    // Pictures pasted into the chat can be opened with the bot's own token alone.
    const isOpen = contentUrl?.startsWith('https://') === true && !contentType.startsWith('image/');
    return [{ name: name ?? contentType, link: isOpen ? (contentUrl as string) : null }];
  });
}

function isPartOfText(contentType: string): boolean {
  return contentType === 'text/html' || contentType.startsWith('application/vnd.microsoft.card.');
}
