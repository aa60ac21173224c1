import assert from 'node:assert/strict';
import { recommend } from '../../src/diagnosis/recommend.ts';
import type { Step } from '../../src/domain/article.ts';
import type { Case } from '../../src/domain/case.ts';
import type { Finding, FindingCode } from '../../src/domain/diagnosis.ts';
import { connectionCauses, holdOf } from '../../src/domain/hold.ts';
import { article, connected, end, examinedAs, found, readyToRejoin, situation, step } from './builders.ts';
import { leadsTo, node, presses, says } from './conversing.ts';

const known = { code: '0x8004de40', os: 'windows-10', way: 'guide' } as const;
const hybrid = found('join-state', 'warn', 'hybrid-no-prt');
const rejoin = step('rejoin', 'end', { impact: 'drastic', addresses: ['join-state'] });
const reset = step('reset', 'end', { impact: 'drastic' });

describe('leaving and rejoining', () => {
  it('is open to a hybrid joined PC whose connection is known to be in order', () => {
    assert.equal(holdOf(rejoin, [...connected, hybrid]), null);
  });

  for (const code of connectionCauses) {
    for (const severity of ['fail', 'warn', 'unknown'] as const) {
      it(`waits while ${code} comes to ${severity}`, () => {
        const findings = [...but(code), found(code, severity), hybrid];
        assert.equal(holdOf(rejoin, findings), code);
      });
    }

    it(`waits while nobody has looked at ${code}`, () => {
      assert.equal(holdOf(rejoin, [...but(code), hybrid]), code);
    });
  }

  it('waits on a PC that is joined otherwise, or nobody knows how', () => {
    for (const variant of ['entra', 'registered', 'domain', 'none', 'unknown']) {
      assert.equal(holdOf(rejoin, [...connected, found('join-state', 'pass', variant)]), 'join-state');
    }
    assert.equal(holdOf(rejoin, connected), 'join-state');
  });
});

describe('another drastic step', () => {
  it('waits while something fails that it cannot mend', () => {
    assert.equal(holdOf(reset, [found('clock', 'fail')]), 'clock');
    assert.equal(holdOf({ ...reset, addresses: ['clock'] }, [found('clock', 'fail')]), null);
  });

  it('does not wait for a warning or for what nobody knows', () => {
    assert.equal(holdOf(reset, [found('clock', 'warn'), found('network', 'unknown')]), null);
  });
});

describe('a step that is not drastic', () => {
  it('never waits', () => {
    assert.equal(holdOf(step('clock', 'end'), [found('network', 'fail')]), null);
  });
});

describe('the guide at a step that must wait', () => {
  const atGate = (changes: Partial<Case>) => situation(node('joined'), { ...known, ...changes });

  it('shows it when the report speaks for it', () => {
    assert.deepEqual(
      leadsTo(presses(situation(node('suites'), { ...known, examined: readyToRejoin }), 'broken')),
      node('rejoin'),
    );
  });

  it('passes over it with the reason when the report does not', () => {
    const examined = examinedAs({ findings: [...but('clock'), found('clock', 'fail'), hybrid] });
    const decision = presses(atGate({ examined }), 'option', 'hybrid');
    assert.deepEqual(leadsTo(decision), node('end'));
    assert.deepEqual(decision.notes, [{ note: 'held', steps: [{ step: 'rejoin', reason: 'clock' }] }]);
  });

  it('passes over it without a report: nobody knows whether the PC would get back in', () => {
    const decision = says(atGate({}), 'hybrid');
    assert.equal(decision.move.to, 'again');
    const chosen = presses(atGate({}), 'option', 'hybrid');
    assert.deepEqual(leadsTo(chosen), node('end'));
    assert.deepEqual(chosen.notes, [{ note: 'held', steps: [{ step: 'rejoin', reason: null }] }]);
  });

  it('takes an old report for none', () => {
    const decision = presses(atGate({ examined: readyToRejoin, doubts: ['old'] }), 'option', 'hybrid');
    assert.deepEqual(decision.notes, [{ note: 'held', steps: [{ step: 'rejoin', reason: null }] }]);
  });

  it('says it where a word about the system leads there afresh, too', () => {
    const asked = article('ask', ['0x8004de40'], [reset, end('end')]);
    const examined = examinedAs({ findings: [found('clock', 'fail')] });
    const at = situation({ at: 'os' }, { ...known, os: null, article: 'ask', examined });
    const knowledge = { articles: [asked], codes: new Map() };
    for (const decision of [
      says(at, 'windows 11', knowledge),
      presses(at, 'choose-os', 'windows-11', knowledge),
    ]) {
      assert.deepEqual(leadsTo(decision), node('end'));
      assert.deepEqual(decision.notes, [{ note: 'held', steps: [{ step: 'reset', reason: 'clock' }] }]);
    }
  });

  it('does not show how, even to a yes, once a newer report speaks against it', () => {
    const examined = examinedAs({ findings: [found('clock', 'fail'), hybrid] });
    const decision = presses(situation(node('rejoin'), { ...known, examined }), 'agree');
    assert.equal(decision.move.to, 'again');
    assert.deepEqual(decision.notes, [{ note: 'held', steps: [{ step: 'rejoin', reason: 'clock' }] }]);
  });
});

describe('a reset after the failure was worked on', () => {
  const mend = step('mend', 'reset', { addresses: ['clock'] });
  const short = article('short', ['0x8004de40'], [mend, reset, end('end')]);
  const knowledge = { articles: [short], codes: new Map() };
  const at = situation(node('mend'), {
    ...known,
    article: 'short',
    examined: examinedAs({ findings: [found('clock', 'fail')] }),
  });

  it('is shown, because the report is from before', () => {
    assert.deepEqual(leadsTo(presses(at, 'broken', null, knowledge)), node('reset'));
  });

  it('is not shown when the step was done before the report came in', () => {
    const tried = [{ node: 'mend', answer: 'broken' }];
    const later = { ...at, case: { ...at.case, tried, triedBefore: 1 }, place: { at: 'way' } as const };
    const decision = presses(later, 'choose-guide', null, knowledge);
    assert.deepEqual(leadsTo(decision), node('end'));
    assert.deepEqual(decision.notes.at(-1), { note: 'held', steps: [{ step: 'reset', reason: 'clock' }] });
  });
});

describe('a recommendation', () => {
  it('names the steps that it holds back, and never recommends one of them', () => {
    const findings = [...but('clock'), found('clock', 'unknown'), hybrid];
    const { step: next, held, ruledOut } = recommend(findings, [rejoin, reset]);
    assert.deepEqual(held, [{ step: 'rejoin', reason: 'clock' }]);
    assert.equal(next, 'reset');
    assert.deepEqual(ruledOut, []);
  });

  it('rules out every step on suites that pass, whatever is known of their order and their policy', () => {
    const suites: Step[] = [
      step('enable', 'end', { addresses: ['cipher-suites', 'cipher-order'] }),
      step('policy', 'end', { addresses: ['cipher-policy', 'cipher-suites', 'cipher-order'] }),
    ];
    const findings = [
      found('cipher-suites', 'pass'),
      found('cipher-order', 'unknown'),
      found('cipher-policy', 'unknown'),
    ];
    assert.deepEqual(recommend(findings, suites).ruledOut, [
      { step: 'enable', reason: 'cipher-suites' },
      { step: 'policy', reason: 'cipher-suites' },
    ]);
  });
});

function but(code: FindingCode): readonly Finding[] {
  return connected.filter((finding) => finding.code !== code);
}
