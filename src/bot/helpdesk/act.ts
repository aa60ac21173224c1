import type { Agent, HandoffCommand } from '../../domain/handoff.ts';
import type { Actor, Source, StoredTicket, TicketStore } from '../../helpdesk/ticket-store.ts';
import { type Acted, none, type Overview, quoting, type Say, text, withAnswer } from './acted.ts';
import type { CommandName } from './commands.ts';
import type { DeskFile, DeskInput } from './read.ts';
import type { Sealer } from './seal.ts';

/** What came of a command; `Changed` of src/helpdesk/change.ts is one. */
export type DeskChanged =
  | { readonly kind: 'changed' | 'duplicate' | 'missing' }
  | { readonly kind: 'refused'; readonly refusal: { readonly why: string; readonly by?: Agent } };

export type ActParts = {
  readonly store: Pick<TicketStore, 'load' | 'findByRoot' | 'changeLine'>;
  readonly change: (
    ticketId: string,
    command: HandoffCommand,
    by: Actor,
    source: Source,
  ) => Promise<DeskChanged>;
  readonly find: (idOrName: string) => Promise<Agent | null>;
  readonly sealer: Pick<Sealer, 'fits'>;
  readonly noteMarker: string;
  readonly say: Say;
  readonly help: () => string;
  readonly threadLink: (rootId: string) => Promise<string | null>;
  /** A page with everything on the ticket, for a short time. */
  readonly transcriptLink: (ticketId: string) => string;
};

/** Does what an agent asks for. */
export async function act(
  parts: ActParts,
  input: Exclude<DeskInput, { kind: 'nothing' }>,
  agent: Agent,
  source: Source,
): Promise<Acted> {
  switch (input.kind) {
    case 'forged':
      return text(parts.say('forged'));
    case 'pressed':
      return actOnPress(parts, input, agent, source);
    case 'command':
      return actOnCommand(parts, input, agent, source);
    case 'line':
      return actOnLine(parts, input, agent, source);
    case 'edited':
      return edit(parts, source, input.text, agent);
    case 'deleted':
      return remove(parts, source);
  }
}

async function actOnPress(
  parts: ActParts,
  press: Extract<DeskInput, { kind: 'pressed' }>,
  agent: Agent,
  source: Source,
): Promise<Acted> {
  if (!parts.sealer.fits(press.seal, press.ticket)) return text(parts.say('forged'));
  const stored = await parts.store.load(press.ticket);
  if (stored === null) return text(parts.say('missing', { ticket: press.ticket }));
  const command =
    press.action === 'hand-back' ? 'back' : press.action === 'ask-check' ? 'check' : press.action;
  const acted = await onTicket(parts, stored, command, press.text, agent, source);
  const { rootId } = stored;
  const isAside = press.root !== null && rootId !== null && press.root !== rootId;
  if (!isAside) return quoting(acted, parts.say, press, { by: agent.name, ...nameOf(stored) });
  // A card that was posted twice has buttons in both threads; words are heard in one of them.
  return acted.answer.kind === 'none'
    ? { ...acted, answer: text(await whereElse(parts, press.ticket)).answer }
    : acted;
}

async function actOnCommand(
  parts: ActParts,
  { command, root, text: words }: Extract<DeskInput, { kind: 'command' }>,
  agent: Agent,
  source: Source,
): Promise<Acted> {
  switch (command) {
    case 'help':
      return text(parts.help());
    case 'queue':
    case 'mine':
    case 'breaching':
      return { changed: false, answer: { kind: 'overview', of: command } };
    default: {
      const stored = root === null ? null : await parts.store.findByRoot(root);
      return stored === null
        ? text(await whereElse(parts, words))
        : onTicket(parts, stored, command, words, agent, source);
    }
  }
}

async function actOnLine(
  parts: ActParts,
  { root, text: words, files, mentioned }: Extract<DeskInput, { kind: 'line' }>,
  agent: Agent,
  source: Source,
): Promise<Acted> {
  const stored = await parts.store.findByRoot(root);
  if (stored === null) return mentioned ? text(await whereElse(parts, words)) : none;
  const said = [words, ...files.map((file) => nameFile(parts.say, file))]
    .filter((line) => line !== '')
    .join('\n');
  const note = noteIn(parts, said);
  return note === null
    ? apply(parts, stored, { do: 'reply', by: agent, text: said }, agent, source)
    : apply(parts, stored, { do: 'note', by: agent, text: note }, agent, source);
}

