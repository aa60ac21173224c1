import { Readable } from 'node:stream';
import type { Judged } from '../../src/cards/next-step.ts';
import { createTexts } from '../../src/cards/texts.ts';
import { loadWording } from '../../src/cards/wording.ts';
import type { Form } from '../../src/upload/form.ts';
import type { Answer } from '../../src/upload/page.ts';
import {
  createUpload,
  type FoundCode,
  type Upload,
  type UploadDependencies,
} from '../../src/upload/upload.ts';
import { diagnosis } from '../domain/builders.ts';

export const code = 'CDFG2345';
export const now = new Date('2026-11-24T12:00:00Z');
export const judged: Judged = {
  article: 'onedrive-sign-in',
  diagnosis: diagnosis({ verdict: 'pass' }),
  doubts: [],
};

export type Desk = {
  readonly upload: Upload;
  /** The texts that were taken in, each with its code. */
  readonly taken: (readonly [string, string])[];
  readonly logged: unknown[];
};

const wording = loadWording('en');

/** The page over one code that was handed out; a text that says REPORT is one. */
export function openDesk(
  known: Partial<FoundCode> = {},
  changes: Partial<UploadDependencies<FoundCode>> = {},
): Desk {
  const found = { caseId: 'CASE', expiresAt: new Date('2026-11-25T00:00:00Z'), used: false, ...known };
  const taken: [string, string][] = [];
  const logged: unknown[] = [];
  const upload = createUpload<FoundCode>({
    wording,
    findCode: async (asked) => (asked === code ? { ...found, used: found.used || taken.length > 0 } : null),
    read: (bytes) => ({ kind: 'text', text: Buffer.from(bytes).toString('utf8') }),
    isReport: (text) => text.includes('REPORT'),
    noReport: createTexts(wording).noReport,
    takeReport: async (_found, under, text) => {
      taken.push([under, text]);
    },
    resultOf: async () => judged,
    scriptsFor: (of) => [
      { kind: 'powershell', fileName: `check-${of}.ps1`, path: `/scripts/1-a/check-${of}.ps1` },
    ],
    now: () => now,
    log: { error: (...line: unknown[]) => logged.push(line) },
    ...changes,
  });
  return { upload, taken, logged };
}

/** A form as a browser sends it. */
export async function formOf(fields: Readonly<Record<string, string | File>>): Promise<Form> {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  const { headers, body } = new Response(data);
  return bodyOf(
    headers.get('content-type') ?? '',
    body === null ? '' : Buffer.from(await new Response(body).arrayBuffer()),
  );
}

export function bodyOf(contentType: string, body: string | Buffer): Form {
  return Object.assign(Readable.from([Buffer.from(body)]), { headers: { 'content-type': contentType } });
}

export function statusOf(answer: Answer): number {
  return answer.kind === 'redirect' ? 303 : answer.status;
}

export function textOf(answer: Answer): string {
  return answer.kind === 'redirect' ? `-> ${answer.location}` : answer.html;
}
