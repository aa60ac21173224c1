import type { Ticket } from '../domain/handoff.ts';
import type { Shared } from '../domain/share.ts';
import { clip } from './text.ts';
import { describeTicket } from './ticket-words.ts';
import type { Wording } from './wording.ts';

type Speaker = { readonly side: string; readonly name: string };

/** All that is kept of a ticket, as the helpdesk may read it. */
export type TranscriptOf = {
  readonly ticket: Ticket;
  readonly details: {
    readonly title: string;
    readonly person: { readonly name: string };
    readonly article: string;
    readonly contact: string;
    readonly bestTime: string;
    readonly shared: Shared;
  };
  readonly history: readonly {
    readonly at: Date;
    readonly command: string;
    readonly by: Speaker;
    readonly data: Readonly<Record<string, unknown>>;
  }[];
  readonly lines: readonly {
    readonly at: Date;
    readonly by: Speaker;
    readonly text: string;
    readonly deleted: boolean;
  }[];
  /** Of the case, before the ticket and beside it. */
  readonly events: readonly {
    readonly at: Date;
    readonly kind: string;
    readonly data: Readonly<Record<string, unknown>>;
  }[];
};

/** Plain text with CRLF, for people and for other programs alike. */
export function transcriptText(wording: Wording, about: TranscriptOf, now: Date): string {
  const { ticket, details } = about;
  const say = (key: string, values = {}) => wording.text(`helpdesk.transcript.${key}`, values);
  const section = (name: string, lines: readonly string[]) => [
    '',
    `== ${say(`sections.${name}`)} ==`,
    ...(lines.length === 0 ? [say('no-lines')] : lines),
  ];
  return [
    say('title', { ticket: ticket.id, at: stamp(now) }),
    say('note'),
    ...section('ticket', [
      `${details.person.name}: ${details.title}`,
      describeTicket(wording, { ...details, urgency: ticket.urgency }),
    ]),
    ...section(
      'history',
      about.history.map((entry) => historyLine(say, entry)),
    ),
    ...section(
      'lines',
      about.lines.map((line) => spokenLine(say, line)),
    ),
    ...section(
      'events',
      about.events.map((event) => eventLine(say, event)),
    ),
    '',
  ]
    .flatMap((text) => text.split('\n'))
    .join('\r\n');
}

type Say = (key: string, values?: Readonly<Record<string, string>>) => string;

function historyLine(say: Say, { at, by, command, data }: TranscriptOf['history'][number]): string {
  const text = typeof data.text === 'string' && data.text !== '' ? data.text : 'none';
  return say('history-line', { at: stamp(at), by: by.name, side: by.side, command, text });
}

function spokenLine(say: Say, { at, by, text, deleted }: TranscriptOf['lines'][number]): string {
  const words = deleted ? say('deleted') : text;
  return say('line', { at: stamp(at), by: by.name, side: by.side, text: words });
}

/** Characters. */
const longestEvent = 400;

/** What the person wrote to the bot was not shared with the helpdesk, so only that they wrote is told. */
function eventLine(say: Say, { at, kind, data }: TranscriptOf['events'][number]): string {
  const { text, ...rest } = data;
  const told = kind === 'said-by-person' ? rest : data;
  const words = Object.keys(told).length === 0 ? 'none' : clip(JSON.stringify(told), longestEvent);
  return say('event', { at: stamp(at), kind, data: words });
}

function stamp(at: Date): string {
  return at.toISOString().slice(0, 19).replace('T', ' ');
}
