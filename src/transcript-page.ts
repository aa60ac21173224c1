import { type TranscriptOf, transcriptText } from './cards/transcript-text.ts';
import type { Wording } from './cards/wording.ts';
import type { TicketStore } from './helpdesk/ticket-store.ts';
import { openTranscriptToken } from './helpdesk/transcript-link.ts';
import type { Page } from './server.ts';
import { readTranscript } from './storage/cases.ts';
import type { Database } from './storage/connection.ts';

export type TranscriptPageParts = {
  readonly secret: string;
  /** Null when there is no such ticket. */
  readonly find: (ticketId: string) => Promise<TranscriptOf | null>;
  readonly wording: Wording;
  readonly now: () => Date;
};

/** Serves the transcript of a ticket to whoever has a link that was made in the last quarter of an hour. */
export function transcriptPage({ secret, find, wording, now }: TranscriptPageParts): Page {
  const serve: Page['serve'] = async (request, response) => {
    const token = (request.url ?? '').split('?')[0]?.split('/')[2] ?? '';
    const ticketId = openTranscriptToken(secret, token, now());
    const found = ticketId === null ? null : await find(ticketId);
    const bytes = Buffer.from(
      found === null ? wording.text('helpdesk.transcript.gone') : transcriptText(wording, found, now()),
    );
    response.statusCode = found === null ? 404 : 200;
    response.setHeader('Content-Type', 'text/plain; charset=utf-8');
    response.setHeader('Content-Length', bytes.byteLength);
    response.setHeader('Cache-Control', 'private, no-store');
    response.setHeader('X-Robots-Tag', 'noindex');
    if (found !== null) response.setHeader('Content-Disposition', `attachment; filename="${ticketId}.txt"`);
    response.end(bytes);
  };
  return { path: '/transcripts/:token', serve };
}

/** Finds what a transcript is made of. */
export async function findTranscript(
  tickets: Pick<TicketStore, 'load' | 'history' | 'lines'>,
  database: Database,
  ticketId: string,
): Promise<TranscriptOf | null> {
  const stored = await tickets.load(ticketId);
  if (stored === null) return null;
  const [history, lines, events] = await Promise.all([
    tickets.history(ticketId),
    tickets.lines(ticketId),
    readTranscript(database, stored.ticket.caseId),
  ]);
  return { ticket: stored.ticket, details: stored.details, history, lines, events };
}
