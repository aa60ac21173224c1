import PostalMime, { type Email } from 'postal-mime';
import type { News } from '../connector.ts';
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
  const text = answerOf(mail.text ?? '', marker);
  if (text === '') return null;
  const by = mail.from?.name?.trim() || (from.split('@')[0] ?? from);
  const id = mail.messageId ?? uid;
  return { id, ticketId, remoteId: ticketId, by, what: { kind: 'comment', text } };
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
