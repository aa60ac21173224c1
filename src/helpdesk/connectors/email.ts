import { z } from 'zod';
import type { ConnectorEvent, ConnectorHealth, Delivery, HelpdeskConnector, Poll } from '../connector.ts';
import { defineConnector } from '../connector-kind.ts';
import { type ImapOptions, readMailbox, tryMailbox } from './email-mailbox.ts';
import { eventMail, type MailWords, openingMail } from './email-message.ts';
import { createMailProof } from './email-proof.ts';
import { readReply } from './email-reply.ts';
import { type SmtpOptions, sendMail, tryServer } from './email-smtp.ts';

const port = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .pipe(z.number().min(1).max(65_535));
const host = z.string().regex(/^[A-Za-z0-9.:-]{1,253}$/);
const address = z.email().max(254);

/** One mail for each event, in one thread a ticket; answers come back from a mailbox. */
export const email = defineConnector({
  name: 'email',
  prefix: 'HELPDESK_EMAIL_',
  settings: z.object({
    HOST: host,
    PORT: port.default(587),
    USER: z.string().nullable().default(null),
    PASSWORD: z.string().nullable().default(null),
    FROM: address,
    TO: address,
    IMAP_HOST: host.nullable().default(null),
    IMAP_PORT: port.default(993),
    IMAP_USER: z.string().nullable().default(null),
    IMAP_PASSWORD: z.string().nullable().default(null),
    IMAP_FOLDER: z.string().default('INBOX'),
  }),
  expectations: {
    HOST: 'the name of your mail server (SMTP)',
    PORT: 'its port, 587 or 465',
    USER: 'the user to send as',
    PASSWORD: 'the password of that user, or keyvault:https://VAULT.vault.azure.net/secrets/NAME',
    FROM: 'the address that mails come from and answers go to',
    TO: "the helpdesk's address",
    IMAP_HOST:
      'the name of the server with the mailbox of HELPDESK_EMAIL_FROM; without it answers are not read',
    IMAP_PORT: 'its port, 993 or 143',
    IMAP_USER: 'the user of the mailbox, where it is another than HELPDESK_EMAIL_USER',
    IMAP_PASSWORD: 'the password of that user',
    IMAP_FOLDER: 'the folder that answers come into',
  },
  create: (settings, { allowLoopback, secret, text }) =>
    createEmail({
      from: settings.FROM,
      to: settings.TO,
      secret,
      text,
      smtp: smtpOf(settings, allowLoopback),
      imap: imapOf(settings, allowLoopback),
    }),
});

type Settings = {
  readonly [Key in 'HOST' | 'IMAP_FOLDER']: string;
} & { readonly [Key in 'PORT' | 'IMAP_PORT']: number } & {
  readonly [Key in 'USER' | 'PASSWORD' | 'IMAP_HOST' | 'IMAP_USER' | 'IMAP_PASSWORD']: string | null;
};

const within = 15_000;

function smtpOf({ HOST, PORT, USER, PASSWORD }: Settings, allowLoopback: boolean): SmtpOptions {
  const plain = allowLoopback && isHere(HOST);
  return { host: HOST, port: PORT, user: USER, password: PASSWORD, plain, within };
}

function imapOf(settings: Settings, allowLoopback: boolean): ImapOptions | null {
  const { IMAP_HOST: name } = settings;
  if (name === null) return null;
  return {
    host: name,
    port: settings.IMAP_PORT,
    user: settings.IMAP_USER ?? settings.USER ?? '',
    password: settings.IMAP_PASSWORD ?? settings.PASSWORD ?? '',
    folder: settings.IMAP_FOLDER,
    plain: allowLoopback && isHere(name),
    within,
  };
}

function isHere(name: string): boolean {
  return name === 'localhost' || name === '127.0.0.1' || name === '::1';
}

export type EmailOptions = {
  readonly from: string;
  readonly to: string;
  /** The installation's own; proofs in mails are derived from it. */
  readonly secret: string;
  readonly text: MailWords;
  readonly smtp: SmtpOptions;
  readonly imap: ImapOptions | null;
};

export function createEmail(options: EmailOptions): HelpdeskConnector {
  const { from, to, secret, text, smtp, imap } = options;
  const proof = createMailProof(secret, from.slice(from.indexOf('@') + 1));
  const parts = { from, to, proof, text };
  const doubtful = new Set<string>();

  async function deliver(event: ConnectorEvent, isOpen: boolean): Promise<Delivery> {
    const isLater = event.what.kind !== 'opened';
    // Where the connector was switched on in the middle of a ticket, its thread has to begin first.
    const mails = [...(isOpen ? [] : [openingMail]), ...(isLater ? [eventMail] : [])];
    for (const compose of mails) {
      const failure = await sendMail(smtp, { from, to }, await compose(parts, event));
      if (failure !== null) return failure;
    }
    return { kind: 'done', remote: { id: event.ticket.id, url: null } };
  }

  return {
    name: 'email',
    async deliver(event, remote) {
      const isOpen = remote !== null && event.what.kind !== 'opened';
      return onceMore(doubtful, event.id, await deliver(event, isOpen));
    },
    poll: imap === null ? null : (cursor) => pollMailbox(imap, cursor),
    receive: null,
    check: () => check(smtp, imap),
  };

  async function pollMailbox(mailbox: ImapOptions, cursor: string | null): Promise<Poll> {
    const found = await readMailbox(mailbox, cursor);
    if (found.kind === 'failed') return found;
    const about = { proof, own: from, marker: text('mail.marker') };
    const news = await Promise.all(found.mails.map((mail) => readReply(mail, about)));
    return { kind: 'news', news: news.filter((one) => one !== null), cursor: found.cursor };
  }
}

const mostDoubts = 1_000;

/**
 * Nobody can look whether a mail arrived. It goes out once more under the same message id, which mail programs
 * fold into one; after that a person has to look.
 */
function onceMore(doubtful: Set<string>, id: string, delivery: Delivery): Delivery {
  if (delivery.kind !== 'unknown') {
    doubtful.delete(id);
    return delivery;
  }
  if (doubtful.delete(id))
    return { kind: 'refused', reason: `${delivery.reason}, twice: it may have arrived` };
  doubtful.add(id);
  const [oldest] = doubtful;
  if (doubtful.size > mostDoubts && oldest !== undefined) doubtful.delete(oldest);
  return delivery;
}

async function check(smtp: SmtpOptions, imap: ImapOptions | null): Promise<ConnectorHealth> {
  const [failure, closed] = await Promise.all([tryServer(smtp), imap === null ? null : tryMailbox(imap)]);
  const reasons = [failure?.reason, closed].filter((reason) => reason != null);
  return reasons.length === 0 ? { kind: 'well' } : { kind: 'unwell', reason: reasons.join('; ') };
}
