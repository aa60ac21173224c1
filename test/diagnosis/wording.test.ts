import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { loadWording } from '../../src/cards/wording.ts';
import { findingCodes } from '../../src/domain/diagnosis.ts';

const rules = new URL('../../src/diagnosis/rules/', import.meta.url);
const wording = loadWording('en');

/** Variants that a rule's file names: second argument of `outcome`, or chosen before it. */
function variantsOf(code: string): readonly string[] {
  const text = readFileSync(new URL(`${code}.ts`, rules), 'utf8');
  const fixed = [...text.matchAll(/outcome\(\s*'\w+',\s*'([a-z0-9-]+)'/g)].map((found) => found[1] ?? '');
  return [...fixed, ...(chosen[code] ?? [])];
}

const chosen: Readonly<Record<string, readonly string[]>> = {
  clock: ['ahead', 'behind'],
  proxy: ['different'],
  'cipher-suites': ['truncated', 'several-lists', 'tls13-unknown'],
  'cipher-policy': ['too-long', 'sets-list', 'too-long-blocks', 'blocks'],
  'tls12-wininet': ['policy', 'user'].flatMap((by) => [`${by}-on`, `${by}-off`, `${by}-only-tls13`]),
  'key-exchange': ['aes-half'],
  'join-state': [
    ...['domain', 'registered', 'none', 'hybrid', 'entra'],
    ...['hybrid', 'entra'].flatMap((state) =>
      ['no-prt', 'prt-unknown', 'device-auth'].map((how) => `${state}-${how}`),
    ),
  ],
};

describe('The wording of the findings', () => {
  it('has a rule file and a way to find out for every code', () => {
    const files = readdirSync(rules);
    for (const code of findingCodes) {
      assert.ok(files.includes(`${code}.ts`), code);
      if (code !== 'onedrive-version' && code !== 'cipher-order')
        assert.ok(wording.has(`findings.${code}.missing`), code);
    }
  });

  for (const code of findingCodes) {
    it(`has a title and an explanation for each way that ${code} can come out`, () => {
      const variants = variantsOf(code);
      assert.ok(variants.length > 1);
      for (const variant of variants) {
        assert.notEqual(wording.text(`findings.${code}.${variant}.title`), '');
        assert.notEqual(wording.text(`findings.${code}.${variant}.text`), '');
      }
    });
  }
});
