import { z } from 'zod';
import {
  createGuardedAgent,
  type Deadlines,
  defaultDeadlines,
  type Resolve,
  readFailure,
  resolveBySystem,
  send,
} from './guarded-agent.ts';
import { checkTarget, type HostRules, hostOf } from './hosts.ts';

/** The question whether a file may be saved to the person's OneDrive. Teams personal chat only. */
export type ConsentAttachment = {
  readonly contentType: 'application/vnd.microsoft.teams.card.file.consent';
  readonly name: string;
  readonly content: {
    readonly description: string;
    readonly sizeInBytes: number;
    readonly acceptContext: { readonly id: string };
    readonly declineContext: { readonly id: string };
  };
};

/** The contexts travel through the client and back, so they carry an id alone, which is looked up on return. */
export function fileConsentAttachment(offer: {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly sizeInBytes: number;
}): ConsentAttachment {
  const { id, name, description, sizeInBytes } = offer;
  return {
    contentType: 'application/vnd.microsoft.teams.card.file.consent',
    name,
    content: { description, sizeInBytes, acceptContext: { id }, declineContext: { id } },
  };
}

/** Where Teams wants the file; `uploadUrl` is a secret. */
export type Upload = {
  readonly name: string;
  readonly uploadUrl: string;
  readonly contentUrl: string;
  readonly uniqueId: string;
  readonly fileType: string;
};

export type Consent =
  | { readonly kind: 'accepted'; readonly id: string; readonly upload: Upload }
  | { readonly kind: 'declined'; readonly id: string };

const context = z.object({ id: z.string().min(1).max(200) });
const consent = z.discriminatedUnion('action', [
  z.object({
    action: z.literal('accept'),
    context,
    uploadInfo: z.object({
      name: z.string().max(400),
      uploadUrl: z.string().max(8_000),
      contentUrl: z.string().max(8_000),
      uniqueId: z.string().max(200),
      fileType: z.string().max(50),
    }),
  }),
  z.object({ action: z.literal('decline'), context }),
]);

/** Reads the value of a `fileConsent/invoke`; null when it is malformed. */
export function readConsent(value: unknown): Consent | null {
  const parsed = consent.safeParse(value);
  if (!parsed.success) {
    return null;
  }
  const { data } = parsed;
  return data.action === 'accept'
    ? { kind: 'accepted', id: data.context.id, upload: data.uploadInfo }
    : { kind: 'declined', id: data.context.id };
}

export type FileInfoAttachment = {
  readonly contentType: 'application/vnd.microsoft.teams.card.file.info';
  readonly contentUrl: string;
  readonly name: string;
  readonly content: { readonly uniqueId: string; readonly fileType: string };
};

export type UploadResult =
  | { readonly kind: 'saved'; readonly attachment: FileInfoAttachment }
  | {
      readonly kind: 'failed';
      readonly problem: 'forbidden-host' | 'lapsed' | 'timeout' | 'unreachable';
      readonly host: string;
    };

export type UploaderOptions = HostRules & { readonly deadlines?: Deadlines; readonly resolve?: Resolve };

/** Makes the function that puts a file where the person allowed it. No token, no redirects, one try. */
export function createUploader(options: UploaderOptions) {
  const deadlines = options.deadlines ?? defaultDeadlines;

  return async (upload: Upload, bytes: Uint8Array): Promise<UploadResult> => {
    const host = hostOf(upload.uploadUrl);
    const url = checkTarget(upload.uploadUrl, options);
    if (url === null || checkTarget(upload.contentUrl, options) === null) {
      return { kind: 'failed', problem: 'forbidden-host', host };
    }
    const agent = createGuardedAgent(options, options.resolve ?? resolveBySystem, deadlines);
    const signal = AbortSignal.timeout(deadlines.total);
    try {
      const { statusCode } = await send(url, {
        dispatcher: agent,
        signal,
        method: 'PUT',
        body: bytes,
        headers: putHeaders(bytes.length),
      });
      return judge(statusCode, upload, host);
    } catch (error) {
      const problem = signal.aborted ? 'timeout' : readFailure(error).kind;
      return { kind: 'failed', problem, host };
    } finally {
      await agent.destroy().catch(() => undefined);
    }
  };
}

function putHeaders(length: number): Record<string, string> {
  return {
    'content-type': 'application/octet-stream',
    'content-length': String(length),
    'content-range': `bytes 0-${length - 1}/${length}`,
  };
}

function judge(status: number, upload: Upload, host: string): UploadResult {
  if (status === 200 || status === 201) {
    return { kind: 'saved', attachment: fileInfoAttachment(upload) };
  }
  const lapsed = [401, 403, 404, 410].includes(status);
  return { kind: 'failed', problem: lapsed ? 'lapsed' : 'unreachable', host };
}

function fileInfoAttachment({ name, contentUrl, uniqueId, fileType }: Upload): FileInfoAttachment {
  return {
    contentType: 'application/vnd.microsoft.teams.card.file.info',
    contentUrl,
    name,
    content: { uniqueId, fileType },
  };
}
