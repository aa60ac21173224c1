import type { Evidence, Fact, Finding, FindingCode, Severity } from '../../domain/diagnosis.ts';
import type { ServicePolicy } from '../../domain/policy.ts';
import { fact } from '../facts.ts';
import { type Line, quoteLine } from '../lines.ts';
import type { System } from '../system.ts';

export type RuleInput = {
  readonly facts: readonly Fact[];
  readonly lines: readonly Line[];
  readonly policy: ServicePolicy;
  readonly system: System | null;
  /**
   * True for a handshake-report, which looks at everything: what it lacks is unknown. A pasted piece is
   * judged by what it shows.
   */
  readonly whole: boolean;
};

export type Rule = (input: RuleInput) => Finding;

/** The hosts that the scripts try; docs/report-format.md. */
export const probedHosts = [
  'login.microsoftonline.com',
  'device.login.microsoftonline.com',
  'enterpriseregistration.windows.net',
  'oneclient.sfx.ms',
] as const;

export type Outcome = {
  readonly severity: Severity;
  readonly variant: string;
  readonly evidence: readonly (Fact | Evidence | undefined)[];
  /** Where the judgement rests on another document than the rule's own. */
  readonly source?: string;
};

export function outcome(
  severity: Severity,
  variant: string,
  ...evidence: readonly (Fact | Evidence | undefined)[]
): Outcome {
  return { severity, variant, evidence };
}

/** Makes a rule of a judgement: quotes the lines of the facts that it rests on. */
export function createRule(code: FindingCode, source: string, judge: (input: RuleInput) => Outcome): Rule {
  return (input) => {
    const { severity, variant, evidence, source: otherSource } = judge(input);
    // Nothing was seen, so nothing is quoted as if it proved something.
    const quotes = evidence.flatMap((item) => (item === undefined ? [] : [quote(input.lines, item)]));
    return { code, severity, variant, evidence: uniqueByLine(quotes), source: otherSource ?? source };
  };
}

function quote(lines: readonly Line[], item: Fact | Evidence): Evidence {
  if ('text' in item) return item;
  const line = lines[item.line - 1];
  return line === undefined ? { line: item.line, text: '' } : quoteLine(line);
}

function uniqueByLine(quotes: readonly Evidence[]): readonly Evidence[] {
  return quotes.filter((each, index) => quotes.findIndex((other) => other.line === each.line) === index);
}

/** The line, from the fact's own on, in which the words stand: one suite of a list of fifty. */
export function quoteWords(input: RuleInput, from: Fact, words: string): Evidence | Fact {
  const line = input.lines.slice(from.line - 1).find((candidate) => candidate.text.includes(words));
  return line === undefined ? from : { line: line.number, text: line.text.slice(0, 300) };
}

export function probe(input: RuleInput, host: string, what: string): Fact | undefined {
  return fact(input.facts, `probe.${host}.${what}`);
}

export function probes(input: RuleInput, what: string): readonly Fact[] {
  return input.facts.filter((found) => found.name.startsWith('probe.') && found.name.endsWith(`.${what}`));
}
