import assert from 'node:assert/strict';
import { collectBelow, collectFrom } from './collect.ts';
import { judgeExpression } from './judge.ts';
import { bounded, constructed } from './reviewed.ts';

describe('The check of regular expressions', function () {
  this.timeout(60_000);

  it('catches one that takes exponential time, and one that takes quadratic time', () => {
    assert.equal(judgeExpression({ source: '^(a|a)*$', flags: '' }).isLinear, false);
    assert.equal(judgeExpression({ source: '\\s+$', flags: '' }).isLinear, false);
  });

  it('passes one that is linear', () => {
    assert.equal(judgeExpression({ source: '^[a-z]+ = ', flags: 'i' }).isLinear, true);
  });

  it('finds literals wherever they stand, and nothing that only looks like one', () => {
    const text = [
      'const a: RegExp = /x[/]y/g;',
      'const half = (n: number) => n / 2 / 3;',
      'const text = "/no/" + "a".replace(/b/, "") + "/"; // /not this/',
      'new RegExp(text); RegExp(text, "g"); globalThis.RegExp(text);',
    ].join('\n');
    const { literals, constructed } = collectFrom(text, 'f.ts');
    assert.deepEqual(
      literals.map(({ where, source }) => `${where} ${source}`),
      ['f.ts:1 x[/]y', 'f.ts:3 b'],
    );
    assert.deepEqual(constructed, ['f.ts:4', 'f.ts:4', 'f.ts:4']);
  });

  it('knows each place where an expression is put together, and each that was reviewed', () => {
    const found = collectBelow('src');
    assert.ok(found.literals.length > 200);
    const files = new Set(found.constructed.map((where) => where.split(':')[0]));
    assert.deepEqual([...files].sort(), [...constructed].sort());
    const sources = new Set(found.literals.map(({ source }) => source));
    assert.deepEqual(
      bounded.filter((source) => !sources.has(source)),
      [],
    );
  });
});
