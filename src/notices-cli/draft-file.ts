import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import type { Wording } from '../cards/wording.ts';
import type { NoticeDraft } from '../domain/notice.ts';
import { draftForm } from '../notices/draft-form.ts';
import { readPeopleList } from '../notices/people-list.ts';
import type { TextFile } from '../text-file.ts';
import { readYaml, type YamlText } from '../yaml-text.ts';

export type DraftFile =
  | { readonly kind: 'draft'; readonly draft: NoticeDraft }
  /** Each names a file, its line, and what was expected there. */
  | { readonly kind: 'broken'; readonly faults: readonly string[] };

export type DraftFileParts = {
  readonly read: (file: string, limit: number) => Promise<TextFile>;
  readonly text: Wording['text'];
};

type Broken = Extract<DraftFile, { kind: 'broken' }>;

const longestDraft = 4 * 1024 * 1024;
const longestList = 50 * 1024 * 1024;

/**
 * Reads a draft from YAML (so JSON, too); `-` is standard input. `audience.people` may be `csv: FILE`, looked for beside
 * the draft. Everything that is wrong is told, by line.
 */
export async function readDraftFile(file: string, parts: DraftFileParts): Promise<DraftFile> {
  const found = await parts.read(file, longestDraft);
  if (found.kind !== 'text') return broken(sayFile(parts, file, found.kind));
  const yaml = readYaml(file, found.text);
  if (yaml.problems.length > 0) {
    return broken(...yaml.problems.map(({ line, message }) => `${file}:${line}: ${message}`));
  }
  const whole = await withPeople(yaml, parts);
  if (whole.kind === 'broken') return whole;
  const parsed = draftForm.safeParse(whole.value);
  if (parsed.success) return { kind: 'draft', draft: parsed.data };
  return broken(...parsed.error.issues.flatMap((issue) => faultsOf(yaml, issue)));
}

const withCsv = z.looseObject({
  audience: z.looseObject({ people: z.strictObject({ csv: z.string().min(1) }) }),
});

/** What the file says, with the people of its list where it names one. */
async function withPeople(
  yaml: YamlText,
  parts: DraftFileParts,
): Promise<{ readonly kind: 'whole'; readonly value: unknown } | Broken> {
  const named = withCsv.safeParse(yaml.value);
  if (!named.success) return { kind: 'whole', value: yaml.value };
  const { audience } = named.data;
  const folder = yaml.file === '-' ? '.' : dirname(yaml.file);
  const file = resolve(folder, audience.people.csv);
  const found = await parts.read(file, longestList);
  if (found.kind !== 'text') return broken(sayFile(parts, file, found.kind));
  const list = readPeopleList(found.text);
  if (list.kind === 'broken') {
    const say = ({ why, ...about }: (typeof list.problems)[number]) =>
      parts.text(`people.import.problem.${why}`, { file, ...about });
    return broken(...list.problems.map(say));
  }
  const people = list.people.map(({ entraId }) => entraId);
  return { kind: 'whole', value: { ...named.data, audience: { ...audience, people } } };
}

function faultsOf(yaml: YamlText, issue: z.core.$ZodIssue): readonly string[] {
  const { file } = yaml;
  const expected = issue.message.replace(/^Invalid (?:input|option): /, '');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => `${file}:${yaml.lineOf([...issue.path, key])}: ${expected}`);
  }
  const where = issue.path.length === 0 ? '' : `${issue.path.map(String).join('.')}: `;
  return [`${file}:${yaml.lineOf(issue.path)}: ${where}${expected}`];
}

function sayFile({ text }: DraftFileParts, file: string, kind: Exclude<TextFile['kind'], 'text'>): string {
  return `${file}: ${text(`notice-commands.file.${kind}`)}`;
}

function broken(...faults: readonly string[]): Broken {
  return { kind: 'broken', faults };
}
