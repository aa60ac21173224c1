import type { Logger } from 'pino';
import { createFetcher } from './fetch-attachment.ts';
import { createUploader, type FileInfoAttachment, readConsent } from './file-consent.ts';
import type { HostRules } from './hosts.ts';
import { classifyAttachments, type Decode, type ReadIntake, readIntake, type Sniff } from './receive.ts';

export type IntakeOptions = {
  readonly hosts: HostRules;
  readonly decode: Decode;
  readonly sniff: Sniff;
  /** The file that was offered under this id; undefined for an id that was never given out. */
  readonly findOffer: (id: string) => { readonly bytes: Uint8Array } | undefined;
  readonly log: Pick<Logger, 'warn'>;
};

export type ConsentAnswer =
  | { readonly kind: 'declined' }
  | { readonly kind: 'failed' }
  | { readonly kind: 'saved'; readonly attachment: FileInfoAttachment };

type WithAttachments = { readonly attachments?: unknown };

/** Everything that brings files in, and takes them out, through the channel. */
export type Intake = {
  bringsFile(activity: WithAttachments): boolean;
  /** The text of the file that the activity brings, or why it is none; null when it brings none. */
  fetchFile(activity: WithAttachments & { readonly id?: string }): Promise<FetchedFile | null>;
  /** Saves the offered file where the person allowed it; null when the value is no answer to an offer of ours. */
  answerConsent(value: unknown): Promise<ConsentAnswer | null>;
};

type FetchedFile =
  | Extract<ReadIntake, { kind: 'text' }>
  | { readonly kind: 'no-report'; readonly problem: string };

export function createIntake({ hosts, decode, sniff, findOffer, log }: IntakeOptions): Intake {
  const fetchAttachment = createFetcher(hosts);
  const upload = createUploader(hosts);

  return {
    bringsFile: (activity) => classifyAttachments(activity).kind === 'file',

    async fetchFile(activity) {
      const attached = classifyAttachments(activity);
      if (attached.kind === 'nothing') return null;
      if (attached.kind === 'no-report') return attached;
      const fetched = await fetchAttachment(attached.file);
      if (fetched.kind === 'file') return readIntake(fetched.bytes, sniff, decode);
      log.warn({ activity: activity.id, host: fetched.host, problem: fetched.kind }, 'file not fetched');
      return { kind: 'no-report', problem: fetched.kind };
    },

    async answerConsent(value) {
      const consent = readConsent(value);
      if (consent === null) return null;
      if (consent.kind === 'declined') return { kind: 'declined' };
      const offer = findOffer(consent.id);
      if (offer === undefined) return null;
      const result = await upload(consent.upload, offer.bytes);
      if (result.kind === 'saved') return result;
      log.warn({ host: result.host, problem: result.problem }, 'file not saved');
      return { kind: 'failed' };
    },
  };
}
