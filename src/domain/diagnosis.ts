import type { OsFamily } from './os.ts';

/** What a check of one property came to; `unknown` means that nobody could see, and is never a pass. */
export type Severity = 'fail' | 'warn' | 'info' | 'pass' | 'unknown';
export type Verdict = Exclude<Severity, 'info'>;

export const findingCodes = [
  'os-support',
  'network',
  'tls-handshake',
  'tls-interception',
  'clock',
  'proxy',
  'tls12-schannel',
  'tls12-winhttp',
  'tls12-wininet',
  'cipher-suites',
  'cipher-order',
  'cipher-policy',
  'curves',
  'key-exchange',
  'join-state',
  'onedrive-version',
] as const;
export type FindingCode = (typeof findingCodes)[number];

export type JoinState = 'hybrid' | 'entra' | 'domain' | 'registered' | 'none';

/** A property read from a report. `line` counts from 1 in the text as it came; `value` is never empty. */
export type Fact = {
  readonly name: string;
  readonly value: string | number | boolean | readonly string[];
  readonly line: number;
};

export type Evidence = { readonly line: number; readonly text: string };

export type Finding = {
  readonly code: FindingCode;
  readonly severity: Severity;
  /** Tells apart the ways in which one code can come out, for the wording (`dhe-only`, `policy-off`). */
  readonly variant: string;
  readonly evidence: readonly Evidence[];
  /** The document that the judgement rests on. */
  readonly source: string;
};

/** What a text turned out to be. `complete` is false for a report that was cut off or changed on the way. */
export type ReportSummary = {
  readonly kind:
    | 'handshake-report'
    | 'cipher-suites'
    | 'dsregcmd'
    | 'registry'
    | 'winhttp-proxy'
    | 'windows-version'
    | 'mixed'
    | 'unrecognised';
  readonly complete: boolean;
  /** Why it is not complete; empty when it is. */
  readonly flaws: readonly ReportFlaw[];
};
export type ReportFlaw = 'no-end' | 'no-begin' | 'line-count' | 'checksum' | 'newer-format' | 'too-long';

/** Where a report says that it comes from; null where it does not say. */
export type Provenance = {
  /** Name and version, such as `handshake-check.ps1 1.1.0`. */
  readonly script: string | null;
  /** SHA-256 of the script that ran, 64 small hexadecimal digits. */
  readonly scriptSha256: string | null;
  readonly caseCode: string | null;
  /** ISO, UTC, by the PC's own clock. */
  readonly time: string | null;
  /** Pseudonym of the PC, 16 hexadecimal digits, the same at each run. */
  readonly device: string | null;
  readonly elevated: boolean | null;
  /** `other`: the script ran under an account that is not the one signed in to Windows. */
  readonly account: 'logged-on' | 'other' | null;
  readonly shellBits: number | null;
  readonly osBits: number | null;
};

export type Need = 'administrator' | 'organisation-network' | 'restart' | 'saved-files';

export type Recommendation = {
  /** Id of the article step to take next; null when only a person can go on. */
  readonly step: string | null;
  /** Codes of the findings that speak for it. */
  readonly reasons: readonly FindingCode[];
  /** Steps that need not be tried, each with the finding that rules it out. */
  readonly ruledOut: readonly { readonly step: string; readonly reason: FindingCode }[];
  /** Steps that must not be tried as things stand, each with the finding that stands in the way. */
  readonly held: readonly { readonly step: string; readonly reason: FindingCode }[];
  readonly needs: readonly Need[];
  /** The one finding code whose missing fact would decide; null when nothing decisive is missing. */
  readonly missing: FindingCode | null;
};

export type Diagnosis = {
  readonly report: ReportSummary;
  readonly facts: readonly Fact[];
  readonly findings: readonly Finding[];
  readonly verdict: Verdict;
  readonly recommendation: Recommendation;
  /** The Windows version that the report itself names. */
  readonly os: OsFamily | null;
  readonly provenance: Provenance;
};
