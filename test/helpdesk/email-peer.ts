import { type ParsedMail, simpleParser } from 'mailparser';
import MailComposer from 'nodemailer/lib/mail-composer';
import { loadWording } from '../../src/cards/wording.ts';
import { createEmail } from '../../src/helpdesk/connectors/email.ts';
import type { Peer, PeerTicket } from './connector-peer.ts';
import { type ImapDouble, login, type SmtpDouble, startImap, startSmtp } from './mail-servers.ts';

export type EmailPeer = Peer & { readonly smtp: SmtpDouble; readonly imap: ImapDouble };

export const desk = 'desk@desk.example';

/** A helpdesk that works with a shared mailbox: reads with `mailparser`, answers as a mail program does. */
export async function startEmailPeer(startMailbox = startImap): Promise<EmailPeer> {
  const [smtp, imap] = await Promise.all([startSmtp(), startMailbox()]);
  const server = { host: '127.0.0.1', ...login, plain: true, within: 1_000 };
  return {
    smtp,
    imap,
    connector: createEmail({
      from: login.user,
      to: desk,
      secret: 'canary-own-secret',
      text: loadWording('en').text,
      smtp: { ...server, port: smtp.port },
      imap: { ...server, port: imap.port, folder: 'INBOX' },
    }),
    secrets: [
      login.password,
      login.user,
      'canary-own-secret',
      Buffer.from(login.password).toString('base64'),
    ],
    retryAfterSeconds: null,
    tickets: async () => threadsOf(await readAll(smtp)),
    async setFault(fault) {
      await Promise.all([smtp.setFault(fault), imap.setFault(fault)]);
    },
    async comment(remoteId, by, text) {
      const mails = await readAll(smtp);
      const last = mails.findLast((mail) => mail.headers.get('x-handshake-ticket') === remoteId);
      if (last !== undefined) await imap.append(await replyTo(last, { by, text }));
    },
    note: null,
    solve: null,
    calls: async () => [],
    async close() {
      await Promise.all([smtp.close(), imap.close()]);
    },
  };
}

/** As a mail program shows them: a message id that it has seen is no new mail. */
export async function readAll(smtp: SmtpDouble): Promise<readonly ParsedMail[]> {
  const mails = await Promise.all(smtp.mails.map((mail) => simpleParser(mail)));
  const seen = new Set<string>();
  return mails.filter(({ messageId = '' }) => !seen.has(messageId) && seen.add(messageId));
}

let answers = 0;

/** An answer with the old mail quoted below it. */
export async function replyTo(
  mail: Pick<ParsedMail, 'messageId' | 'subject' | 'text'>,
  {
    by,
    text,
    headers = {},
    references = mail.messageId ?? '',
  }: {
    readonly by: string;
    readonly text: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly references?: string;
  },
): Promise<string> {
  answers += 1;
  const quote = (mail.text ?? '').split('\n').map((line) => `> ${line}`);
  const said = [text, '', `On Tue, Nov 24, 2026 Handshake <${login.user}>`, 'wrote:', ...quote];
  const composer = new MailComposer({
    from: { name: by, address: 'grace@desk.example' },
    to: login.user,
    messageId: `<answer-${answers}@desk.example>`,
    inReplyTo: references,
    references: references === '' ? [] : [references],
    subject: `Re: ${mail.subject ?? ''}`,
    text: said.join('\n'),
    headers: { ...headers },
  });
  return (await composer.compile().build()).toString('utf8');
}

function threadsOf(mails: readonly ParsedMail[]): readonly PeerTicket[] {
  const roots = mails.filter((mail) => mail.inReplyTo === undefined);
  return roots.map((root) => {
    const answers = mails.filter((mail) => mail.inReplyTo === root.messageId);
    const states = [root, ...answers].map((mail) => String(mail.headers.get('x-handshake-state')));
    return {
      id: String(root.headers.get('x-handshake-ticket')),
      title: root.subject ?? '',
      description: root.text ?? '',
      stage: stageOf(states.at(-1) ?? ''),
      comments: answers.map(({ text }) => text ?? '').filter((text) => text.includes('writes in')),
      files: answers.flatMap(({ attachments }) =>
        attachments.map(({ filename, content }) => ({ name: filename ?? '', content })),
      ),
    };
  });
}

function stageOf(state: string): PeerTicket['stage'] {
  if (state === 'waiting-for-user') return 'waiting';
  return ['solved', 'closed', 'withdrawn'].includes(state) ? 'done' : 'open';
}
