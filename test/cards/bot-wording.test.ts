import { deepEqual, ok } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { loadWording } from '../../src/cards/wording.ts';
import { findingCodes } from '../../src/domain/diagnosis.ts';
import { allOs } from '../../src/domain/os.ts';
import { pressNames } from '../../src/domain/press.ts';

const wording = loadWording('en');
const catalogue: unknown = parse(
  readFileSync(new URL('../../src/locales/en/bot.yaml', import.meta.url), 'utf8'),
);

describe("the bot's general wording", () => {
  const needed = [
    ...pressNames.map((press) => `bot.buttons.${press}`),
    ...allOs.map((os) => `bot.os.${os}`),
    ...findingCodes.map((code) => `bot.checks.${code}`),
    ...['administrator', 'organisation-network', 'restart', 'saved-files'].map((need) => `bot.needs.${need}`),
    ...['no-end', 'no-begin', 'line-count', 'checksum', 'newer-format', 'too-long'].map(
      (flaw) => `bot.result.flaw.${flaw}`,
    ),
  ];

  it('has words for every press, system, check, need and flaw', () => {
    deepEqual(
      needed.filter((key) => !wording.has(key)),
      [],
    );
  });

  it('keeps buttons short enough for a phone', () => {
    const long = leavesOf(Object(catalogue).buttons).filter((label) => label.length > 24);
    deepEqual(long, []);
  });

  it('is plain text: no markdown, no tags, no dashes that split a sentence', () => {
    const marked = leavesOf(catalogue).filter((text) => /[*_`<>]|\]\(| [–—] /.test(text));
    deepEqual(marked, []);
  });

  it('speaks in sentences that are not too long', () => {
    const sentences = leavesOf(catalogue).flatMap((text) => text.split(/(?<=[.?!])\s/));
    ok(sentences.length > 100);
    deepEqual(
      sentences.filter((sentence) => sentence.split(' ').length > 25),
      [],
    );
  });
});

function leavesOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leavesOf) : [];
}
