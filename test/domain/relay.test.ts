import assert from 'node:assert/strict';
import type { Case, Place, PlaceName } from '../../src/domain/case.ts';
import { decide } from '../../src/domain/decide.ts';
import type { Decision, Input, Situation } from '../../src/domain/decision.ts';
import { openTicket, type Ticket, type TicketStatus, ticketStates } from '../../src/domain/handoff.ts';
import type { TicketPressName } from '../../src/domain/press.ts';
import { diagnosis, examinedAs, knowledge, situation } from './builders.ts';
import { ids, leadsTo, node, notes, presses, says } from './conversing.ts';

const ana = { id: 'a', name: 'Ana' };
const noon = '2026-03-02T12:00:00.000Z';

function ticket(status: TicketStatus, id = 'HS-1'): Ticket {
  return { ...openTicket({ id, caseId: 'CASE', urgency: 'normal' }, noon), status };
}

const queued: TicketStatus = { at: 'queued' };
const assigned: TicketStatus = { at: 'assigned', agent: ana };
const solved: TicketStatus = { at: 'solved', agent: ana };
const statuses: readonly TicketStatus[] = [
  { at: 'new' },
  queued,
  assigned,
  { at: 'waiting-for-user', agent: ana },
  solved,
  { at: 'closed', how: 'confirmed' },
  { at: 'withdrawn' },
];

const examined = examinedAs({});
const places: Readonly<Record<PlaceName, Place>> = {
  code: { at: 'code' },
  'other-code': { at: 'other-code', code: '0x8004de85' },
  os: { at: 'os' },
  way: { at: 'way' },
  node: node('suites'),
  script: { at: 'script' },
  'by-hand': { at: 'by-hand' },
  result: { at: 'result' },
  cannot: { at: 'cannot', node: 'suites' },
  person: { at: 'person' },
  preview: { at: 'preview' },
  withdraw: { at: 'withdraw', ticketId: 'HS-1' },
  solved: { at: 'solved' },
  closed: { at: 'closed' },
};

function at(
  status: TicketStatus | null,
  place: Place = node('suites'),
  changes: Partial<Case> = {},
): Situation {
  const known = { code: '0x8004de40', os: 'windows-10', way: 'guide', ...changes } as const;
  return situation(place, known, { at: 'way' }, status === null ? [] : [ticket(status)]);
}

const commands = (decision: Decision) => decision.acts.map(({ command }) => command);

describe('every place of the dialogs', () => {
  for (const place of Object.values(places)) {
    it(`leads to a person in one press and in one word: ${place.at}`, () => {
      for (const status of [null, queued, solved]) {
        const here = at(status, place, { examined });
        for (const word of ['human', 'agent', 'real person', 'talk to a person', 'can I speak to someone?']) {
          assert.deepEqual(leadsTo(says(here, word)), { at: 'person' }, word);
        }
        assert.deepEqual(leadsTo(presses(here, 'person')), { at: 'person' });
      }
    });
  }

  it('is that of the person already while somebody has the case, who is then named', () => {
    for (const place of Object.values(places)) {
      const here = at(assigned, place, { examined });
      for (const decision of [says(here, 'human'), presses(here, 'person')]) {
        assert.deepEqual(decision.notes, [{ note: 'with-person', by: 'Ana' }], place.at);
        assert.deepEqual(decision.move, { to: 'stay' });
      }
    }
  });
});

