import assert from 'node:assert/strict';
import type { Place } from '../../src/domain/case.ts';
import { decide } from '../../src/domain/decide.ts';
import { diagnosis, knowledge, readyToRejoin, situation } from './builders.ts';
import { ids, leadsTo, node, notes, presses, says } from './conversing.ts';

describe('a conversation that begins', () => {
  it('greets and asks for the code on arrival', () => {
    const decision = decide(situation(null), { kind: 'arrived' }, knowledge, ids);
    assert.deepEqual(notes(decision), ['greeting']);
    assert.deepEqual(leadsTo(decision), { at: 'code' });
  });

  it('skips both questions when the first words answer them', () => {
    const decision = says(situation(null), 'getting 0x8004DE40 on my Windows 10 laptop since Monday');
    assert.equal(decision.case.code, '0x8004de40');
    assert.equal(decision.case.os, 'windows-10');
    assert.deepEqual(leadsTo(decision), { at: 'way' });
  });

  it('asks only for what the first words left open', () => {
    assert.deepEqual(leadsTo(says(situation(null), 'error 8004de88')), { at: 'os' });
    assert.deepEqual(leadsTo(says(situation(null), 'OneDrive on Windows 11')), { at: 'code' });
  });

  it('takes the code that an article covers out of several', () => {
    const decision = says(situation(null), 'first 0x8004de85 and then 0x8004de40');
    assert.equal(decision.case.code, '0x8004de40');
  });

  it('explains another code of the family instead of guiding', () => {
    const decision = says(situation(null), '0x8004de85');
    assert.deepEqual(leadsTo(decision), { at: 'other-code', code: '0x8004de85' });
  });

  it('says what it cannot do on a Mac', () => {
    const decision = says(situation({ at: 'os' }, { code: '0x8004de40' }), 'I have a MacBook');
    assert.deepEqual(decision.notes, [{ note: 'device', device: 'mac' }]);
    assert.equal(decision.case.os, 'other');
  });

  it('takes "10" for Windows 10 only where it asked for the system', () => {
    assert.equal(says(situation({ at: 'os' }, { code: '0x8004de40' }), '10').case.os, 'windows-10');
    assert.equal(says(situation({ at: 'way' }, { code: '0x8004de40' }), '10').case.os, null);
  });
});

describe('the questions', () => {
  it('take "I do not know" for an answer', () => {
    assert.equal(presses(situation({ at: 'code' }), 'choose-code', 'unknown').case.code, 'unknown');
    assert.equal(says(situation({ at: 'os' }, { code: 'unknown' }), "I don't know").case.os, 'unknown');
  });

  it('are repeated when nothing was chosen', () => {
    const decision = presses(situation({ at: 'code' }), 'choose-code', null);
    assert.deepEqual(notes(decision), ['choose-one']);
    assert.equal(decision.move.to, 'again');
  });

  it('lead to the script at once for someone who asked for the check', () => {
    assert.deepEqual(leadsTo(says(situation({ at: 'code' }), 'check my pc')), { at: 'script' });
  });

  it('never hand a Windows script to a Mac', () => {
    const decision = presses(situation({ at: 'way' }, { code: 'unknown', os: 'other' }), 'choose-check');
    assert.deepEqual(notes(decision), ['device']);
    assert.equal(decision.move.to, 'again');
  });
});

describe('the walk through the article', () => {
  const known = { code: '0x8004de40', os: 'windows-10', way: 'guide' } as const;

  it('begins at the first node', () => {
    assert.deepEqual(leadsTo(presses(situation({ at: 'way' }, known), 'choose-guide')), node('internet'));
  });

  it('goes on from a step that did not help, and remembers it', () => {
    const decision = presses(situation(node('internet'), known), 'broken');
    assert.deepEqual(leadsTo(decision), node('suites'));
    assert.deepEqual(decision.case.tried, [{ node: 'internet', answer: 'broken' }]);
  });

  it('understands the answer in words', () => {
    assert.deepEqual(leadsTo(says(situation(node('internet'), known), 'still broken')), node('suites'));
    assert.deepEqual(leadsTo(says(situation(node('internet'), known), 'it works now!')), { at: 'solved' });
  });

  it('asks again before it shows a drastic step', () => {
    const asked = situation(node('rejoin'), { ...known, examined: readyToRejoin });
    assert.deepEqual(leadsTo(presses(asked, 'agree')), node('rejoin', true));
    assert.deepEqual(leadsTo(says(asked, 'yes')), node('rejoin', true));
    assert.deepEqual(leadsTo(says(asked, 'no')), node('end'));
  });

  it('does not count a drastic step as tried that was only asked about', () => {
    const asked = says(situation(node('rejoin'), known), 'still broken');
    assert.equal(asked.move.to, 'again');
    assert.deepEqual(asked.case.tried, []);
    const shown = says(situation(node('rejoin', true), known), 'still broken');
    assert.deepEqual(shown.case.tried, [{ node: 'rejoin', answer: 'broken' }]);
  });

  it('leaves out what the report rules out, and says so', () => {
    const ruledOut = [{ step: 'suites', reason: 'cipher-suites' as const }];
    const recommendation = { ...diagnosis().recommendation, ruledOut };
    const examined = { reportId: 'r', diagnosis: diagnosis({ recommendation }), excerpt: '' };
    const decision = presses(situation(node('internet'), { ...known, examined }), 'broken');
    assert.deepEqual(leadsTo(decision), node('joined'));
    assert.deepEqual(decision.notes, [{ note: 'skipped', nodes: ['suites'] }]);
  });

  it('answers a question by the fact of the report', () => {
    const decision = presses(situation(node('suites'), { ...known, examined: readyToRejoin }), 'broken');
    assert.deepEqual(leadsTo(decision), node('rejoin'));
  });

  it('goes back to a step with its answer taken back', () => {
    const tried = [{ node: 'internet', answer: 'broken' }];
    const decision = says(situation(node('suites'), { ...known, tried }, node('internet')), 'back');
    assert.equal(decision.move.to, 'back');
    assert.deepEqual(decision.case.tried, []);
  });

  it('does not take an answer to a step at another place', () => {
    const decision = presses(situation({ at: 'way' }, known), 'broken');
    assert.equal(decision.move.to, 'again');
    assert.deepEqual(decision.case.tried, []);
  });
});

