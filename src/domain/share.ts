import type { Case, Doubt, Tried } from './case.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { Os } from './os.ts';

/** All that goes to the helpdesk with a ticket: what the preview shows, and nothing else. */
export type Shared = {
  readonly note: string;
  readonly code: string | null;
  readonly os: Os | null;
  readonly tried: readonly Tried[];
  readonly diagnosis: SharedDiagnosis | null;
  /** What speaks against the report behind the diagnosis. */
  readonly doubts: readonly Doubt[];
  /** The redacted text of the report; null when there is none or the person keeps it back. */
  readonly report: string | null;
};

export type SharedDiagnosis = Pick<Diagnosis, 'report' | 'verdict' | 'findings' | 'recommendation'>;

/** Characters; as many as the card's input takes. */
const longestNote = 2_000;

/** A note as it is previewed and kept. The cut can be seen. */
export function fitNote(note: string): string {
  const characters = [...note.trim().toWellFormed()];
  return characters.length <= longestNote
    ? characters.join('')
    : `${characters.slice(0, longestNote - 1).join('')}…`;
}

export function sharedOf(
  { code, os, tried, examined, doubts }: Case,
  note: string,
  withReport: boolean,
): Shared {
  return {
    note,
    code,
    os,
    tried,
    diagnosis: examined === null ? null : pickDiagnosis(examined.diagnosis),
    doubts: examined === null ? [] : doubts,
    report: withReport && examined !== null && examined.excerpt !== '' ? examined.excerpt : null,
  };
}

/** The facts stay behind: they tell as much as the text that the person may keep back. */
function pickDiagnosis({ report, verdict, findings, recommendation }: Diagnosis): SharedDiagnosis {
  return { report, verdict, findings, recommendation };
}
