import { impactClasses, type NoticeText, type NoticeTexts } from '../domain/notice.ts';
import { placeholders } from '../domain/notice-text.ts';
import type { ReaderWordings } from './reader-wording.ts';
import type { Wording } from './wording.ts';

/** What a change takes away; null for an announcement. */
export type Lost = readonly { readonly name: string }[] | null;

/** The texts that a notice begins with, by class and in each language that has a template for it. */
export function draftTexts(readers: ReaderWordings, lost: Lost): NoticeTexts {
  const template = `notices.templates.${templateFor(lost)}`;
  const written = ([...impactClasses, 'all'] as const).flatMap((impact) => {
    const key = `${template}.${impact}`;
    const texts = readers
      .filter((wording) => wording.has(key))
      .map((wording) => [wording.language, textAt(wording, key)] as const);
    return texts.length === 0 ? [] : [[impact, Object.fromEntries(texts)] as const];
  });
  return Object.fromEntries(written);
}

function templateFor(lost: Lost): string {
  if (lost === null) return 'announcement';
  const has = (part: string) => lost.some(({ name }) => name.includes(part));
  if (has('TLS_DHE_')) return 'dhe';
  if (has('TLS 1.0') || has('TLS 1.1')) return 'tls-1';
  return has('Global Root') ? 'g2' : 'other';
}

/** Placeholders are filled in for each reader, not here. */
const kept = Object.fromEntries(placeholders.map((name) => [name, `{${name}}`]));

function textAt({ text }: Wording, key: string): NoticeText {
  return { title: text(`${key}.title`, kept), body: text(`${key}.body`, kept) };
}
