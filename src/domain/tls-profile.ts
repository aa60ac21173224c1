import type { Fact, FindingCode, Severity } from './diagnosis.ts';
import type { ImpactClass } from './notice.ts';

/** How a PC stands to any policy. PCs that were set up alike have equal profiles; it names nobody. */
export type TlsProfile = {
  readonly facts: readonly Pick<Fact, 'name' | 'value'>[];
  /** What no policy changes and is not right, or was not seen. */
  readonly others: readonly { readonly code: FindingCode; readonly severity: Severity }[];
};

export type ProfileJudgement = {
  readonly impact: ImpactClass;
  /** The finding that decides; null where all is fine or unknown. */
  readonly cause: FindingCode | null;
  /** All that fail or warn. */
  readonly findings: readonly FindingCode[];
};