describe('while a person has the case', () => {
  const here = at(assigned);

  it('the bot is silent, and every word goes over as it was written', () => {
    for (const text of [
      'still broken',
      'yes',
      'it works now',
      'my mail is ada@contoso.com',
      'could you show me the steps in the guide please',
      '0x8004de88',
    ]) {
      const decision = says(here, text);
      assert.deepEqual(decision.acts, [{ ticketId: 'HS-1', command: { do: 'say', text } }], text);
      assert.deepEqual([decision.move, decision.notes, decision.case], [{ to: 'stay' }, [], here.case], text);
    }
  });

  it('its commands still work, and go nowhere', () => {
    for (const [text, effect] of [
      ['help', 'help'],
      ['status', 'status'],
      ['start over', 'started-over'],
    ] as const) {
      const decision = says(here, text);
      assert.deepEqual(decision.acts, [], text);
      assert.deepEqual(notes(decision), [effect], text);
    }
    assert.deepEqual(says(here, 'back').move, { to: 'back', past: [] });
    assert.deepEqual(leadsTo(says(here, 'check my pc')), { at: 'script' });
  });

  it('the buttons of the article still work', () => {
    assert.deepEqual(leadsTo(presses(here, 'broken')), node('joined'));
  });

  it('"bot" and "withdraw" ask once whether the ticket is to go', () => {
    for (const text of [
      'bot',
      'talk to the bot',
      'I want to go on with the bot now',
      'withdraw my ticket please',
    ]) {
      const decision = says(here, text);
      assert.deepEqual(leadsTo(decision), places.withdraw, text);
      assert.deepEqual(decision.acts, [], text);
    }
  });

  it('a file that is no report goes over with its text, or by its name alone', () => {
    const file = (text: string | null): Input => {
      return { kind: 'no-report', problem: 'not-report', file: { name: 'log.txt', text } };
    };
    const whole = decide(here, file('line 1'), knowledge, ids);
    assert.deepEqual(commands(whole), [{ do: 'say', text: 'log.txt\nline 1' }]);
    assert.deepEqual(notes(whole), []);
    const named = decide(here, file(null), knowledge, ids);
    assert.deepEqual(commands(named), [{ do: 'say', text: 'log.txt' }]);
    assert.deepEqual(notes(named), ['file-name-passed-on']);
  });

  it('the list of names never goes over', () => {
    const input: Input = { kind: 'no-report', problem: 'names-file', file: { name: 'x.txt', text: 'y' } };
    const decision = decide(here, input, knowledge, ids);
    assert.deepEqual([decision.acts, notes(decision)], [[], ['no-report']]);
  });

  it('a new report is diagnosed as usual and goes over with what was written beside it', () => {
    const report = { ...examined, diagnosis: diagnosis({ verdict: 'fail' }) };
    const input: Input = { kind: 'report', examined: report, doubts: [], words: 'here it is' };
    const decision = decide(here, input, knowledge, ids);
    assert.deepEqual(leadsTo(decision), { at: 'result' });
    assert.deepEqual(commands(decision), [
      { do: 'say', text: 'here it is' },
      { do: 'report', verdict: 'fail' },
    ]);
  });

  it('a request for a new check shows the script, and a hand-back the place where they were', () => {
    const asked = decide(here, { kind: 'handoff', what: 'check-asked' }, knowledge, ids);
    assert.deepEqual(leadsTo(asked), { at: 'script' });
    const back = decide(
      at({ at: 'closed', how: 'handed-back' }),
      { kind: 'handoff', what: 'handed-back' },
      knowledge,
      ids,
    );
    assert.deepEqual([back.move, back.acts], [{ to: 'again' }, []]);
  });
});

describe('while the bot speaks', () => {
  it('words are for the bot, whatever became of the ticket', () => {
    for (const status of statuses.filter(
      ({ at: state }) => !['assigned', 'waiting-for-user'].includes(state),
    )) {
      const decision = says(at(status), 'still broken');
      assert.deepEqual([decision.acts, leadsTo(decision)], [[], node('joined')], status.at);
    }
  });

  it('a new report goes over to whoever will take the ticket', () => {
    const input: Input = { kind: 'report', examined, doubts: [] };
    assert.deepEqual(commands(decide(at(queued), input, knowledge, ids)), [
      { do: 'report', verdict: 'unknown' },
    ]);
    assert.deepEqual(commands(decide(at({ at: 'withdrawn' }), input, knowledge, ids)), []);
  });

  it('what works again closes the ticket too', () => {
    const done = presses(at(queued, places.solved), 'helped', 'suites');
    assert.deepEqual(commands(done), [{ do: 'confirm' }]);
    assert.deepEqual(commands(presses(at(null, places.solved), 'helped', 'suites')), []);
  });

  it('"bot" shows where they are, and "withdraw" without a ticket says that there is none', () => {
    assert.deepEqual(notes(says(at(null), 'talk to the bot')), ['with-bot']);
    assert.deepEqual(notes(says(at(null), 'withdraw')), ['no-ticket']);
  });

  it('a wish for no bot is a wish for a person', () => {
    assert.deepEqual(leadsTo(says(at(null), "I don't want to talk to the bot, get me a human")), {
      at: 'person',
    });
  });
});

