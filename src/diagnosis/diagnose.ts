import type { Step } from '../domain/article.ts';
import type { Diagnosis, Fact } from '../domain/diagnosis.ts';
import { findingCodes } from '../domain/diagnosis.ts';
import type { OsFamily } from '../domain/os.ts';
import { type PolicyHistory, policyAt } from '../domain/policy.ts';
import { serviceHistory } from '../domain/policy-history.ts';
import { fact } from './facts.ts';
import { type Parsed, parseText } from './parse/parse.ts';
import { provenanceOf } from './provenance.ts';
import { recommend } from './recommend.ts';
import { rules } from './rules/rules.ts';
import { systemOf } from './system.ts';
import { verdictOf } from './verdict.ts';

export type DiagnoseOptions = {
  /** The day whose policy judges, `YYYY-MM-DD`. */
  readonly at: string;
  /** What is accepted when; the built-in history unless an organisation adds to it. */
  readonly history?: PolicyHistory;
  /** The article's steps for a system, from harmless to drastic; null is an unknown one. */
  readonly route: (os: OsFamily | null) => readonly Step[];
  /** What the person said; the report's own word wins. */
  readonly os?: OsFamily | null;
  /** Steps that were done on the PC since its report before; pseudonym of the PC, null where the text names none. */
  readonly done?: (device: string | null) => readonly string[];
};

const builtIn: PolicyHistory = { service: serviceHistory, organisation: [] };

/** From the text of a report, or of anything pasted, to what it means and what to do next. Never throws. */
export function diagnose(text: string, options: DiagnoseOptions): Diagnosis {
  const parsed = parseText(text);
  return judge(parsed, parsed.facts, options);
}

/** Judges facts; apart from the parsing, so that it can be tried what happens when some are missing. */
export function judge(parsed: Parsed, facts: readonly Fact[], options: DiagnoseOptions): Diagnosis {
  const { lines, report, whole } = parsed;
  const system = systemOf(facts, options.os ?? null);
  const input = { facts, lines, policy: policyAt(options.history ?? builtIn, options.at), system, whole };
  const findings = findingCodes.map((code) => rules[code](input));
  const provenance = provenanceOf(facts);
  const route = options.route(system?.family ?? generationOf(facts));
  return {
    report,
    facts,
    findings,
    verdict: verdictOf(findings, report, whole),
    recommendation: recommend(findings, route, options.done?.(provenance.device)),
    os: systemOf(facts, null)?.family ?? null,
    provenance,
  };
}

/** Where no system is named: some tools exist from Windows 10 on only, and its steps hold for all of those. */
function generationOf(facts: readonly Fact[]): OsFamily | null {
  const fromCmdlet = ['cipher.cmdlet', 'curves.cmdlet'].some((name) =>
    Array.isArray(fact(facts, name)?.value),
  );
  return fromCmdlet || fact(facts, 'join.azure-ad') !== undefined ? 'windows-10' : null;
}
