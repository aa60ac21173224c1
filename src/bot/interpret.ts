import type { Case, Examined } from '../domain/case.ts';
import type { Input } from '../domain/decision.ts';
import type { Diagnosis } from '../domain/diagnosis.ts';
import { doubtsAbout, type Reference } from '../domain/doubts.ts';
import type { Press, PressName, TicketPressName } from '../domain/press.ts';
import { understand } from '../domain/understand.ts';
import { addPaste, looksLikeReport, type PendingPaste, pastedSoFar } from '../intake/paste.ts';
import { isNamesFile } from '../redaction/names-file.ts';
import { createRedactor } from '../redaction/redactor.ts';
import { redactDiagnosis, redactReport } from '../redaction/report.ts';
import { type Binder, ticketShowing } from './binding.ts';
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
  /** True while a person of the helpdesk has the case: then words are for them, also amid a paste. */
  readonly withPerson: boolean;
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
      return interpretUnreadable(received, pending);
    case 'pressed':
      return interpretPress(received.pressed, conversation, current, deps);
    case 'file':
      return isNamesFile(received.text) ? refuseNames(pending) : examineFile(received, current, deps);
    case 'handoff':
      return { input: { kind: 'handoff', what: received.what }, pending, reportText: null };
    case 'asked':
      return {
        input: { kind: 'pressed', press: { name: received.press, value: null } },
        ...{ pending, reportText: null },
      };
    case 'text':
      if (isNamesFile(received.text)) return refuseNames(pending);
      return interpretText(received, pending, current, deps);
  }
}

function interpretPress(
  pressed: Pressed,
  { serial, pending }: Conversation,
  current: Case,
  deps: InterpretDependencies,
): Interpreted {
  const { name, value, binding, form } = pressed;
  if (isTicketPress(name)) return interpretTicketPress({ name, value, binding }, pending, deps);
  if (!deps.binder.matches(binding, { conversation: deps.key, caseId: current.id, serial })) {
    return { input: { kind: 'stale' }, pending, reportText: null };
  }
  if (name === 'pasted-all' && pending !== null) return examine(pastedSoFar(pending), current, deps);
  const kept = value === null ? null : wordsOf(current).redact(value);
  const press: Press = form === undefined ? { name, value: kept } : { name, value: kept, form };
  return { input: { kind: 'pressed', press }, pending, reportText: null };
}

/** The card of a ticket is tied to the ticket, and so its presses hold as long as the ticket is there. */
function interpretTicketPress(
  { name, value, binding }: { name: TicketPressName; value: string | null; binding: string },
  pending: PendingPaste | null,
  deps: InterpretDependencies,
): Interpreted {
  const [ticketId = ''] = binding.split('.');
  const known = deps.binder.matches(binding, ticketShowing(deps.key, ticketId));
  const input: Input = known
    ? { kind: 'ticket-pressed', ticketId, name, value: value ?? '' }
    : { kind: 'stale' };
  return { input, pending, reportText: null };
}

function isTicketPress(name: PressName): name is TicketPressName {
  return name.startsWith('ticket-');
}

function interpretUnreadable(
  { problem, name }: Extract<Received, { kind: 'no-report' }>,
  pending: PendingPaste | null,
): Interpreted {
  const file = name === '' ? null : { name, text: null };
  return { input: { kind: 'no-report', problem, file }, pending, reportText: null };
}

/** The list of names that the script leaves on the PC; nothing of it is kept. */
function refuseNames(pending: PendingPaste | null): Interpreted {
  return { input: { kind: 'no-report', problem: 'names-file', file: null }, pending, reportText: null };
}

/** For what people type: its pseudonyms are not those of the report, so they must not look the same. */
function wordsOf({ examined }: Case) {
  return createRedactor(examined === null ? [] : [examined.excerpt]);
}

/** A paste may come in several messages; a command in between is still a command. */
function interpretText(
  { text, attached }: Extract<Received, { kind: 'text' }>,
  pending: PendingPaste | null,
  current: Case,
  deps: InterpretDependencies,
): Interpreted {
  const understanding = understand(text);
  const awaitsMore = pending !== null && !deps.withPerson;
  const partOfPaste = looksLikeReport(text) || (awaitsMore && understanding.command === null);
  if (!partOfPaste) {
    const kept = wordsOf(current).redact(text);
    const verbatim = attached === '' ? text : `${text}\n${attached}`;
    return { input: { kind: 'said', text: kept, understanding, verbatim }, pending, reportText: null };
  }
  const added = addPaste(pending, text);
  if (added.kind === 'complete') return examine(added.text, current, deps);
  return { input: { kind: 'part', received: added.received }, pending: added.pending, reportText: null };
}

/** Characters of a file that is no report, as far as it is passed on to a person. */
const longestFile = 8_000;

/** What is no report may still be for the person who has the case. */
function examineFile(
  { text, name, words }: Extract<Received, { kind: 'file' }>,
  current: Case,
  deps: InterpretDependencies,
): Interpreted {
  const examined = examine(text, current, deps);
  const { input } = examined;
  if (input.kind === 'report') return { ...examined, input: { ...input, words } };
  if (input.kind !== 'no-report') return examined;
  const kept = wordsOf(current).redact(text.slice(0, longestFile));
  const shown = words === '' ? name : `${words}\n${name}`;
  return { ...examined, input: { ...input, file: { name: shown, text: kept } } };
}

/** Characters of a report that travel with the conversation; ordinary reports have about 8,000. */
const longestExcerpt = 16_000;

function examine(text: string, current: Case, deps: InterpretDependencies): Interpreted {
  const diagnosis = deps.diagnose(text, current);
  if (diagnosis.report.kind === 'unrecognised') {
    return {
      input: { kind: 'no-report', problem: 'not-report', file: null },
      pending: null,
      reportText: null,
    };
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
