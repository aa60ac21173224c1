import type { Remedy } from '../domain/remedy.ts';
import type { Card } from './card.ts';
import type { Kit } from './kit.ts';
import { partsOf, type RemedyPart } from './remediation-text.ts';

export type RemediationCards = {
  /** What an administrator can do, as text to copy; for the person to pass on. */
  remediation(about: ShownRemedies): Card;
};

export type ShownRemedies = {
  readonly remedies: readonly Remedy[];
  /** Where they are to be had as files; null where nowhere. */
  readonly filesUrl: string | null;
};

export function createRemediationCard(kit: Kit): RemediationCards {
  return { remediation: (about) => remediationCard(kit, about) };
}

/** Characters of all parts together; a card may have 25 KB, and each line brings some markup along. */
const longest = 9_000;

type Section = { readonly title: string; readonly parts: RemedyPart[] };

function remediationCard({ wording, draw }: Kit, { remedies, filesUrl }: ShownRemedies): Card {
  const { sections, left } = fitting(
    remedies.map((remedy) => ({
      title: wording.text(`remediation.kinds.${remedy.kind}`),
      parts: [...partsOf(wording, remedy)],
    })),
  );
  const intro = remedies.length === 0 ? 'nothing' : 'intro';
  return draw('remediation', {
    title: wording.text('remediation.title'),
    lines: [wording.text(`remediation.${intro}`, { count: remedies.length })],
    sections: sections.map(({ title, parts }) => ({
      title,
      parts: parts.map(({ label, lines, code }) => ({
        label,
        text: lines.join('\n'),
        font: code ? 'Monospace' : 'Default',
      })),
    })),
    link:
      remedies.length === 0 || filesUrl === null
        ? null
        : { title: wording.text('remediation.files'), url: filesUrl },
    more: left === 0 ? [] : [wording.text('remediation.more', { count: left })],
  });
}

/** First what each remedy begins with, the policy and the commands; files follow as long as there is room. */
function fitting(all: readonly Section[]): { readonly sections: readonly Section[]; readonly left: number } {
  const sections = all.map(({ title }): Section => ({ title, parts: [] }));
  const depth = Math.max(0, ...all.map(({ parts }) => parts.length));
  let room = longest;
  let left = 0;
  for (let level = 0; level < depth; level += 1) {
    for (const [index, { parts }] of all.entries()) {
      const part = parts[level];
      if (part === undefined) continue;
      room -= part.lines.join('\n').length + 200;
      if (room >= 0) sections[index]?.parts.push(part);
      else left += 1;
    }
  }
  return { sections, left };
}
