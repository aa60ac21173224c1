import { openTranscriptToken, transcriptToken } from './helpdesk/transcript-link.ts';
import type { NoticeDesk } from './notices/notice-desk.ts';
import { csvOf } from './notices/report-lines.ts';
import type { Page } from './server.ts';

export type NoticeReportParts = {
  readonly secret: string;
  readonly desk: Pick<NoticeDesk, 'find' | 'report' | 'record'>;
  /** Why somebody got nothing, in words. */
  readonly sayReason: (reason: string) => string;
  /** What a link that has lapsed says. */
  readonly goneText: string;
  readonly now: () => Date;
};

const path = '/notice-reports/';

/** A link to the report of a notice for a quarter of an hour; it names whom it was made for. */
export function noticeReportPath(secret: string, noticeId: string, officialId: string, now: Date): string {
  return `${path}${transcriptToken(secret, `${noticeId}~${officialId}`, now)}`;
}

/** Serves the report of a notice as CSV, page by page, and notes in the audit log who took it. */
export function noticeReportPage({ secret, desk, sayReason, goneText, now }: NoticeReportParts): Page {
  const serve: Page['serve'] = async (request, response) => {
    const token = decodeURIComponent((request.url ?? '').split('?')[0]?.split('/')[2] ?? '');
    const [noticeId = '', officialId = ''] = openTranscriptToken(secret, token, now())?.split('~') ?? [];
    const notice = noticeId === '' ? null : await desk.find(noticeId);
    response.setHeader('Cache-Control', 'private, no-store');
    response.setHeader('X-Robots-Tag', 'noindex');
    if (notice === null) {
      response.statusCode = 404;
      response.setHeader('Content-Type', 'text/plain; charset=utf-8');
      response.end(goneText);
      return;
    }
    const by = { id: officialId, name: officialId, roles: [], via: 'teams' } as const;
    await desk.record({ noticeId, by, what: 'export', data: { format: 'csv' } });
    response.statusCode = 200;
    response.setHeader('Content-Type', 'text/csv; charset=utf-8');
    response.setHeader('Content-Disposition', `attachment; filename="${noticeId}.csv"`);
    for await (const part of csvOf(desk.report(noticeId), sayReason)) response.write(part);
    response.end();
  };
  return { path: `${path}:token`, serve };
}
