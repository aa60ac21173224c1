import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type Accepted, type OrganisationRule, type PolicyHistory, policyKinds } from '../domain/policy.ts';
import { serviceHistory } from '../domain/policy-history.ts';
import { type Problem, readYaml, type YamlText } from '../yaml-text.ts';

/** The organisation's policy file is broken; judging by half of it would be worse than not starting. */
export class PolicyInvalid extends Error {
  readonly code = 'policy-invalid';

  constructor(problems: readonly Problem[]) {
    const lines = problems.map(({ file, line, message }) => `${file}:${line}: ${message}`);
    super(`Mend the policy file first (docs/policy.md shows one):\n${lines.join('\n')}`);
  }
}

/** The built-in history, with what the organisation adds in its file, if it has one. Throws PolicyInvalid. */
export function loadPolicyHistory(file: string | null): PolicyHistory {
  if (file === null) return { service: serviceHistory, organisation: [] };
  const { rules, accepted } = readOrganisationPolicy(file, readText(file));
  return { service: [...serviceHistory, ...accepted], organisation: rules };
}

const day = z.iso.date({ error: 'expected a day such as 2026-04-01' });
const names = z.array(z.string().min(1).max(100)).min(1).max(200);
const dates = { from: day.optional(), until: day.optional() };
const rule = z
  .strictObject({
    name: z.string().min(1).max(200),
    source: z.string().min(1).max(500),
    'allows-only': z
      .strictObject({
        protocols: names.optional(),
        suites: names.optional(),
        groups: names.optional(),
        roots: names.optional(),
      })
      .refine((allows) => Object.keys(allows).length > 0, {
        error: 'expected at least one of protocols, suites, groups, roots',
      }),
    ...dates,
  })
  .refine(inOrder, { error: 'expected "until" not to be before "from"' });
const accepted = z
  .strictObject({
    kind: z.enum(policyKinds),
    name: z.string().min(1).max(100),
    strength: z.enum(['preferred', 'compatibility']).default('preferred'),
    source: z.string().min(1).max(500),
    ...dates,
  })
  .refine(inOrder, { error: 'expected "until" not to be before "from"' });
const policyFile = z.strictObject({
  rules: z.array(rule).max(100).default([]),
  accepted: z.array(accepted).max(200).default([]),
});

function inOrder({
  from,
  until,
}: {
  readonly from?: string | undefined;
  readonly until?: string | undefined;
}) {
  return from === undefined || until === undefined || from <= until;
}

/** Reads an organisation's additions. Throws PolicyInvalid with everything that is wrong, by line. */
export function readOrganisationPolicy(
  file: string,
  text: string,
): { readonly rules: readonly OrganisationRule[]; readonly accepted: readonly Accepted[] } {
  const yaml = readYaml(file, text);
  if (yaml.problems.length > 0) throw new PolicyInvalid(yaml.problems);
  const parsed = policyFile.safeParse(yaml.value ?? {});
  if (!parsed.success) throw new PolicyInvalid(parsed.error.issues.map((issue) => problemOf(yaml, issue)));
  const data = parsed.data;
  const unknown = data.rules.flatMap((each, index) => unknownNames(yaml, index, each['allows-only']));
  if (unknown.length > 0) throw new PolicyInvalid(unknown);
  return {
    rules: data.rules.map(({ 'allows-only': allows, from, until, ...rest }) => ({
      ...rest,
      allows: byKind(allows),
      from: from ?? null,
      until: until ?? null,
    })),
    accepted: data.accepted.map(({ from, until, ...rest }) => ({
      ...rest,
      from: from ?? null,
      until: until ?? null,
    })),
  };
}

type Allows = z.infer<typeof rule>['allows-only'];

function byKind({ protocols, suites, groups, roots }: Allows): OrganisationRule['allows'] {
  return {
    ...(protocols && { protocol: protocols }),
    ...(suites && { suite: suites }),
    ...(groups && { group: groups }),
    ...(roots && { root: roots }),
  };
}

/** A name in another spelling (OpenSSL's, say) would silently keep everything out. */
function unknownNames(
  yaml: YamlText,
  index: number,
  { suites = [], groups = [] }: Allows,
): readonly Problem[] {
  const wrongSuites = suites
    .map((name, at) => ({ key: 'suites', name, at }))
    .filter(({ name }) => !/^TLS_[A-Z0-9_]+$/.test(name));
  const wrongGroups = groups
    .map((name, at) => ({ key: 'groups', name, at }))
    .filter(({ name }) => !/^(?:Nist|curve|brainpool)/i.test(name));
  return [...wrongSuites, ...wrongGroups].map(({ key, name, at }) => ({
    file: yaml.file,
    line: yaml.lineOf(['rules', index, 'allows-only', key, at]),
    message:
      key === 'suites'
        ? `expected the IANA name of a cipher suite, such as TLS_AES_256_GCM_SHA384, got "${name}"`
        : `expected the name of a curve as Windows has it, such as NistP256, got "${name}"`,
  }));
}

function problemOf(yaml: YamlText, { path, message }: z.core.$ZodIssue): Problem {
  const where = path.length === 0 ? '' : `${path.map(String).join('.')}: `;
  return { file: yaml.file, line: yaml.lineOf(path), message: `${where}${message}` };
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    throw new PolicyInvalid([{ file, line: 1, message: `expected a readable file, got ${reason}` }]);
  }
}
