import { z } from 'zod';
import { findingCodes } from '../domain/diagnosis.ts';
import { impactClasses, type NoticeDraft } from '../domain/notice.ts';
import { osFamilies } from '../domain/os.ts';
import { policyKinds } from '../domain/policy.ts';

/** A notice as an administrator writes it, in JSON or YAML. What is left out takes the value that does least. */

const day = z.iso.date({ error: 'expected a day such as 2026-04-01' });
const clockTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'expected a time of day such as 08:00' });
const guid = z.guid({ error: 'expected an Entra object id, a GUID' }).toLowerCase();
const language = z
  .string()
  .regex(/^[A-Za-z0-9-]{2,35}$/, { error: 'expected a language such as de or de-CH' })
  .toLowerCase();
const startAt = z.iso
  .datetime({ offset: true, error: 'expected a moment such as 2026-04-01T08:00:00Z' })
  .transform((text) => new Date(text).toISOString());
const source = z.url({
  protocol: /^https?$/,
  error: 'expected the address (https) of the page that announces it',
});

export const subjectForm = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('policy'),
    before: day,
    after: day,
    lost: z
      .array(z.strictObject({ kind: z.enum(policyKinds), name: z.string().min(1).max(100) }))
      .max(100)
      .default([]),
    source,
  }),
  z.strictObject({ kind: z.literal('announcement') }),
]);

export const audienceForm = z.strictObject({
  everyone: z.boolean().default(false),
  impact: z.array(z.enum(impactClasses)).max(4).default([]),
  findings: z.array(z.enum(findingCodes)).max(findingCodes.length).default([]),
  os: z.array(z.enum(osFamilies)).max(osFamilies.length).default([]),
  sites: z.array(z.string().min(1).max(200)).max(500).default([]),
  languages: z.array(language).max(100).default([]),
  people: z.array(guid).max(20_000).default([]),
  groups: z.array(guid).max(50).default([]),
});

/** Teams takes cards of 28 KB, in which each paragraph takes about 90 bytes more. */
const longestText = 20_000;
const body = z
  .string()
  .trim()
  .min(1)
  .max(8_000)
  .refine((text) => Buffer.byteLength(text) + 90 * text.split('\n').length <= longestText, {
    error: 'expected a text that fits on one card, with fewer lines or characters',
  });
const text = z.strictObject({ title: z.string().trim().min(1).max(200), body });
const textsByLanguage = z.record(language, text);
const textsForm = z
  .strictObject({
    'will-break': textsByLanguage.optional(),
    'at-risk': textsByLanguage.optional(),
    fine: textsByLanguage.optional(),
    unknown: textsByLanguage.optional(),
    all: textsByLanguage.optional(),
  })
  .transform((texts) => texts as NoticeDraft['texts']);

const scheduleForm = z.strictObject({
  startAt: startAt.nullable().default(null),
  window: z.strictObject({ from: clockTime, to: clockTime }).nullable().default(null),
  weekdays: z.array(z.number().int().min(1).max(7)).max(7).default([]),
  remindAfterDays: z.number().int().min(1).max(90).nullable().default(null),
});

export const mandatoryForm = z.strictObject({ reason: z.string().trim().min(1).max(500) }).nullable();

export const draftForm = z.strictObject({
  name: z.string().trim().min(1).max(200),
  subject: subjectForm,
  audience: audienceForm,
  texts: textsForm.default({}),
  schedule: scheduleForm.prefault({}),
  mandatory: mandatoryForm.default(null),
});

/** What is wrong with a value from outside: a dotted path, and what was expected. */
export function faultsOf({
  issues,
}: z.ZodError): readonly { readonly at: string; readonly expected: string }[] {
  return issues.map(({ path, message }) => ({ at: path.map(String).join('.'), expected: message }));
}
