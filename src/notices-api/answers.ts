import { z } from 'zod';
import { deliveryStates, impactClasses, noticeRoles } from '../domain/notice.ts';
import { osFamilies } from '../domain/os.ts';
import { policyKinds } from '../domain/policy.ts';

/** What the API answers, as schemas: for its document, and for the tests that hold both against what it does. */

const moment = z.iso.datetime();
const impact = z.enum(impactClasses);
const count = z.number().int().min(0);
const named = z.object({ id: z.string(), name: z.string() });
const text = z.object({ title: z.string(), body: z.string() });
const textsByLanguage = z.record(z.string(), text);
const wave = z.number().int().min(0).max(2).describe('0: the first 1 %; 1: 10 %; 2: everyone else');

const subject = z.union([
  z.object({
    kind: z.literal('policy'),
    before: z.iso.date(),
    after: z.iso.date(),
    lost: z.array(z.object({ kind: z.enum(policyKinds), name: z.string() })),
    source: z.string(),
  }),
  z.object({ kind: z.literal('announcement') }),
]);

const status = z.union([
  z.object({ at: z.enum(['draft', 'awaiting-approval', 'scheduled', 'done', 'cancelled']) }),
  z.object({ at: z.enum(['sending', 'paused']), wave }),
  z.object({
    ...{ at: z.literal('halted'), wave },
    why: z.object({ code: z.literal('too-many-bad'), bad: count, settled: count }),
  }),
]);

export const noticeAnswer = z.object({
  id: z.string(),
  version: count.describe('counts the changes; the ETag in another form'),
  name: z.string(),
  subject,
  audience: z.object({
    everyone: z.boolean(),
    impact: z.array(impact),
    findings: z.array(z.string()),
    os: z.array(z.enum(osFamilies)),
    sites: z.array(z.string()),
    languages: z.array(z.string()),
    people: z.array(z.string()),
    groups: z.array(z.string()),
  }),
  texts: z.record(z.string(), textsByLanguage).describe('by impact class or "all", then by language'),
  schedule: z.object({
    startAt: moment.nullable(),
    window: z.object({ from: z.string(), to: z.string() }).nullable(),
    weekdays: z.array(z.number().int()),
    remindAfterDays: z.number().int().nullable(),
  }),
  mandatory: z.object({ reason: z.string() }).nullable(),
  status,
  author: named,
  submitter: named.nullable().describe('who sent it for approval; does not approve it either'),
  approver: named.nullable(),
  total: count.nullable().describe('recipients, fixed by submit'),
  createdAt: moment,
  since: moment,
  remindsOf: z.string().nullable(),
});

export const noticesAnswer = z.object({ notices: z.array(noticeAnswer) });

const byClass = z.object({ 'will-break': count, 'at-risk': count, fine: count, unknown: count });
export const figuresAnswer = z.object({
  people: count,
  byClass,
  rows: z.array(
    z.object({
      impact,
      cause: z.string().nullable(),
      os: z.string().nullable(),
      site: z.string().nullable(),
      people: count,
    }),
  ),
});

export const dryRunAnswer = z.object({
  count,
  byClass,
  sample: z.array(
    z.object({
      id: z.string(),
      name: z.string().nullable(),
      impact,
      cause: z.string().nullable(),
      os: z.string().nullable(),
      reportedAt: moment.nullable(),
    }),
  ),
  unreachable: z.array(z.object({ id: z.string(), name: z.string().nullable(), why: z.string() })),
});

export const previewAnswer = text;

const state = z.enum(deliveryStates);
export const progressAnswer = z.object({
  total: count,
  states: z.object(Object.fromEntries(deliveryStates.map((each) => [each, count]))),
  reasons: z.array(z.object({ state, reason: z.string(), count })),
  acknowledged: count,
  checked: count,
  fixed: count,
  rate: z.number().min(0),
  expectedEnd: moment.nullable(),
});

export const reportAnswer = z.object({
  deliveries: z.array(
    z.object({
      personId: z.string(),
      name: z.string().nullable(),
      impact,
      cause: z.string().nullable(),
      os: z.string().nullable(),
      site: z.string().nullable(),
      state,
      reason: z.string().nullable(),
      sentAt: moment.nullable(),
      acknowledgedAt: moment.nullable(),
      checkedAt: moment.nullable(),
      fixedAt: moment.nullable(),
    }),
  ),
});

export const auditAnswer = z.object({
  entries: z.array(
    z.object({
      at: moment,
      noticeId: z.string(),
      by: z.object({
        id: z.string(),
        name: z.string(),
        roles: z.array(z.enum(noticeRoles)),
        via: z.enum(['teams', 'api', 'command', 'bot']),
      }),
      what: z.string(),
      data: z.record(z.string(), z.unknown()),
    }),
  ),
});

export const problemAnswer = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  code: z.string(),
  faults: z.array(z.object({ at: z.string(), expected: z.string() })).optional(),
});
