import type { Case } from '../domain/case.ts';
import type { Os } from '../domain/os.ts';
import type { Held } from '../domain/walk-on.ts';
import { nameCheck, nameReason } from './finding-words.ts';
import { titleOf } from './node-words.ts';
import { nameOs } from './os-name.ts';
import type { Wording } from './wording.ts';

/** Short messages without a card. */
export type Texts = {
  /** A sentence that needs nothing filled in. */
  say(name: PlainText): string;
  /** The device as understood, for example `mac`, `phone`, `linux`; any other name gets the general answer. */
  device(device: string): string;
  osFromReport(os: Os): string;
  /** Steps that were left out, each with its reason. */
  skipped(current: Case, nodes: readonly string[]): string;
  /** Steps that must wait, each with what stands in the way. */
  held(current: Case, steps: readonly Held[]): string;
  /** Why what came in is no report; an unknown problem gets the general answer. */
  noReport(problem: string): string;
  /** `ticket` is its id, `by` the agent who has it. */
  aboutTicket(
    name:
      | 'ticket-sent'
      | 'with-person'
      | 'withdrawn'
      | 'ticket-kept'
      | 'ticket-reopened'
      | 'ticket-confirmed',
    values: Readonly<Partial<Record<'ticket' | 'by' | 'told', string>>>,
  ): string;
  fileSent(name: string): string;
  /** `reference` finds the error in the log. */
  failed(reference: string): string;
  slowDown(seconds: number): string;
};

export type PlainText =
  | 'stale'
  | 'missed'
  | 'missed-twice'
  | 'choose-one'
  | 'nothing-before'
  | 'started-over'
  | 'reopened'
  | 'welcome'
  | 'did-it-work'
  | 'how-to-send'
  | 'how-to-paste'
  | 'not-shared'
  | 'repeated'
  | 'check-to-be-sure'
  | 'report-kept'
  | 'report-put-aside'
  | 'with-bot'
  | 'no-ticket'
  | 'note-passed-on'
  | 'note-kept'
  | 'rated'
  | 'ticket-changed'
  | 'report-passed-on'
  | 'file-name-passed-on'
  | 'file-offer'
  | 'file-declined'
  | 'file-failed';

export function createTexts(wording: Wording): Texts {
  const say = (name: string, values?: Readonly<Record<string, string | number>>) =>
    wording.text(`bot.texts.${name}`, values);
  return {
    say: (name) => say(name),
    device: (device) => oneOf(wording, 'bot.devices', device),
    osFromReport: (os) => say('os-from-report', { os: nameOs(wording, os) }),
    skipped: (current, nodes) =>
      [
        say('skipped', { count: nodes.length }),
        ...nodes.map((node) => `- ${whySkipped(wording, current, node)}`),
      ].join('\n'),
    held: (current, steps) =>
      [
        say('held', { count: steps.length }),
        ...steps.map((held) => `- ${whyHeld(wording, current, held)}`),
      ].join('\n'),
    noReport: (problem) => oneOf(wording, 'bot.no-report', problem),
    aboutTicket: (name, values) => say(name, values),
    fileSent: (name) => say('file-sent', { name }),
    failed: (reference) => say('failed', { reference }),
    slowDown: (seconds) => say('slow-down', { seconds }),
  };
}

function oneOf(wording: Wording, group: string, name: string): string {
  return wording.text(wording.has(`${group}.${name}`) ? `${group}.${name}` : `${group}.other`);
}

function whyHeld(wording: Wording, { article, examined }: Case, { step: id, reason }: Held): string {
  const step = titleOf(wording, article, id);
  if (reason === null) return wording.text('bot.texts.held-no-report', { step });
  const findings = examined?.diagnosis.findings ?? [];
  const isSeen = findings.some(({ code, severity }) => code === reason && severity !== 'unknown');
  return isSeen
    ? wording.text('bot.texts.held-finding', { step, finding: nameReason(wording, findings, reason) })
    : wording.text('bot.texts.held-unknown', { step, check: nameCheck(wording, reason) });
}

function whySkipped(wording: Wording, { article, examined, tried }: Case, node: string): string {
  const step = titleOf(wording, article, node);
  const ruledOut = examined?.diagnosis.recommendation.ruledOut.find((candidate) => candidate.step === node);
  if (examined === null || ruledOut === undefined) {
    const refused = tried.findLast((each) => each.node === node)?.answer === 'cannot';
    return wording.text(refused ? 'bot.texts.skipped-refused' : 'bot.texts.skipped-tried', { step });
  }
  const reason = nameReason(wording, examined.diagnosis.findings, ruledOut.reason);
  return wording.text('bot.texts.skipped-report', { step, reason });
}
