import type { Case, Examined } from '../domain/case.ts';
import type { Input } from '../domain/decision.ts';
import type { Diagnosis } from '../domain/diagnosis.ts';
import { doubtsAbout, type Reference } from '../domain/doubts.ts';
import { understand } from '../domain/understand.ts';
import { addPaste, looksLikeReport, type PendingPaste, pastedSoFar } from '../intake/paste.ts';
import { isNamesFile } from '../redaction/names-file.ts';
import { createRedactor } from '../redaction/redactor.ts';
import { redactDiagnosis, redactReport } from '../redaction/report.ts';
import type { Binder } from './binding.ts';
import type { Conversation } from './conversation.ts';
import type { Pressed, Received } from './received.ts';

/** Reads facts and findings out of a report's text. */
export type Diagnose = (text: string, about: Case) => Diagnosis;

export type Interpreted = {
  readonly input: Input;
  readonly pending: PendingPaste | null;
  /** Text of the report behind the input, to be stored with it. */
  readonly reportText: string | null;
};

export type InterpretDependencies = {
  readonly key: string;
  readonly binder: Binder;
  readonly diagnose: Diagnose;
  readonly reportId: string;
  /** What a report is weighed against. */
  readonly reference: Reference;
};

type Judged = Exclude<Received, { kind: 'nothing' } | { kind: 'file-answered' }>;

/** Turns what was received into what it means in this conversation, and lets no name through that it need not. */
export function interpret(
  received: Judged,
  conversation: Conversation,
  current: Case,
  deps: InterpretDependencies,
): Interpreted {
  const { pending } = conversation;
  switch (received.kind) {
    case 'arrived':
      return { input: { kind: 'arrived' }, pending, reportText: null };
    case 'no-report':
      return { input: { kind: 'no-report', problem: received.problem }, pending, reportText: null };
    case 'pressed':
      return interpretPress(received.pressed, conversation, current, deps);
    case 'file':
      return isNamesFile(received.text) ? refuseNames(pending) : examine(received.text, current, deps);
    case 'text':
      if (isNamesFile(received.text)) return refuseNames(pending);
      return interpretText(received.text, pending, current, deps);
  }
}

function interpretPress(
  { name, value, binding }: Pressed,
  { serial, pending }: Conversation,
  current: Case,
  deps: InterpretDependencies,
): Interpreted {
  if (!deps.binder.matches(binding, { conversation: deps.key, caseId: current.id, serial })) {
    return { input: { kind: 'stale' }, pending, reportText: null };
  }
  if (name === 'pasted-all' && pending !== null) return examine(pastedSoFar(pending), current, deps);
  const kept = value === null ? null : wordsOf(current).redact(value);
  return { input: { kind: 'pressed', press: { name, value: kept } }, pending, reportText: null };
}

/** The list of names that the script leaves on the PC; nothing of it is kept. */
function refuseNames(pending: PendingPaste | null): Interpreted {
  return { input: { kind: 'no-report', problem: 'names-file' }, pending, reportText: null };
}

/** For what people type: its pseudonyms are not those of the report, so they must not look the same. */
function wordsOf({ examined }: Case) {
  return createRedactor(examined === null ? [] : [examined.excerpt]);
}

/** A paste may come in several messages; a command in between is still a command. */
function interpretText(
  text: string,
  pending: PendingPaste | null,
  current: Case,
  deps: InterpretDependencies,
): Interpreted {
  const understanding = understand(text);
  const partOfPaste = looksLikeReport(text) || (pending !== null && understanding.command === null);
  if (!partOfPaste) {
    const kept = wordsOf(current).redact(text);
    return { input: { kind: 'said', text: kept, understanding }, pending, reportText: null };
  }
  const added = addPaste(pending, text);
  if (added.kind === 'complete') return examine(added.text, current, deps);
  return { input: { kind: 'part', received: added.received }, pending: added.pending, reportText: null };
}

/** Characters of a report that travel with the conversation; ordinary reports have about 8,000. */
const longestExcerpt = 16_000;

function examine(text: string, current: Case, deps: InterpretDependencies): Interpreted {
  const diagnosis = deps.diagnose(text, current);
  if (diagnosis.report.kind === 'unrecognised') {
    return { input: { kind: 'no-report', problem: 'not-report' }, pending: null, reportText: null };
  }
  // The judgement is made from the text as it came, for the sake of its checksum; what is kept has no names.
  const redactor = createRedactor();
  const kept = redactReport(text, redactor).text;
  const examined: Examined = {
    reportId: deps.reportId,
    diagnosis: redactDiagnosis(diagnosis, kept, redactor),
    excerpt: kept.slice(0, longestExcerpt),
  };
  const doubts = doubtsAbout(examined, current, deps.reference);
  return { input: { kind: 'report', examined, doubts }, pending: null, reportText: kept };
}
