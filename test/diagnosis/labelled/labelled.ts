import { readFileSync } from 'node:fs';
import { decode } from '../../../src/diagnosis/decode.ts';
import type { FindingCode, Severity, Verdict } from '../../../src/domain/diagnosis.ts';
import { buildReport, type Changes } from '../report-builder.ts';

/** A text and what an expert says of it: the verdict, what each finding named here must be, the next step. */
export type Labelled = {
  readonly name: string;
  readonly text: string;
  readonly verdict: Verdict;
  /** Id of the article's step; null is a person. */
  readonly step: string | null;
  readonly findings: Partial<Record<FindingCode, Severity>>;
};

/** A trap, and its twin that looks alike and is the opposite. */
export type Pair = { readonly trap: Labelled; readonly twin: Labelled };

type Label = readonly [verdict: Verdict, step: string | null, findings: Labelled['findings']];

/** A handshake-report: a healthy Windows 11 with the changes of the case. */
export function whole(name: string, changes: readonly Changes[], ...label: Label): Labelled {
  return labelled(name, buildReport(...changes), label);
}

/** A file of test/fixtures/reports or test/fixtures/wild. */
export function file(path: string, ...label: Label): Labelled {
  const bytes = readFileSync(new URL(`../../fixtures/${path}`, import.meta.url));
  return labelled(path, decode(bytes).text, label);
}

/** Text that stands beside its label. */
export function pasted(name: string, lines: readonly string[], ...label: Label): Labelled {
  return labelled(name, lines.join('\n'), label);
}

function labelled(name: string, text: string, [verdict, step, findings]: Label): Labelled {
  return { name, text, verdict, step, findings };
}
