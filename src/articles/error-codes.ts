import { z } from 'zod';
import { type ErrorCode, meaningKey } from '../domain/error-code.ts';
import { type Problem, readYaml } from '../yaml-text.ts';
import { ArticleInvalid } from './load.ts';
import { type ArticleText, readArticleText, type WordingText } from './texts.ts';

const link = z.url({ protocol: /^https$/, hostname: /^(learn|support)\.microsoft\.com$/ });
const shape = z.record(
  z.string().regex(/^0x[0-9a-f]{8}$/, 'a code is written like 0x8004de40'),
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('covered'), link, article: z.string() }),
    z.strictObject({ kind: z.literal('known'), link }),
    z.strictObject({ kind: z.literal('unconfirmed'), link }),
  ]),
);

/** The family of error codes, by code. Throws ArticleInvalid when its file is broken. */
export function loadErrorCodes(): ReadonlyMap<string, ErrorCode> {
  const { codes, problems } = checkErrorCodes(readErrorCodeText());
  if (problems.length > 0) throw new ArticleInvalid(problems);
  return codes;
}

export function readErrorCodeText(): ArticleText {
  return readArticleText('error-codes', 'codes');
}

/** Everything that is wrong with the family and its wording. */
export function checkErrorCodes(source: ArticleText): {
  readonly codes: ReadonlyMap<string, ErrorCode>;
  readonly problems: readonly Problem[];
} {
  const { file, lineOf, problems, value } = readYaml(source.file, source.text);
  if (problems.length > 0) return { codes: new Map(), problems };
  const parsed = shape.safeParse(value);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map(({ path, message }) => ({ file, line: lineOf(path), message }));
    return { codes: new Map(), problems: wrong };
  }
  const codes = new Map(Object.entries(parsed.data).map(([code, entry]) => [code, { code, ...entry }]));
  return { codes, problems: source.wordings.flatMap((wording) => wordingProblems(codes, wording)) };
}

function wordingProblems(codes: ReadonlyMap<string, ErrorCode>, wording: WordingText): readonly Problem[] {
  const { file, problems, value } = readYaml(wording.file, wording.text ?? '');
  const sentences = Object.keys(value ?? {});
  const wanted = new Set([...codes.values()].map((code) => meaningKey(code).slice('codes.'.length)));
  const missing = [...wanted].filter((key) => !sentences.includes(key));
  return [...problems, ...missing.map((key) => ({ file, line: 1, message: `"${key}" has no wording` }))];
}