type TicketCommand = Exclude<CommandName, 'help' | Overview>;

async function onTicket(
  parts: ActParts,
  stored: StoredTicket,
  name: TicketCommand,
  words: string,
  by: Agent,
  source: Source,
): Promise<Acted> {
  const { id } = stored.ticket;
  const done = (command: HandoffCommand) => apply(parts, stored, command, by, source);
  if (needsWords.has(name) && words === '') return text(parts.say('empty'));
  switch (name) {
    case 'take':
      return done({ do: 'take', by });
    case 'check':
      return done({ do: 'ask-check', by });
    case 'reply':
    case 'ask':
    case 'solve':
    case 'reject':
      return done({ do: name, by, text: words });
    case 'back':
      return done({ do: 'hand-back', by, text: words });
    case 'note':
      return withAnswer(await done({ do: 'note', by, text: words }), parts.say('note-kept', nameOf(stored)));
    case 'assign': {
      const to = await parts.find(words);
      return to === null ? text(parts.say('nobody', { name: words })) : done({ do: 'assign', by, to });
    }
    case 'link':
      return link(parts, stored, words.toUpperCase(), by, source);
    case 'transcript':
      return text(parts.say('transcript', { ticket: id, link: parts.transcriptLink(id) }));
  }
}

const needsWords: ReadonlySet<TicketCommand> = new Set(['reply', 'ask', 'note', 'assign', 'link']);

async function link(
  parts: ActParts,
  stored: StoredTicket,
  parentId: string,
  by: Agent,
  source: Source,
): Promise<Acted> {
  const ticket = stored.ticket.id;
  const parent = parentId === ticket ? null : await parts.store.load(parentId);
  if (parent === null) return text(parts.say('missing', { ticket: parentId }));
  const linked = await apply(parts, stored, { do: 'link', parentId }, by, source);
  return withAnswer(linked, parts.say('linked', { ticket, parent: parentId }));
}

async function apply(
  { change, say }: ActParts,
  stored: StoredTicket,
  command: HandoffCommand,
  by: Agent,
  source: Source,
): Promise<Acted> {
  const changed = await change(stored.ticket.id, command, { side: 'helpdesk', ...by }, source);
  switch (changed.kind) {
    case 'changed':
      return { changed: true, answer: { kind: 'none' } };
    case 'duplicate':
      return none;
    case 'missing':
      return text(say('missing', { ticket: stored.ticket.id }));
    case 'refused': {
      const values = { ticket: stored.ticket.id, by: changed.refusal.by?.name ?? '', ...nameOf(stored) };
      return text(say(changed.refusal.why, values));
    }
  }
}

/** An edit that makes a note of a line takes it back from the person. */
async function edit(parts: ActParts, source: Source, words: string, by: Agent): Promise<Acted> {
  if (noteIn(parts, words) !== null) return remove(parts, source);
  const shown = message(parts.say('line-edited', { by: by.name, text: words }));
  return { changed: await parts.store.changeLine(source, words, shown), answer: { kind: 'none' } };
}

async function remove({ store, say }: ActParts, source: Source): Promise<Acted> {
  const changed = await store.changeLine(source, null, message(say('line-deleted')));
  return { changed, answer: { kind: 'none' } };
}

function noteIn({ noteMarker }: ActParts, words: string): string | null {
  return words.startsWith(noteMarker) ? words.slice(noteMarker.length).trim() : null;
}

/** For words outside of a ticket's thread that name a ticket: where its own thread is. */
async function whereElse({ store, say, threadLink }: ActParts, words: string): Promise<string> {
  const named = /\bHS-[2-9A-Z]{6}\b/i.exec(words.slice(0, 500))?.[0].toUpperCase();
  if (named === undefined) return say('no-ticket');
  const stored = await store.load(named);
  if (stored?.rootId == null) return say('missing', { ticket: named });
  const address = await threadLink(stored.rootId);
  return address === null
    ? say('elsewhere-unlinked', { ticket: named })
    : say('elsewhere', { ticket: named, link: address });
}

function nameFile(say: Say, { name, link: address }: DeskFile): string {
  return address === null ? say('file-unlinked', { name }) : say('file', { name, link: address });
}

function nameOf({ details }: StoredTicket): { readonly name: string } {
  return { name: details.person.name };
}

function message(words: string) {
  return { type: 'message', text: words, textFormat: 'plain' };
}
