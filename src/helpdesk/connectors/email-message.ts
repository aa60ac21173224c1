import MailComposer from 'nodemailer/lib/mail-composer';
import type { ConnectorEvent, TicketSnapshot } from '../connector.ts';
import type { MailProof } from './email-proof.ts';

export type MailWords = (key: string, values?: Readonly<Record<string, string>>) => string;

export type MailParts = {
  readonly from: string;
  readonly to: string;
  readonly proof: MailProof;
  readonly text: MailWords;
};

/** The mail that opens the thread of a ticket; later ones refer to it. */
export function openingMail(parts: MailParts, { ticket, at }: ConnectorEvent): Promise<Buffer> {
  const { text } = parts;
  const { name, contact } = ticket.person;
  const said = [
    text('mail.opened', { name, ticket: ticket.id, urgency: ticket.urgency }),
    ...(contact === '' ? [] : [text('mail.contact', { contact })]),
    '',
    ticket.description,
  ];
  return compose(parts, { ticket, at, event: null, said: said.join('\n'), files: [] });
}

/** The mail of any other event. */
export function eventMail(parts: MailParts, { id, ticket, at, what }: ConnectorEvent): Promise<Buffer> {
  const { text } = parts;
  const about = { ticket, at, event: id };
  switch (what.kind) {
    case 'opened':
      return openingMail(parts, { id, ticket, at, what });
    case 'status': {
      const state = text(`mail.states.${ticket.state}`, { agent: ticket.agent ?? '' });
      return compose(parts, { ...about, said: text('mail.status', { ticket: ticket.id, state }), files: [] });
    }
    case 'line': {
      const said = `${text('mail.line', { by: what.by, ticket: ticket.id })}\n\n${what.text}`;
      return compose(parts, { ...about, said, files: [] });
    }
    case 'file': {
      const said = text('mail.file', { file: what.file.name, ticket: ticket.id });
      return compose(parts, { ...about, said, files: [what.file] });
    }
  }
}

type Mail = {
  readonly ticket: TicketSnapshot;
  readonly at: string;
  readonly event: string | null;
  readonly said: string;
  readonly files: readonly {
    readonly name: string;
    readonly contentType: string;
    readonly content: Uint8Array;
  }[];
};

/** Headers say that a machine wrote it, so that no machine answers. */
function compose({ from, to, proof, text }: MailParts, mail: Mail): Promise<Buffer> {
  const { id, title, state, person } = mail.ticket;
  const root = proof.messageId(id, null);
  const body = [text('mail.marker'), '', mail.said, '', text('mail.footer', { name: person.name }), ''];
  const composer = new MailComposer({
    ...(mail.event === null ? {} : { inReplyTo: root, references: [root] }),
    from,
    to,
    messageId: proof.messageId(id, mail.event),
    date: new Date(mail.at),
    subject: `${mail.event === null ? '' : 'Re: '}${proof.subjectTag(id)} ${title}`,
    text: body.join('\n'),
    attachments: mail.files.map(({ name, contentType, content }) => ({
      filename: name,
      contentType,
      content: Buffer.from(content),
    })),
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'X-Handshake-Ticket': id,
      'X-Handshake-State': state,
    },
    // Text that people wrote is never the name of a file or an address to fetch.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}
