/** Words by which an agent commands the bot in the channel, with a mention of it. */
const plain = {
  take: 'take',
  check: 'check',
  transcript: 'transcript',
  queue: 'queue',
  mine: 'mine',
  breaching: 'breaching',
  help: 'help',
  '?': 'help',
} as const;

/** Words that begin a command; the rest of the message goes with it. */
const withText = {
  solve: 'solve',
  solved: 'solve',
  reject: 'reject',
  back: 'back',
  note: 'note',
  reply: 'reply',
  ask: 'ask',
  assign: 'assign',
  link: 'link',
} as const;

export type CommandName = (typeof plain)[keyof typeof plain] | (typeof withText)[keyof typeof withText];

export type Command = { readonly command: CommandName; readonly text: string };

/** A command, or null for words that are meant for the person. */
export function readCommand(said: string): Command | null {
  const text = said.trim();
  const alone = text.toLowerCase();
  if (Object.hasOwn(plain, alone)) return { command: plain[alone as keyof typeof plain], text: '' };
  const end = text.search(/[\s:]/);
  const first = (end < 0 ? text : text.slice(0, end)).toLowerCase();
  if (!Object.hasOwn(withText, first)) return null;
  const rest = end < 0 ? '' : text.slice(end + 1).trim();
  return { command: withText[first as keyof typeof withText], text: rest };
}