describe('a report', () => {
  it('shows its result wherever it comes in', () => {
    for (const place of [null, { at: 'code' }, { at: 'script' }, node('suites'), { at: 'person' }] as const) {
      const decision = decide(situation(place), report(), knowledge, ids);
      assert.deepEqual(leadsTo(decision), { at: 'result' });
    }
  });

  it('corrects the system that the person named, and says so', () => {
    const decision = decide(situation({ at: 'script' }, { os: 'windows-7' }), report(), knowledge, ids);
    assert.equal(decision.case.os, 'windows-10');
    assert.deepEqual(decision.notes, [{ note: 'os-from-report', os: 'windows-10' }]);
  });

  it('leads to the step that it recommends', () => {
    const recommendation = { ...diagnosis().recommendation, step: 'suites' };
    const examined = { reportId: 'r', diagnosis: diagnosis({ recommendation }), excerpt: '' };
    const decision = presses(situation({ at: 'result' }, { examined }), 'follow');
    assert.deepEqual(leadsTo(decision), node('suites'));
  });

  it('leads to a person when no step fits', () => {
    const examined = { reportId: 'r', diagnosis: diagnosis(), excerpt: '' };
    assert.deepEqual(leadsTo(presses(situation({ at: 'result' }, { examined }), 'follow')), { at: 'person' });
  });
});

describe('someone who is not understood', () => {
  it('is shown the card again, then offered a person, never asked a third time', () => {
    const first = says(situation({ at: 'way' }, { code: 'unknown', os: 'unknown' }), 'purple elephants');
    assert.deepEqual(notes(first), ['missed']);
    const second = says({ ...situation({ at: 'way' }), case: first.case }, 'green elephants');
    assert.deepEqual(notes(second), ['missed-twice']);
    assert.deepEqual(leadsTo(second), { at: 'person' });
    assert.equal(second.case.misses, 0);
  });
});

describe('what can be asked for at any time', () => {
  const places: readonly (Place | null)[] = [
    null,
    { at: 'code' },
    { at: 'other-code', code: '0x8004de85' },
    { at: 'os' },
    { at: 'way' },
    node('internet'),
    node('joined'),
    node('rejoin'),
    node('end'),
    { at: 'script' },
    { at: 'result' },
    { at: 'solved' },
    { at: 'closed' },
  ];

  for (const place of places) {
    it(`reaches a person from ${place?.at ?? 'nowhere'} in one word`, () => {
      assert.deepEqual(leadsTo(says(situation(place), 'talk to a person')), { at: 'person' });
    });
  }

  it('gives help and status and leaves the place', () => {
    assert.deepEqual(notes(says(situation(node('suites')), 'help')), ['help']);
    assert.equal(says(situation(node('suites')), 'status').move.to, 'stay');
  });

  it('starts over with a new case', () => {
    const decision = says(situation(node('suites'), { code: '0x8004de40' }), 'start over');
    assert.equal(decision.case.id, ids.case);
    assert.equal(decision.case.code, null);
  });

  it('closes on cancel and opens again in one press, where it was', () => {
    const closed = says(situation(node('suites')), 'cancel');
    assert.deepEqual(closed.case.outcome, { kind: 'cancelled' });
    const opened = presses({ ...situation({ at: 'closed' }), case: closed.case }, 'reopen');
    assert.equal(opened.case.outcome, null);
    assert.deepEqual(opened.move, { to: 'back', past: ['closed', 'solved'] });
  });

  it('says at the beginning that there is nothing before', () => {
    assert.deepEqual(notes(says(situation({ at: 'code' }), 'back')), ['nothing-before']);
  });

  it('changes nothing on a stale press but shows where we are', () => {
    const at = situation(node('suites'));
    const decision = decide(at, { kind: 'stale' }, knowledge, ids);
    assert.deepEqual(decision.case, at.case);
    assert.equal(decision.move.to, 'again');
  });
});

describe('the way out', () => {
  it('asks what helped and closes', () => {
    const decision = presses(situation({ at: 'solved' }), 'helped', 'restart');
    assert.deepEqual(decision.case.outcome, { kind: 'solved', helped: 'restart', proof: 'word' });
    assert.deepEqual(leadsTo(decision), { at: 'closed' });
  });

  it('opens a new case when a closed one is followed by a new error', () => {
    const outcome = { kind: 'solved', helped: 'restart', proof: 'word' } as const;
    const decision = says(
      situation({ at: 'closed' }, { outcome, code: '0x8004de40' }),
      '0x8004de88 on windows 11',
    );
    assert.equal(decision.case.id, ids.case);
    assert.equal(decision.case.outcome, null);
    assert.deepEqual(leadsTo(decision), { at: 'way' });
  });
});

function report() {
  const examined = { reportId: 'r', diagnosis: diagnosis(), excerpt: '' };
  return { kind: 'report', examined, doubts: [] } as const;
}
