import PostalMime, { type Email } from 'postal-mime';
import type { News } from '../connector.ts';
import { textOfHtml } from '../html-text.ts';
import { answerOf } from './email-answer.ts';
import type { FoundMail } from './email-mailbox.ts';
import type { MailProof } from './email-proof.ts';

/** The news in a mail; null when it is none of ours, from a machine, or says nothing. */
export async function readReply(
  { uid, source }: FoundMail,
  { proof, own, marker }: { readonly proof: MailProof; readonly own: string; readonly marker: string },
): Promise<News | null> {
  const mail = await PostalMime.parse(source, { maxNestingDepth: 20 }).catch(() => null);
  if (mail === null) return null;
  const from = mail.from?.address?.toLowerCase() ?? '';
  if (from === '' || from === own.toLowerCase() || isAutomatic(mail)) return null;
  const references = `${mail.references ?? ''} ${mail.inReplyTo ?? ''}`;
  const ticketId = proof.findTicket({ references, subject: mail.subject ?? '' });
  if (ticketId === null) return null;
  const text = answerOf(textOf(mail), marker);
  if (text === '') return null;
  const by = mail.from?.name?.trim() || (from.split('@')[0] ?? from);
  const id = mail.messageId ?? uid;
  return { id, ticketId, remoteId: ticketId, by, what: { kind: 'comment', text } };
}

function textOf({ text, html }: Email): string {
  return text ?? textOfHtml(['head', 'style', 'script'].reduce(withoutElement, html ?? ''));
}

/** Without a regular expression: one with a lazy middle takes quadratic time for many openings. */
function withoutElement(html: string, name: string): string {
  const lower = html.toLowerCase();
  const kept: string[] = [];
  for (let at = 0; at < html.length; ) {
    const start = lower.indexOf(`<${name}`, at);
    const end = start === -1 ? -1 : lower.indexOf(`</${name}>`, start);
    if (end === -1) return kept.join('') + html.slice(at);
    kept.push(html.slice(at, start));
    at = end + name.length + 3;
  }
  return kept.join('');
}

/**
 * Absence notes, bounces and other machines (RFC 3834; Exchange's own header): whoever answers them may be answered
 * for ever.
 */
function isAutomatic({ headers }: Email): boolean {
  const value = (key: string) =>
    headers
      .find((header) => header.key === key)
      ?.value.trim()
      .toLowerCase();
  const submitted = value('auto-submitted');
  if (submitted !== undefined && submitted !== 'no') return true;
  if (value('x-auto-response-suppress') !== undefined || value('x-autoreply') !== undefined) return true;
  if (value('return-path') === '<>') return true;
  if (/^(bulk|junk|list|auto_reply)$/.test(value('precedence') ?? '')) return true;
  return (value('content-type') ?? '').startsWith('multipart/report');
}
