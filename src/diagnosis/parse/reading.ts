import type { Fact, ReportSummary } from '../../domain/diagnosis.ts';

/** What a parser made of the lines that it was given. `used` are the numbers of the lines that it knew. */
export type Reading = {
  readonly kind: ReportSummary['kind'];
  readonly facts: readonly Fact[];
  readonly used: ReadonlySet<number>;
};

export function nothing(kind: ReportSummary['kind']): Reading {
  return { kind, facts: [], used: new Set() };
}
