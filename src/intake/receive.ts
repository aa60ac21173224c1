import { z } from 'zod';
import type { RemoteFile } from './fetch-attachment.ts';

/** What the attachments of a message are, before anything is fetched. */
export type Attached =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'file'; readonly file: RemoteFile }
  /** Why it cannot be a report. */
  | { readonly kind: 'no-report'; readonly problem: 'screenshot' | 'other' };

/** Why the bytes of a file are no report; the wording has a sentence for each. */
export type IntakeProblem =
  | 'screenshot'
  | 'pdf'
  | 'office'
  | 'archive'
  | 'html'
  | 'binary'
  | 'empty'
  | 'script';

export type ReadIntake =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'no-report'; readonly problem: IntakeProblem };

/** Says what bytes are, by the bytes alone. */
export type Sniff = (bytes: Uint8Array) => 'text' | 'image' | 'pdf' | 'archive' | 'html' | 'binary' | 'empty';
export type Decode = (bytes: Uint8Array) => { readonly text: string };

const attachment = z.object({
  contentType: z.string().max(200).default(''),
  contentUrl: z.string().max(8_000).nullish(),
  name: z.string().max(1_000).nullish(),
  content: z.unknown().optional(),
});
const downloadInfo = z.object({ downloadUrl: z.string().max(8_000) });

const fileDownload = 'application/vnd.microsoft.teams.file.download.info';
const textName = /\.(?:txt|log|reg|csv|json|md)$/i;

/** Which attachment of an activity may be a report; a file named like a text goes before any other. */
export function classifyAttachments(activity: { readonly attachments?: unknown }): Attached {
  const list = Array.isArray(activity.attachments) ? activity.attachments.slice(0, 20) : [];
  const all = list.map(classify).filter((attached) => attached.kind !== 'nothing');
  const files = all.filter((attached) => attached.kind === 'file');
  return files.find(({ file }) => textName.test(file.name)) ?? files[0] ?? all[0] ?? { kind: 'nothing' };
}

function classify(value: unknown): Attached {
  const parsed = attachment.safeParse(value);
  if (!parsed.success) {
    return { kind: 'nothing' };
  }
  const { contentType, contentUrl, content } = parsed.data;
  const type = contentType.toLowerCase();
  const name = parsed.data.name ?? '';
  if (type === fileDownload) {
    const info = downloadInfo.safeParse(content);
    return info.success
      ? { kind: 'file', file: { url: info.data.downloadUrl, name } }
      : { kind: 'no-report', problem: 'other' };
  }
  // Teams mirrors a message's own text as HTML; cards are what people forward.
  if (type.startsWith('text/html') || type.startsWith('application/vnd.microsoft.')) {
    return { kind: 'nothing' };
  }
  if (type.startsWith('image/')) {
    return { kind: 'no-report', problem: 'screenshot' };
  }
  return contentUrl == null ? { kind: 'nothing' } : { kind: 'file', file: { url: contentUrl, name } };
}

/** The text of a file that came in, or why it is no report. The file's name has no say. */
export function readIntake(bytes: Uint8Array, sniff: Sniff, decode: Decode): ReadIntake {
  const kind = sniff(bytes);
  switch (kind) {
    case 'text':
      return readText(decode(bytes).text);
    case 'image':
      return { kind: 'no-report', problem: 'screenshot' };
    case 'archive':
    case 'binary':
      return { kind: 'no-report', problem: isOffice(bytes) ? 'office' : kind };
    case 'pdf':
    case 'html':
    case 'empty':
      return { kind: 'no-report', problem: kind };
  }
}

/** What the first line of a PowerShell or batch script looks like. */
const scriptStart = /^(?:@echo off|<#|#requires|\[cmdletbinding|param ?\(|rem |::)/i;

function readText(text: string): ReadIntake {
  const start = text
    .slice(0, 10_000)
    .replace(/^\ufeff/, '')
    .trim();
  if (start === '' && text.length <= 10_000) {
    return { kind: 'no-report', problem: 'empty' };
  }
  return scriptStart.test(start) ? { kind: 'no-report', problem: 'script' } : { kind: 'text', text };
}

/** A zip whose first entries are those of Office, or the compound file of its older versions. */
function isOffice(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 4_096)).toString('latin1');
  return head.startsWith('\u00d0\u00cf\u0011\u00e0') || /\[Content_Types\]\.xml|word\/|xl\//.test(head);
}
