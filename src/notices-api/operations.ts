import { z } from 'zod';
import { impactClasses, type Notice, type NoticeCommand, noticeRoles } from '../domain/notice.ts';
import { audienceForm, draftForm, mandatoryForm, subjectForm } from '../notices/draft-form.ts';
import type { Acted } from '../notices/notice-desk.ts';
import { withoutReferences } from '../notices/people.ts';
import { csvOf, jsonOf } from '../notices/report-lines.ts';
import * as answers from './answers.ts';
import { type Answer, type ApiParts, type Operation, operation } from './operation.ts';
import { problemOfRefusal } from './problem.ts';

const limit = z.coerce.number().int().min(1).max(500).default(50);
const reason = z.string().trim().min(1).max(1_000);

export const actionForm = z.discriminatedUnion('do', [
  z.strictObject({ do: z.enum(['submit', 'approve', 'pause', 'resume', 'cancel', 'resend-failed']) }),
  z.strictObject({ do: z.literal('reject'), reason }),
]);
const audienceQuestion = z.strictObject({
  subject: subjectForm,
  audience: audienceForm,
  mandatory: mandatoryForm.default(null),
});

const authors = ['author'] as const;
const anyRole = noticeRoles;
/** Roles of those who act on a notice; which of them an action needs is for the desk to say. */
const doers = ['author', 'approver'] as const;

