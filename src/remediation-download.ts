import { strToU8, zipSync } from 'fflate';
import { remediationText } from './cards/remediation-text.ts';
import type { Wording } from './cards/wording.ts';
import type { Diagnosis } from './domain/diagnosis.ts';
import { answerJson } from './http-guards.ts';
import { type RemedyFile, remedyFiles } from './remediation/files.ts';
import { remediationFor } from './remediation/remediation.ts';
import type { Page } from './server.ts';

export type RemediationDownload = {
  /** The diagnosis of a stored report; null when there is none of that id. */
  readonly findDiagnosis: (reportId: string) => Promise<Diagnosis | null>;
  readonly wording: Wording;
};

/** Report ids are random (UUID version 4), so who has the address was given it. */
const path = /^\/remediation\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.zip$/;

/** Where the files of a report's remedies are fetched, below the server's public address. */
export function remediationPath(reportId: string): string {
  return `/remediation/${reportId}.zip`;
}

/** Serves what an administrator can do about a report as files. They hold settings, and no name of anybody. */
export function remediationPage({ findDiagnosis, wording }: RemediationDownload): Page {
  const serve: Page['serve'] = async (request, response) => {
    const reportId = path.exec(request.url?.split('?')[0] ?? '')?.[1];
    const diagnosis = reportId === undefined ? null : await findDiagnosis(reportId);
    const remedies = diagnosis === null ? [] : remediationFor(diagnosis);
    if (remedies.length === 0) return answerJson(response, 404, { error: 'not-found' });
    const bytes = archive([
      { name: 'README.txt', text: remediationText(wording, remedies).replaceAll('\n', '\r\n') },
      ...remedyFiles(remedies),
    ]);
    response.statusCode = 200;
    response.setHeader('Content-Type', 'application/zip');
    response.setHeader('Content-Length', bytes.byteLength);
    response.setHeader('Content-Disposition', 'attachment; filename="handshake-remediation.zip"');
    response.setHeader('Cache-Control', 'private, no-store');
    response.end(bytes);
  };
  return { path: '/remediation/:file', serve };
}

/** The same files give the same bytes, whenever they are asked for. */
function archive(files: readonly RemedyFile[]): Uint8Array {
  const entries = files.map(({ name, text }) => [name, strToU8(text)] as const);
  return zipSync(Object.fromEntries(entries), { mtime: '1980-01-01T00:00:00' });
}
