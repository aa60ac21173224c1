import type { Logger } from 'pino';
import type { Adapter } from './bot/adapter.ts';
import type { Diagnose } from './bot/interpret.ts';
import type { Turn } from './bot/turn.ts';
import { createWebReports } from './bot/web-report.ts';
import type { Judged } from './cards/next-step.ts';
import { createTexts } from './cards/texts.ts';
import type { Wording } from './cards/wording.ts';
import { decode, sniff } from './diagnosis/decode.ts';
import { type Doubt, openCase } from './domain/case.ts';
import type { Diagnosis } from './domain/diagnosis.ts';
import { readIntake } from './intake/receive.ts';
import { isNamesFile } from './redaction/names-file.ts';
import { codedName, codedPath, type ScriptCatalogue } from './scripts/catalogue.ts';
import { findCase, listReports, readTranscript } from './storage/cases.ts';
import { findCheckCode, reportActivityId } from './storage/check-codes.ts';
import type { Database } from './storage/connection.ts';
import { createUpload, type ReadUpload, type Upload } from './upload/upload.ts';

export type WebLaneDependencies = {
  readonly database: Database;
  readonly adapter: Pick<Adapter, 'continueConversation'>;
  readonly turn: Turn;
  readonly diagnose: Diagnose;
  /** The article by which a text is judged before it is known whose it is. */
  readonly article: string;
  readonly scripts: ScriptCatalogue;
  readonly wording: Wording;
  readonly now: () => Date;
  readonly log: Pick<Logger, 'error'>;
};

export type WebLane = {
  readonly upload: Upload;
  /** Resolves when no report is on its way into a chat any more. */
  settle(): Promise<void>;
};

/** Connects the page that takes reports with the database, the diagnosis and the bot. */
export function createWebLane(deps: WebLaneDependencies): WebLane {
  const { database, adapter, turn, diagnose, scripts, wording, now, log } = deps;
  const reports = createWebReports({ ...adapter, onTurn: turn, log });
  const nobodys = openCase('', deps.article);
  const upload = createUpload({
    wording,
    now,
    log,
    findCode: (code) => findCheckCode(database, code),
    read: readUpload,
    isReport: (text) => diagnose(text, nobodys).report.kind !== 'unrecognised',
    noReport: createTexts(wording).noReport,
    takeReport: ({ reference }, code, text) =>
      reports.take({ reference, activityId: reportActivityId(code), text }),
    resultOf: (caseId) => resultOf(database, caseId),
    scriptsFor: (code) =>
      Object.values(scripts).map((script) => ({
        kind: script.kind,
        fileName: codedName(script.fileName, code),
        path: codedPath(script, code),
      })),
  });
  return { upload, settle: reports.settle };
}

/** The list of names that the script leaves on the PC is refused here too, before anything looks into it. */
function readUpload(bytes: Uint8Array): ReadUpload {
  const read = readIntake(bytes, sniff, decode);
  return read.kind === 'text' && isNamesFile(read.text) ? { kind: 'no-report', problem: 'names-file' } : read;
}

/** The last report of a case, with the doubts that its turn recorded. */
async function resultOf(database: Database, caseId: string): Promise<Judged | null> {
  const [found, reports, events] = await Promise.all([
    findCase(database, caseId),
    listReports(database, caseId),
    readTranscript(database, caseId),
  ]);
  const last = reports.at(-1);
  if (found === null || last === undefined) return null;
  const examined = events.findLast(({ kind, data }) => kind === 'examined' && data.report === last.id);
  const doubts = (examined?.data.doubts ?? []) as readonly Doubt[];
  return { article: found.article, diagnosis: last.diagnosis as Diagnosis, doubts };
}
