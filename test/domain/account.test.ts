import assert from 'node:assert/strict';
import { accountOf } from '../../src/domain/account.ts';
import type { Case } from '../../src/domain/case.ts';
import { article, diagnosis, end, examinedAs, found, question, situation, step } from './builders.ts';

// internet -> clock -> joined? -> (hybrid) rejoin, (none) account -> reset -> end
const guide = article(
  'guide',
  [],
  [
    step('internet', 'clock', { addresses: ['network'] }),
    step('clock', 'joined', { addresses: ['clock'] }),
    question('joined', 'join.state', { hybrid: 'rejoin', none: 'account' }),
    step('rejoin', 'reset', { impact: 'drastic', addresses: ['join-state'] }),
    step('account', 'reset'),
    step('reset', 'end', { impact: 'drastic' }),
    end('end'),
  ],
);
const nothing = { tried: [], refused: [], needless: [], held: [], left: [] };

describe('the account of a way through the guide', () => {
  it('tells what was done, what could not be done, and what was not come by', () => {
    const tried = [
      { node: 'clock', answer: 'broken' },
      { node: 'joined', answer: 'none' },
      { node: 'account', answer: 'cannot' },
    ];
    assert.deepEqual(account({ tried }), {
      ...nothing,
      tried: ['clock'],
      refused: ['account'],
      left: ['internet', 'reset'],
    });
  });

  it('counts the last answer to a step', () => {
    const tried = [
      { node: 'clock', answer: 'cannot' },
      { node: 'clock', answer: 'broken' },
    ];
    assert.deepEqual(account({ tried }).tried, ['clock']);
  });

  it('leaves out the branches that the person or the report did not choose', () => {
    const facts = [{ name: 'join.state', value: 'none', line: 3 }];
    const bySaying = account({ tried: [{ node: 'joined', answer: 'none' }] });
    const byReport = account({ examined: examinedAs({ facts }) });
    for (const { held, left } of [bySaying, byReport]) {
      assert.deepEqual([held, left], [[], ['internet', 'clock', 'account', 'reset']]);
    }
  });

  it('names every branch of a question that nobody answered', () => {
    assert.deepEqual(account({}), {
      ...nothing,
      held: ['rejoin'],
      left: ['internet', 'clock', 'account', 'reset'],
    });
  });

  it('tells what the report rules out and what it holds back', () => {
    const ruledOut = [{ step: 'internet', reason: 'network' as const }];
    const examined = examinedAs({
      findings: [found('clock', 'fail')],
      recommendation: { ...diagnosis().recommendation, ruledOut },
    });
    const { needless, held } = account({ examined });
    assert.deepEqual([needless, held], [['internet'], ['rejoin', 'reset']]);
  });
});

function account(changes: Partial<Case>) {
  return accountOf(situation(null, { os: 'windows-10', ...changes }).case, guide);
}
