import assert from 'node:assert/strict';
import type { Article, Edge, Node, Question, Step } from '../../src/domain/article.ts';
import {
  optionByFacts,
  progress,
  startOf,
  stepsFor,
  targetOf,
  targetsOf,
  WalkImpossible,
} from '../../src/domain/article-walk.ts';
import type { Fact } from '../../src/domain/diagnosis.ts';

// look -> (mend on Windows 10, else ask) -> ask -> deep or reset -> end
const article = articleOf([
  step('look', [{ for: ['windows-10'], to: 'mend' }, { to: 'ask' }]),
  step('mend', [{ to: 'ask' }]),
  question('ask', { joined: ['hybrid'], lone: ['none', 'domain'], unsure: [] }),
  step('deep', [{ to: 'reset' }]),
  step('reset', [{ to: 'end' }]),
  { kind: 'end', id: 'end', section: 'R', sources: [] },
]);

describe('Walking an article', () => {
  it('starts where the system is told to start', () => {
    assert.equal(startOf(article, 'windows-10'), 'look');
    assert.equal(startOf(article, 'other'), 'ask');
  });

  it('leads to solved when a step worked', () => {
    assert.equal(targetOf(node('look'), 'works', 'windows-10'), 'solved');
  });

  it('prefers the edge that names the system', () => {
    assert.equal(targetOf(node('look'), 'broken', 'windows-10'), 'mend');
    assert.equal(targetOf(node('look'), 'broken', 'windows-11'), 'ask');
  });

  it('tells "still broken" from "I cannot"', () => {
    const fork: Step = { ...step('fork', [{ to: 'mend' }]), cannot: [{ to: 'person' }] };
    assert.equal(targetOf(fork, 'broken', 'windows-10'), 'mend');
    assert.equal(targetOf(fork, 'cannot', 'windows-10'), 'person');
  });

  it('follows the option chosen', () => {
    assert.equal(targetOf(node('ask'), 'joined', 'windows-10'), 'deep');
    assert.equal(targetOf(node('ask'), 'lone', 'windows-10'), 'reset');
  });

  it('leads from the end to a person', () => {
    assert.equal(targetOf(node('end'), 'person', 'windows-10'), 'person');
  });

  it('refuses an answer that the node does not have', () => {
    assert.throws(() => targetOf(node('look'), 'joined', 'windows-10'), WalkImpossible);
    assert.throws(() => targetOf(node('ask'), 'works', 'windows-10'), WalkImpossible);
  });

  it('refuses a system that no edge holds for', () => {
    const onlyTen = step('only-ten', [{ for: ['windows-10'], to: 'end' }]);
    assert.throws(() => targetOf(onlyTen, 'broken', 'windows-7'), WalkImpossible);
  });
});

describe('A question that the report answers', () => {
  it('takes the option whose values contain the fact', () => {
    assert.equal(optionByFacts(ask(), [fact('join.state', 'domain')]), 'lone');
  });

  it('takes the option when one entry of a list fits', () => {
    assert.equal(optionByFacts(ask(), [fact('join.state', ['registered', 'hybrid'])]), 'joined');
  });

  it('stays open without the fact, and with a value that no option names', () => {
    assert.equal(optionByFacts(ask(), [fact('os.build', 19045)]), null);
    assert.equal(optionByFacts(ask(), [fact('join.state', 'entra')]), null);
  });

  it('leads along that option alone', () => {
    assert.deepEqual(targetsOf(node('ask'), 'windows-10', [fact('join.state', 'none')]), ['reset']);
    assert.deepEqual(targetsOf(node('ask'), 'windows-10'), ['deep', 'reset']);
  });
});

describe('The steps for a system', () => {
  const ids = (...args: Parameters<typeof stepsFor>) => stepsFor(...args).map(({ id }) => id);

  it('come in walking order', () => {
    assert.deepEqual(ids(article, 'windows-10'), ['look', 'mend', 'deep', 'reset']);
  });

  it('leave out what the system is not led to', () => {
    assert.deepEqual(ids(article, 'windows-11'), ['deep', 'reset']);
  });

  it('leave out the options that the facts exclude', () => {
    assert.deepEqual(ids(article, 'windows-10', [fact('join.state', 'none')]), ['look', 'mend', 'reset']);
  });
});

describe('Progress through an article', () => {
  it('counts this step and the most that can still come', () => {
    assert.deepEqual(progress(article, node('look'), 'windows-10', []), { position: 1, total: 4 });
  });

  it('shrinks when an option makes the way shorter', () => {
    const visited = ['look', 'mend', 'ask'];
    assert.deepEqual(progress(article, node('reset'), 'windows-10', visited), { position: 3, total: 3 });
  });

  it('counts a step once, however often it was shown', () => {
    const visited = ['look', 'mend', 'look', 'mend'];
    assert.deepEqual(progress(article, node('mend'), 'windows-10', visited), { position: 2, total: 4 });
  });

  it('does not count questions', () => {
    assert.deepEqual(progress(article, node('ask'), 'windows-10', ['look', 'mend']), {
      position: 2,
      total: 4,
    });
  });

  it('is complete at the end', () => {
    const visited = ['look', 'mend', 'ask', 'reset'];
    assert.deepEqual(progress(article, node('end'), 'windows-10', visited), { position: 3, total: 3 });
  });
});

function articleOf(nodes: readonly Node[]): Article {
  return {
    id: 'small',
    url: 'https://learn.microsoft.com/small',
    codes: ['0x8004de40'],
    sections: ['A', 'R'],
    start: [{ for: ['windows-10'], to: 'look' }, { to: 'ask' }],
    nodes: new Map(nodes.map((entry) => [entry.id, entry])),
  };
}

function step(id: string, to: readonly Edge[]): Step {
  const empty = { sources: [], needs: [], commands: [], addresses: [] };
  return { kind: 'step', id, section: 'A', impact: 'harmless', ...empty, broken: to, cannot: to };
}

function question(id: string, options: Readonly<Record<string, readonly string[]>>): Question {
  return {
    kind: 'question',
    id,
    section: 'A',
    sources: [],
    commands: [],
    fact: 'join.state',
    options: Object.entries(options).map(([option, when]) => ({
      id: option,
      when,
      to: [{ to: option === 'joined' ? 'deep' : 'reset' }],
    })),
  };
}

function node(id: string): Node {
  const found = article.nodes.get(id);
  assert.ok(found);
  return found;
}

function ask(): Question {
  const found = node('ask');
  assert.ok(found.kind === 'question');
  return found;
}

function fact(name: string, value: Fact['value']): Fact {
  return { name, value, line: 1 };
}
