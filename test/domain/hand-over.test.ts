import assert from 'node:assert/strict';
import type { Case } from '../../src/domain/case.ts';
import { emptyForm, fitNote } from '../../src/domain/share.ts';
import { connected, diagnosis, examinedAs, found, situation } from './builders.ts';
import { ids, leadsTo, node, notes, presses, says } from './conversing.ts';

const known = { code: '0x8004de40', os: 'windows-10', way: 'guide' } as const;
const report = 'user.server = host-1:8080';
const person = { at: 'person' } as const;
const preview = { at: 'preview' } as const;
const form = { ...emptyForm, note: 'Deadline at noon' };

describe('someone who asks for a person', () => {
  it('sees all that goes along before any ticket is written, whether by button or in words', () => {
    for (const decision of [
      presses(situation(person, {}, node('suites')), 'send-ticket', 'Deadline at noon'),
      says(situation(person, {}, node('suites')), 'Deadline at noon'),
    ]) {
      assert.deepEqual(leadsTo(decision), preview);
      assert.deepEqual(decision.case.form, form);
      assert.equal(decision.ticket, null);
      assert.deepEqual(decision.case.ticketIds, []);
    }
  });

  it('needs no note', () => {
    for (const decision of [
      presses(situation(person), 'send-ticket', ''),
      presses(situation(person), 'send-ticket'),
      says(situation(person), 'no'),
    ]) {
      assert.deepEqual(leadsTo(decision), preview);
      assert.deepEqual(decision.case.form, emptyForm);
    }
  });

  it('leaves the preview in the transcript, without a word that was not confirmed', () => {
    const examined = examinedAs({ findings: [found('clock', 'fail')], verdict: 'fail' }, report);
    const decision = says(situation(person, { ...known, examined }), 'my password is hunter2');
    const [event] = decision.events;
    assert.equal(event?.kind, 'previewed');
    assert.deepEqual(event?.data, {
      noteCharacters: 22,
      code: '0x8004de40',
      os: 'windows-10',
      tried: 0,
      verdict: 'fail',
      findings: ['clock'],
      step: null,
      report: 'r',
    });
  });
});

describe('the preview', () => {
  const tried = [{ node: 'internet', answer: 'broken' }];
  const examined = examinedAs(
    { facts: [{ name: 'proxy.server', value: 'host-1', line: 1 }], findings: connected, verdict: 'pass' },
    report,
  );
  const at = (changes: Partial<Case> = {}) =>
    situation(preview, { ...known, tried, examined, form, ...changes }, person);

  it('becomes a ticket on yes, by button or in words, that holds just what was shown', () => {
    for (const decision of [presses(at(), 'share', 'with-report'), says(at(), 'yes')]) {
      const {
        report: summary,
        verdict,
        findings,
        recommendation,
      } = diagnosis({ findings: connected, verdict: 'pass' });
      assert.deepEqual(decision.ticket, {
        id: ids.ticket,
        urgency: 'normal',
        contact: '',
        bestTime: '',
        shared: {
          note: 'Deadline at noon',
          code: '0x8004de40',
          os: 'windows-10',
          tried,
          diagnosis: { report: summary, verdict, findings, recommendation },
          doubts: [],
          report,
        },
      });
      assert.deepEqual(decision.case.ticketIds, [ids.ticket]);
      assert.deepEqual(decision.move, { to: 'back', past: ['person', 'preview'] });
      assert.deepEqual(notes(decision), ['ticket']);
    }
  });

  it('keeps the text of the report back for who wants that', () => {
    const decision = presses(at(), 'share', 'note-only');
    assert.equal(decision.ticket?.shared.report, null);
    assert.ok(!JSON.stringify(decision.ticket).includes('host-1'));
    assert.deepEqual(decision.events.at(-1)?.data, { ticket: ids.ticket, withReport: false });
  });

  it('keeps it back from a yes that is limited in words', () => {
    for (const words of ['yes, but without the report', 'yes, only the note', 'ja, aber ohne den Text']) {
      assert.equal(says(at(), words).ticket?.shared.report, null, words);
    }
    assert.equal(says(at(), 'yes please').ticket?.shared.report, report);
  });

  it('shares no text that nobody ticked, should the tick get lost', () => {
    assert.equal(presses(at(), 'share').ticket?.shared.report, null);
  });

  it('becomes nothing on no, by button or in words', () => {
    for (const decision of [presses(at(), 'keep-private'), says(at(), 'no'), says(at(), 'no, thanks')]) {
      assert.equal(decision.ticket, null);
      assert.deepEqual(notes(decision), ['not-shared']);
      assert.deepEqual(decision.move, { to: 'back', past: ['person', 'preview'] });
    }
  });

  it('leads back to the note', () => {
    assert.deepEqual(says(at(), 'back').move, { to: 'back', past: [] });
  });

  it('ends with the case on cancel, and nothing is shared', () => {
    const decision = says(at(), 'cancel');
    assert.equal(decision.ticket, null);
    assert.deepEqual(decision.case.outcome, { kind: 'cancelled' });
  });

  it('takes no yes that brings something which was not shown', () => {
    const decision = says(at(), 'yes, but it is windows 11');
    assert.equal(decision.ticket, null);
    assert.equal(decision.case.os, 'windows-11');
  });

  it('is the only place from which anything is shared', () => {
    for (const place of [person, node('suites'), { at: 'code' }, { at: 'solved' }, null] as const) {
      assert.equal(presses(situation(place), 'share', 'with-report').ticket, null);
    }
  });

  it('is drawn from the first words, too, and then leads to the first question', () => {
    const alone = { ...at(), before: null };
    assert.deepEqual(presses(alone, 'share').move, { to: 'start', place: { at: 'code' } });
  });
});