describe('the question whether to withdraw', () => {
  const here = at(assigned, places.withdraw);

  it('is done on yes, and the bot goes on where it was', () => {
    for (const decision of [says(here, 'yes'), presses(here, 'withdraw')]) {
      assert.deepEqual(decision.acts, [{ ticketId: 'HS-1', command: { do: 'withdraw' } }]);
      assert.deepEqual(notes(decision), ['withdrawn']);
      assert.deepEqual(decision.move, { to: 'back', past: ['withdraw'] });
    }
  });

  it('leaves everything as it is on no', () => {
    for (const decision of [says(here, 'no'), presses(here, 'keep-ticket')]) {
      assert.deepEqual([decision.acts, notes(decision)], [[], ['ticket-kept']]);
    }
  });

  it('has no effect once the ticket is over', () => {
    const late = presses(at({ at: 'closed', how: 'confirmed' }, places.withdraw), 'withdraw');
    assert.deepEqual([late.acts, notes(late)], [[], ['ticket-changed']]);
  });
});

describe('the buttons on the card of a ticket', () => {
  function press(status: TicketStatus, name: TicketPressName, value = ''): Decision {
    return decide(at(status), { kind: 'ticket-pressed', ticketId: 'HS-1', name, value }, knowledge, ids);
  }

  it('do what they say, and leave the dialog where it is', () => {
    for (const [status, name, value, command] of [
      [queued, 'ticket-note', 'Since today', { do: 'say', text: 'Since today' }],
      [queued, 'ticket-confirm', '', { do: 'confirm' }],
      [solved, 'ticket-reopen', '', { do: 'reopen' }],
      [solved, 'ticket-rate', '4', { do: 'rate', stars: 4 }],
    ] as const) {
      const decision = press(status as TicketStatus, name, value);
      assert.deepEqual(commands(decision), [command], name);
      assert.deepEqual(decision.move, { to: 'stay' });
    }
    assert.deepEqual(leadsTo(press(queued, 'ticket-withdraw')), places.withdraw);
  });

  it('say so where the ticket has changed since, in every state', () => {
    const names = [
      'ticket-note',
      'ticket-confirm',
      'ticket-reopen',
      'ticket-rate',
      'ticket-withdraw',
    ] as const;
    for (const state of ticketStates) {
      const status = statuses.find((candidate) => candidate.at === state) as TicketStatus;
      for (const name of names) {
        const decision = press(status, name, '3');
        const isDone = decision.acts.length === 1 || leadsTo(decision) !== null;
        assert.ok(isDone || notes(decision).includes('ticket-changed'), `${state} ${name}`);
      }
    }
  });

  it('ask for what was left empty', () => {
    assert.deepEqual(notes(press(queued, 'ticket-note', ' ')), ['choose-one']);
    assert.deepEqual(notes(press(solved, 'ticket-rate')), ['choose-one']);
  });

  it('mean nothing for a ticket that is not of this conversation', () => {
    const input: Input = { kind: 'ticket-pressed', ticketId: 'HS-2', name: 'ticket-confirm', value: '' };
    assert.deepEqual(notes(decide(at(queued), input, knowledge, ids)), ['no-ticket']);
  });
});
