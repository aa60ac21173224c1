import type { Finding } from '../domain/diagnosis.ts';
import type { Binding } from '../domain/press.ts';
import type { Form, Shared, SharedDiagnosis } from '../domain/share.ts';
import type { Card } from './card.ts';
import {
  nameCheck,
  otherFindings,
  type ShownFinding,
  showFinding,
  tellingFindings,
} from './finding-words.ts';
import { bytesOf, largestCard } from './fit-card.ts';
import { buttonsOf, type InputButton, type Kit, withInputs, withoutInputs } from './kit.ts';
import { joinNeeds, type LabelledLine, titleOf } from './node-words.ts';
import { nameOs } from './os-name.ts';
import { clip } from './text.ts';
import { triedLines } from './tried-words.ts';
import type { Wording } from './wording.ts';

export type PreviewCards = {
  /** All that goes to the helpdesk once the person says yes; the report's text is folded away. */
  preview(binding: Binding, about: ShownPreview): Card;
};

export type ShownPreview = {
  readonly article: string;
  readonly shared: Shared;
  readonly form: Omit<Form, 'note'>;
  /** What has to be said of the report, such as that it is old. */
  readonly remarks: readonly string[];
};

/** Bytes. The report gets what the rest leaves. */
const largestRest = 19_000;
const mostFindings = [6, 4, 2, 0];
const longestLine = 200;

export function createPreviewCard(kit: Kit): PreviewCards {
  return { preview: (binding, about) => previewCard(kit, binding, about) };
}

function previewCard(kit: Kit, binding: Binding, about: ShownPreview): Card {
  const draw = (most: number, lines: number) =>
    kit.draw('preview', {
      ...wordsOf(kit, binding, about, most),
      report: reportOf(kit, about.shared, lines),
    });
  const most = mostFindings.find((count) => bytesOf(draw(count, 0)) <= largestRest) ?? 0;
  const left = largestCard - bytesOf(draw(most, 0));
  return draw(most, linesThatFit(about.shared.report ?? '', left));
}

function wordsOf(kit: Kit, binding: Binding, about: ShownPreview, most: number) {
  const { wording } = kit;
  const { shared, article } = about;
  const say = (key: string) => wording.text(`bot.preview.${key}`);
  const findings = shared.diagnosis?.findings ?? [];
  const telling = tellingFindings(findings);
  return {
    title: say('title'),
    lines: wording.list('bot.preview.lines'),
    facts: factsOf(wording, about),
    foundHeading: say('found'),
    findings: telling.slice(0, most).map((finding) => withRest(wording, finding)),
    others: otherFindings(wording, findings, telling.length - most),
    triedHeading: say('tried'),
    tried: triedLines(wording, article, shared.tried),
    closing: [say('ask')],
    buttons: previewButtons(kit, binding),
  };
}

function factsOf(
  wording: Wording,
  { article, shared, form, remarks }: ShownPreview,
): readonly LabelledLine[] {
  const { note, code, os, diagnosis, tried } = shared;
  const fact = (name: string, text: string) => ({ label: wording.text(`bot.preview.labels.${name}`), text });
  const none = (name: string) => wording.text(`bot.preview.none.${name}`);
  return [
    fact('note', note === '' ? none('note') : clip(note, note.length)),
    fact('urgency', wording.text(`bot.person.urgencies.${form.urgency}`)),
    ...(form.contact === '' ? [] : [fact('contact', clip(form.contact, form.contact.length))]),
    ...(form.bestTime === '' ? [] : [fact('time', clip(form.bestTime, form.bestTime.length))]),
    fact('code', code === null || code === 'unknown' ? none('code') : code),
    fact('os', os === null || os === 'unknown' ? none('os') : nameOs(wording, os)),
    fact(
      'report',
      diagnosis === null ? none('report') : wording.text(`bot.result.summaries.${diagnosis.verdict}`),
    ),
    ...(diagnosis === null ? [] : [fact('next', nextStep(wording, article, diagnosis))]),
    ...(remarks.length === 0 ? [] : [fact('remarks', remarks.join(' '))]),
    ...(tried.length === 0 ? [fact('tried', none('tried'))] : []),
  ];
}

/** The recommended step in one line: what to do, find out, or that a person goes on. */
export function nextStep(wording: Wording, article: string, { recommendation }: SharedDiagnosis): string {
  const { step, needs, missing } = recommendation;
  if (step === null) {
    return missing === null
      ? wording.text('bot.preview.none.next')
      : wording.text('bot.preview.find-out', { check: nameCheck(wording, missing) });
  }
  const title = titleOf(wording, article, step);
  return needs.length === 0
    ? title
    : wording.text('bot.preview.next-needs', { step: title, needs: joinNeeds(wording, needs) });
}

/** A finding with the number of its lines that are not shown: they go along too. */
function withRest(wording: Wording, finding: Finding): ShownFinding {
  const shown = showFinding(wording, finding);
  const rest = finding.evidence.length - shown.evidence.length;
  if (rest <= 0) return shown;
  const text = wording.text('bot.preview.more-lines', { count: rest });
  return { ...shown, evidence: [...shown.evidence, { line: '…', text }] };
}

/** Nothing where the person has no report. */
function reportOf({ wording }: Kit, { report }: Shared, shown: number): readonly unknown[] {
  if (report === null) return [];
  const all = linesOf(report);
  const rest = all.length - shown;
  return [
    {
      heading: wording.text('bot.preview.report.heading', { count: all.length }),
      label: wording.text('bot.preview.report.label'),
      title: wording.text('bot.preview.report.toggle'),
      show: wording.text('bot.preview.report.show'),
      lines: all.slice(0, shown),
      more: rest > 0 ? [wording.text('bot.preview.report.more', { count: rest })] : [],
    },
  ];
}

function linesOf(report: string): readonly string[] {
  return report.split(/\r\n|\r|\n/).map((line) => clip(line, longestLine) || ' ');
}

/** Bytes that the template takes around each line. */
const frame = 125;

function linesThatFit(report: string, bytes: number): number {
  let left = bytes;
  const lines = linesOf(report);
  const first = lines.findIndex((line) => {
    left -= frame + Buffer.byteLength(JSON.stringify(line));
    return left < 0;
  });
  return first < 0 ? lines.length : first;
}

function previewButtons(kit: Kit, binding: Binding): readonly InputButton[] {
  const add = buttonsOf(kit, binding);
  return [
    withInputs(add('share')),
    withoutInputs(add('keep-private')),
    withoutInputs(add('back', { label: 'change-note' })),
  ];
}
