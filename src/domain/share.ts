import type { Case, Doubt, Tried } from './case.ts';
import type { Diagnosis } from './diagnosis.ts';
import { type Urgency, urgencies } from './handoff.ts';
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

/** What the person writes for the helpdesk, besides what the case knows. */
export type Form = {
  readonly note: string;
  readonly urgency: Urgency;
  /** How and when to reach them, in their words; empty when they did not say. */
  readonly contact: string;
  readonly bestTime: string;
};

export const emptyForm: Form = { note: '', urgency: 'normal', contact: '', bestTime: '' };

/** Characters; as many as the card's inputs take. */
const longestNote = 2_000;
const longestLine = 200;

/** A form as it is previewed and kept. Cuts can be seen. */
export function fitForm({ note, urgency, contact, bestTime }: Form): Form {
  return {
    note: fitNote(note),
    urgency,
    contact: shorten(contact, longestLine),
    bestTime: shorten(bestTime, longestLine),
  };
}

export function fitNote(note: string): string {
  return shorten(note, longestNote);
}

function shorten(text: string, longest: number): string {
  const characters = [...text.trim().toWellFormed()];
  return characters.length <= longest ? characters.join('') : `${characters.slice(0, longest - 1).join('')}…`;
}

export function isUrgency(text: string | null | undefined): text is Urgency {
  return urgencies.some((urgency) => urgency === text);
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