/** Everything that the API does; its document, its routes and its tests are made of this. */
export const operations: readonly Operation[] = [
  operation({
    ...{ id: 'listNotices', method: 'get', path: '/api/notices', roles: anyRole, problems: [400] },
    summary: 'Notices, newest first',
    query: z.strictObject({ limit }),
    answers: { status: 200, schema: answers.noticesAnswer },
    run: async ({ desk }, { query }) => json(200, { notices: await desk.list(query.limit) }),
  }),
  operation({
    ...{
      id: 'createNotice',
      method: 'post',
      path: '/api/notices',
      roles: authors,
      problems: [400, 409, 422],
    },
    summary: 'Writes a notice; nothing is sent',
    idempotent: true,
    body: draftForm,
    answers: { status: 201, schema: answers.noticeAnswer },
    run: async ({ desk }, { body, caller }) => acted(await desk.create(body, caller.actor), 201),
  }),
  operation({
    ...{ id: 'figures', method: 'post', path: '/api/notices/figures', roles: anyRole, problems: [400] },
    summary: 'Whom a change hits, by cause, system and site',
    body: z.strictObject({ subject: subjectForm }),
    answers: { status: 200, schema: answers.figuresAnswer },
    run: async ({ desk }, { body }) => json(200, await desk.figures(body.subject)),
  }),
  operation({
    ...{ id: 'dryRun', method: 'post', path: '/api/notices/dry-run', roles: anyRole, problems: [400, 503] },
    summary: 'Who would get a notice, and who cannot be reached and why; nothing is sent',
    body: audienceQuestion,
    answers: { status: 200, schema: answers.dryRunAnswer },
    run: async ({ desk }, { body }) =>
      json(200, withoutReferences(await desk.dryRun(body.subject, body.audience, body.mandatory !== null))),
  }),
  operation({
    ...{ id: 'auditAll', method: 'get', path: '/api/notices/audit', roles: ['auditor'], problems: [400] },
    summary: 'Who did what to all notices, newest first',
    query: z.strictObject({ limit }),
    answers: { status: 200, schema: answers.auditAnswer },
    run: async ({ desk }, { query }) => json(200, { entries: await desk.audit(null, query.limit) }),
  }),
  operation({
    ...{ id: 'readNotice', method: 'get', path: '/api/notices/{id}', roles: anyRole, problems: [404] },
    summary: 'One notice; its ETag is needed to change it',
    answers: { status: 200, schema: answers.noticeAnswer },
    run: (parts, { id }) => withNotice(parts, id, async (notice) => noticeAnswer(notice, 200)),
  }),
  operation({
    ...{ id: 'editNotice', method: 'put', path: '/api/notices/{id}', roles: authors },
    problems: [400, 404, 409, 412, 422, 428],
    summary: 'Replaces what a notice says and to whom; it is a draft after that',
    ifMatch: true,
    body: draftForm,
    answers: { status: 200, schema: answers.noticeAnswer },
    run: async ({ desk }, { id, body, caller, version }) =>
      acted(await desk.act(id, { do: 'edit', draft: body }, caller.actor, version), 200),
  }),
  operation({
    ...{ id: 'act', method: 'post', path: '/api/notices/{id}/actions', roles: doers },
    problems: [400, 404, 409, 412, 422, 428, 503],
    summary: 'Submits, approves, rejects, pauses, resumes, cancels, or sends again to those that failed',
    ...{ ifMatch: true, idempotent: true },
    body: actionForm as z.ZodType<NoticeCommand>,
    answers: { status: 200, schema: answers.noticeAnswer },
    run: async ({ desk }, { id, body, caller, version }) => {
      if (body.do === 'approve' && caller.isApp) return { kind: 'problem', problem: appApproves };
      return acted(await desk.act(id, body, caller.actor, version), 200);
    },
  }),
  operation({
    ...{ id: 'preview', method: 'get', path: '/api/notices/{id}/preview', roles: anyRole },
    problems: [400, 404, 422],
    summary: 'The text as people of one class and language get it',
    query: z.strictObject({
      impact: z.enum(impactClasses),
      language: z.string().min(2).max(35).default('en'),
    }),
    answers: { status: 200, schema: answers.previewAnswer },
    run: (parts, { id, query, caller }) =>
      withNotice(parts, id, async (notice) => {
        const text = await parts.preview(notice, query);
        if (text === null) return refusal('text-missing', 'The notice has no text for this class.');
        await parts.desk.record({ noticeId: id, by: caller.actor, what: 'preview', data: query });
        return json(200, text);
      }),
  }),
  operation({
    ...{ id: 'progress', method: 'get', path: '/api/notices/{id}/progress', roles: anyRole, problems: [404] },
    summary: 'How far it is; the states add up to the total',
    answers: { status: 200, schema: answers.progressAnswer },
    run: (parts, { id }) => withNotice(parts, id, async () => json(200, await parts.desk.progress(id))),
  }),
  operation({
    ...{
      id: 'report',
      method: 'get',
      path: '/api/notices/{id}/report',
      roles: anyRole,
      problems: [400, 404],
    },
    summary: 'What became of it for each recipient, as JSON or CSV',
    query: z.strictObject({ format: z.enum(['json', 'csv']).default('json') }),
    answers: { status: 200, schema: answers.reportAnswer, csv: true },
    run: (parts, { id, query, caller }) =>
      withNotice(parts, id, async () => {
        await parts.desk.record({ noticeId: id, by: caller.actor, what: 'export', data: query });
        const rows = parts.desk.report(id);
        return query.format === 'csv'
          ? {
              ...{ kind: 'lines', type: 'text/csv; charset=utf-8', fileName: 'report.csv' },
              lines: csvOf(rows, parts.sayReason),
            }
          : { kind: 'lines', type: 'application/json', fileName: 'report.json', lines: jsonOf(rows) };
      }),
  }),
  operation({
    ...{
      id: 'audit',
      method: 'get',
      path: '/api/notices/{id}/audit',
      roles: ['auditor'],
      problems: [400, 404],
    },
    summary: 'Who did what to one notice, newest first',
    query: z.strictObject({ limit }),
    answers: { status: 200, schema: answers.auditAnswer },
    run: (parts, { id, query }) =>
      withNotice(parts, id, async () => json(200, { entries: await parts.desk.audit(id, query.limit) })),
  }),
];

const appApproves = {
  status: 403,
  code: 'person-needed',
  detail:
    'A program may write notices; approving needs a person who signs in, with the role Notices.Approver.',
};

function json(status: number, body: unknown): Answer {
  return { kind: 'json', status, body };
}

function acted(outcome: Acted, status: 200 | 201): Answer {
  return outcome.kind === 'done' ? noticeAnswer(outcome.notice, status) : refusal(outcome.why, outcome.says);
}

function refusal(why: Extract<Acted, { kind: 'refused' }>['why'], says: string): Answer {
  return { kind: 'problem', problem: problemOfRefusal(why, says) };
}

function noticeAnswer(notice: Notice, status: 200 | 201): Answer {
  const headers = { ETag: `"${notice.version}"` };
  if (status === 200) return { kind: 'json', status, body: notice, headers };
  const location = `/api/notices/${encodeURIComponent(notice.id)}`;
  return { kind: 'json', status, body: notice, headers: { ...headers, Location: location } };
}

async function withNotice(
  { desk }: ApiParts,
  id: string,
  answer: (notice: Notice) => Promise<Answer>,
): Promise<Answer> {
  const notice = await desk.find(id);
  return notice === null
    ? refusal('not-found', 'There is no notice with this id. List the notices to see their ids.')
    : answer(notice);
}
