import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { loadArticles } from '../../src/articles/load.ts';
import { loadWording } from '../../src/cards/wording.ts';
import { rules } from '../../src/diagnosis/rules/rules.ts';
import { type FindingCode, findingCodes } from '../../src/domain/diagnosis.ts';
import { policyAt } from '../../src/domain/policy.ts';
import { serviceHistory } from '../../src/domain/policy-history.ts';

type About = { readonly means: string; readonly judged: readonly string[] };

const about: Readonly<Record<FindingCode, About>> = parse(
  readFileSync(new URL('about.yaml', import.meta.url), 'utf8'),
);
const catalogue: Readonly<Record<string, Readonly<Record<string, unknown>>>> = parse(
  readFileSync(new URL('../../src/locales/en/findings.yaml', import.meta.url), 'utf8'),
);
const wording = loadWording('en');
const articles = loadArticles();

/** A page for each finding code, by file name: what is hand-written, the catalogue, the article's steps. */
export function findingPages(): ReadonlyMap<string, string> {
  return new Map([
    ['README.md', overview()],
    ...findingCodes.map((code) => [`${code}.md`, page(code)] as const),
  ]);
}

function overview(): string {
  return lines(
    '# Findings',
    '',
    'What the diagnosis checks. How the findings come to a verdict: [diagnosis.md](../diagnosis.md).',
    '',
    ...findingCodes.map((code) => `- [${code}](${code}.md): ${about[code].means}`),
  );
}

function page(code: FindingCode): string {
  const { means, judged } = about[code];
  const missing = catalogue[code]?.missing;
  return lines(
    `# ${code}`,
    '',
    means,
    '',
    '## How it is judged',
    '',
    ...judged.map((rule) => `- ${rule}`),
    '',
    `Source: <${sourceOf(code)}>`,
    '',
    '## What it can come to',
    '',
    ...variants(code).map(([variant, title, text]) => `- \`${variant}\`: **${title}.** ${text}`),
    '',
    ...(typeof missing === 'string' ? ['## How to find out when it is unknown', '', missing.trim(), ''] : []),
    '## How to fix it',
    '',
    ...fixes(code),
  );
}

function variants(code: FindingCode): readonly (readonly [string, string, string])[] {
  return Object.entries(catalogue[code] ?? {}).flatMap(([variant, words]) => {
    if (typeof words !== 'object' || words === null || !('title' in words) || !('text' in words)) return [];
    return [[variant, String(words.title), String(words.text).trim()] as const];
  });
}

/** The steps of the articles that are about this finding. */
function fixes(code: FindingCode): readonly string[] {
  const steps = articles.flatMap((article) =>
    [...article.nodes.values()].flatMap((node) =>
      node.kind === 'step' && node.addresses.includes(code)
        ? [
            `- **${wording.text(`${article.id}.${node.id}.title`)}** (step \`${node.id}\`): ${node.sources.map(({ url }) => `<${url}>`).join(', ')}`,
          ]
        : [],
    ),
  );
  return steps.length > 0 ? steps : ['No step of an article is about it.'];
}

function sourceOf(code: FindingCode): string {
  const policy = policyAt({ service: serviceHistory, organisation: [] }, '2026-11-24');
  return rules[code]({ facts: [], lines: [], policy, system: null, whole: true }).source;
}

function lines(...all: readonly string[]): string {
  return `${all.join('\n').trimEnd()}\n`;
}
