import { equal, ok } from 'node:assert/strict';
import { createTexts } from '../../src/cards/texts.ts';
import { loadWording } from '../../src/cards/wording.ts';
import { currentCase, richCase } from './samples.ts';

const texts = createTexts(loadWording('en'));

describe('what comes in and is no report', () => {
  const problems = [
    ...['screenshot', 'pdf', 'office', 'archive', 'html', 'binary', 'too-large', 'not-report', 'script'],
    'something new',
  ];
  for (const problem of problems) {
    it(`is answered with the name of the file that is needed: ${problem}`, () => {
      ok(texts.noReport(problem).includes('handshake-report.txt'));
    });
  }

  for (const problem of ['empty', 'lapsed', 'forbidden-host', 'timeout', 'unreachable', 'cut-off']) {
    it(`is answered with a way on: ${problem}`, () => {
      ok(/please/i.test(texts.noReport(problem)));
      ok(texts.noReport(problem) !== texts.noReport('something new'));
    });
  }
});

describe('steps that were left out', () => {
  it('are named, each with the finding that rules it out', () => {
    equal(
      texts.skipped(richCase, ['internet']),
      "I left out one step:\n- Check the internet connection: your report shows that it is not needed (Microsoft's servers can be reached)",
    );
  });

  it('are put down to experience when no report speaks against them', () => {
    equal(
      texts.skipped(currentCase(), ['internet', 'clock']),
      'I left out 2 steps:\n- Check the internet connection: you tried it before\n- Check the date and the time: you tried it before',
    );
  });
});

describe('steps that the person could not do', () => {
  it('are left out with that reason, not as tried', () => {
    const tried = [{ node: 'clock', answer: 'cannot' }];
    const text = texts.skipped(currentCase({ tried }), ['clock']);
    ok(text.endsWith("- Check the date and the time: you said that you can't do it"), text);
  });
});

describe('steps that must wait', () => {
  it('are named with the finding that stands in the way', () => {
    const text = texts.held(richCase, [{ step: 'reset', reason: 'cipher-suites' }]);
    equal(
      text,
      'I held back one step:\n- Reset OneDrive: as long as this stands, it would not help or not be safe ' +
        '(The PC relies on cipher suites that Microsoft has retired)',
    );
  });

  it('are named with what nobody could see', () => {
    const text = texts.held(richCase, [{ step: 'rejoin', reason: 'curves' }]);
    ok(text.includes('your report does not show it (elliptic curves)'), text);
  });

  it('lead to the check where there is no report', () => {
    const text = texts.held(currentCase(), [{ step: 'rejoin', reason: null }]);
    ok(text.includes('Say "check my PC"'), text);
  });
});

describe('another device', () => {
  it('gets an answer of its own where it differs', () => {
    ok(texts.device('mac').includes('Mac'));
    ok(texts.device('phone').includes('phone'));
    ok(texts.device('linux').includes('Linux'));
  });

  it('gets the general answer otherwise', () => {
    equal(texts.device('other'), texts.device('a fridge'));
  });
});

describe('a message with something filled in', () => {
  it('names the system that the report shows', () => {
    ok(texts.osFromReport('windows-8.1').includes('Windows 8.1'));
  });

  it('names the saved file', () => {
    ok(texts.fileSent('handshake-check.ps1').startsWith('handshake-check.ps1 is there'));
  });

  it('gives the number under which an error can be found', () => {
    ok(texts.failed('k3f9').includes('k3f9'));
  });

  it('counts the seconds to wait', () => {
    ok(texts.slowDown(1).includes('a second'));
    ok(texts.slowDown(20).includes('20 seconds'));
  });
});
