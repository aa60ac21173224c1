import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Marks by which an answer is known as one to a mail of ours: in the ids of our mails, which answers refer to, and
 * in their subject. Each holds a proof that only this installation can make, since anybody can write a ticket's
 * number into a mail.
 */
export type MailProof = {
  /** Message id of a mail, in angle brackets; the same mail keeps it. `event` null is the mail that opens. */
  messageId(ticket: string, event: string | null): string;
  /** Such as `[HS-41 #0f3a…]`. */
  subjectTag(ticket: string): string;
  /** Our ticket that an answer belongs to; null when nothing in it is ours. */
  findTicket(mail: { readonly references: string; readonly subject: string }): string | null;
};

/** `domain` stands in message ids; `secret` is the installation's own. */
export function createMailProof(secret: string, domain: string): MailProof {
  const prove = (text: string) =>
    createHmac('sha256', `handshake/mail/${secret}`).update(text).digest('hex').slice(0, 20);
  const isProof = (text: string, proof: string) =>
    timingSafeEqual(Buffer.from(prove(text)), Buffer.from(proof));

  return {
    messageId(ticket, event) {
      const name = event === null ? ticket : event.replaceAll('/', '.');
      return `<${name}=${ticket}=${prove(`id ${ticket}`)}@${domain}>`;
    },
    subjectTag: (ticket) => `[${ticket} #${prove(`tag ${ticket}`)}]`,
    findTicket({ references, subject }) {
      for (const [, ticket = '', proof = ''] of references.matchAll(inReferences)) {
        if (isProof(`id ${ticket}`, proof)) return ticket;
      }
      for (const [, ticket = '', proof = ''] of subject.matchAll(inSubject)) {
        if (isProof(`tag ${ticket}`, proof)) return ticket;
      }
      return null;
    },
  };
}

const inReferences = /<[A-Za-z0-9.-]{1,80}=([A-Za-z0-9-]{1,40})=([0-9a-f]{20})@/g;
const inSubject = /\[([A-Za-z0-9-]{1,40}) #([0-9a-f]{20})\]/g;
