import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { understand } from '../../src/domain/understand.ts';
import type { Command } from '../../src/domain/understanding.ts';

describe('a command that Teams offers', () => {
  // Teams sends the title as if the person had typed it.
  const meaning: Readonly<Record<string, Command>> = {
    Help: 'help',
    'Check my PC': 'check',
    'Guide me': 'guide',
    Status: 'status',
    'Talk to a person': 'person',
    'Start over': 'start-over',
  };
  const { bots } = JSON.parse(readFileSync('manifest/manifest.json', 'utf8'));
  const lists: readonly { readonly commands: readonly { readonly title: string }[] }[] = bots[0].commandLists;

  for (const title of new Set(lists.flatMap(({ commands }) => commands.map((command) => command.title)))) {
    it(`is understood: ${title}`, () => {
      assert.equal(understand(title).command, meaning[title]);
    });
  }

  it('is never one whose meaning nobody wrote down here', () => {
    const titles = lists.flatMap(({ commands }) => commands.map((command) => command.title));
    assert.deepEqual([...new Set(titles)].toSorted(), Object.keys(meaning).toSorted());
  });
});
