import { reasonText } from '../cards/notice-desk-kit.ts';
import { auditText, dryRunText, figuresText, progressText } from '../cards/notice-figures-text.ts';
import { sayCommand } from '../cards/notice-text.ts';
import type { NoticeDraft } from '../domain/notice.ts';
import { hasAudience } from '../domain/notice-check.ts';
import { GroupUnavailable, withoutReferences } from '../notices/people.ts';
import { csvOf, jsonOf } from '../notices/report-lines.ts';
import { withDraft } from './commands.ts';
import { answer, fail, type NoticeCommandParts, refusedCode, unusableCode, withNotice } from './parts.ts';
import type { ReportWriters } from './write-file.ts';

/** Whom the change of a notice, or of a draft in a file, hits among everyone whom the bot knows. */
export function showFigures(parts: NoticeCommandParts, which: string): Promise<number> {
  return withNoticeOrDraft(parts, which, async ({ subject }) => {
    const figures = await parts.desk.figures(subject);
    return answer(parts, figures, () => figuresText(parts.wording, figures));
  });
}

/** Who would get it, and who cannot be reached and why. Nobody is written to. */
export function tryNotice(parts: NoticeCommandParts, which: string): Promise<number> {
  const { desk, wording } = parts;
  return withNoticeOrDraft(parts, which, async ({ subject, audience, mandatory }) => {
    try {
      const found = withoutReferences(await desk.dryRun(subject, audience, mandatory !== null));
      const isUnlimited = !hasAudience(audience);
      return answer(parts, found, () => dryRunText(wording, { ...found, isUnlimited }));
    } catch (error) {
      if (!(error instanceof GroupUnavailable)) throw error;
      const detail = sayCommand(wording)('errors.group-unavailable', { cause: error.message });
      return fail(parts, { code: error.code, detail }, refusedCode);
    }
  });
}

export function showProgress(parts: NoticeCommandParts, id: string): Promise<number> {
  return withNotice(parts, id, async (notice) => {
    const progress = await parts.desk.progress(id);
    return answer(parts, progress, () => progressText(parts.wording, notice, progress));
  });
}

/** A line for each delivery: as CSV, or as JSON; into a file, which nobody else may read, or to standard output. */
export function writeReport(
  parts: NoticeCommandParts,
  id: string,
  file: string | null,
  { writeFile, writeOut }: ReportWriters,
): Promise<number> {
  const { desk, by, asJson, wording } = parts;
  return withNotice(parts, id, async () => {
    const format = asJson ? 'json' : 'csv';
    // Before the first line leaves: whoever takes the report is in the log, whatever comes after.
    await desk.record({ noticeId: id, by, what: 'export', data: { format } });
    const rows = desk.report(id);
    const lines = asJson ? jsonOf(rows) : csvOf(rows, (reason) => reasonText(wording, reason));
    if (file === null) {
      await writeOut(lines);
      return 0;
    }
    const written = await writeFile(file, lines);
    if (written.kind === 'written') {
      return answer(parts, { file }, () => sayCommand(wording)('report.done', { file }));
    }
    const detail = sayCommand(wording)('errors.not-written', { file, reason: written.reason });
    return fail(parts, { code: 'not-written', detail }, unusableCode);
  });
}

/** Of one notice, or of all with null; newest first. */
export async function showAudit(
  parts: NoticeCommandParts,
  id: string | null,
  limit: number,
): Promise<number> {
  const show = async () => {
    const entries = await parts.desk.audit(id, limit);
    return answer(parts, { entries }, () => auditText(parts.wording, entries));
  };
  return id === null ? show() : withNotice(parts, id, show);
}

/** As ids are given; a draft in a file of such a name is `./N-…`. */
const noticeId = /^N-[A-Z0-9]+$/;

function withNoticeOrDraft(
  parts: NoticeCommandParts,
  which: string,
  work: (draft: NoticeDraft) => Promise<number>,
): Promise<number> {
  return noticeId.test(which) ? withNotice(parts, which, work) : withDraft(parts, which, work);
}