describe('a note that is too long', () => {
  it('is cut to 2,000 characters, and the cut can be seen', () => {
    const fitted = fitNote('x'.repeat(5_000));
    assert.equal(fitted, `${'x'.repeat(1_999)}…`);
    assert.equal(fitNote('x'.repeat(2_000)), 'x'.repeat(2_000));
  });

  it('is not cut through a character', () => {
    assert.ok(fitNote('🦊'.repeat(3_000)).isWellFormed());
  });
});

describe('a step that the report calls for and the person cannot do', () => {
  const examined = examinedAs({ findings: [found('cipher-suites', 'fail')] });
  const at = situation(node('suites'), { ...known, examined });
  const beyond = { at: 'cannot', node: 'suites' } as const;

  it('offers a person before the way on without it', () => {
    for (const decision of [presses(at, 'cannot'), says(at, "I can't do this, I am no admin")]) {
      assert.deepEqual(leadsTo(decision), beyond);
      assert.deepEqual(decision.case.tried, [{ node: 'suites', answer: 'cannot' }]);
    }
  });

  it('leads to a person on yes, and on without it on no or by its button', () => {
    const offered = { ...at, case: presses(at, 'cannot').case, place: beyond, before: node('suites') };
    assert.deepEqual(leadsTo(says(offered, 'yes')), { at: 'person' });
    assert.deepEqual(leadsTo(says(offered, 'no')), node('joined'));
    assert.deepEqual(leadsTo(presses(offered, 'go-on')), node('joined'));
  });

  it('is passed over at once where the report does not fail in what it mends', () => {
    const warned = examinedAs({ findings: [found('cipher-suites', 'warn'), found('clock', 'fail')] });
    const decision = presses(situation(node('suites'), { ...known, examined: warned }), 'cannot');
    assert.deepEqual(leadsTo(decision), node('joined'));
    assert.deepEqual(leadsTo(presses(situation(node('suites'), known), 'cannot')), node('joined'));
  });

  it('counts as called for by what it is recommended for, too', () => {
    const recommendation = { ...diagnosis().recommendation, step: 'suites', reasons: ['network'] as const };
    const blamed = examinedAs({ findings: [found('network', 'fail')], recommendation });
    const decision = presses(situation(node('suites'), { ...known, examined: blamed }), 'cannot');
    assert.deepEqual(leadsTo(decision), beyond);
  });
});

describe('a PC on which the script cannot be had', () => {
  it('gets commands, by button or in words', () => {
    const script = situation({ at: 'script' }, known);
    assert.deepEqual(leadsTo(presses(script, 'by-hand')), { at: 'by-hand' });
    assert.deepEqual(leadsTo(says(script, "I can't do that, no admin rights")), { at: 'by-hand' });
  });

  it('is told what to paste when the commands are done', () => {
    assert.deepEqual(notes(says(situation({ at: 'by-hand' }, known), 'done')), ['how-to-paste']);
  });

  it('may be working again meanwhile', () => {
    assert.deepEqual(leadsTo(says(situation({ at: 'by-hand' }, known), 'it works now')), { at: 'solved' });
  });
});

describe('the step on show when it works again', () => {
  it('is among what may have helped', () => {
    assert.deepEqual(presses(situation(node('suites'), known), 'works').case.tried, [
      { node: 'suites', answer: 'works' },
    ]);
  });

  it('is not when it was only asked about', () => {
    assert.deepEqual(presses(situation(node('rejoin'), known), 'works').case.tried, []);
  });
});
