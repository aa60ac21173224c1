import { impactClasses, type NoticeText, type NoticeTexts } from '../domain/notice.ts';
import { placeholders } from '../domain/notice-text.ts';
import type { ReaderWordings } from './reader-wording.ts';
import type { Wording } from './wording.ts';

/** What a change takes away; null for an announcement. */
export type Lost = readonly { readonly name: string }[] | null;

/** The texts that a notice begins with, by class and in each language that has a template for it. */
export function draftTexts(readers: ReaderWordings, lost: Lost): NoticeTexts {
  return templateTexts(readers, templateFor(lost));
}

/** The texts for a host that has ceased to accept what is named. */
export function hostTexts(
  readers: ReaderWordings,
  about: { readonly host: string; readonly names: string },
): NoticeTexts {
  return templateTexts(readers, 'host', about);
}

function templateTexts(
  readers: ReaderWordings,
  template: string,
  about: Readonly<Record<string, string>> = {},
): NoticeTexts {
  const written = ([...impactClasses, 'all'] as const).flatMap((impact) => {
    const key = `notices.templates.${template}.${impact}`;
    const texts = readers
      .filter((wording) => wording.has(key))
      .map((wording) => [wording.language, textAt(wording, key, about)] as const);
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

function textAt({ text }: Wording, key: string, about: Readonly<Record<string, string>>): NoticeText {
  const values = { ...about, ...kept };
  return { title: text(`${key}.title`, values), body: text(`${key}.body`, values) };
}
