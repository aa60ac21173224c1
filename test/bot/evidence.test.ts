import assert from 'node:assert/strict';
import type { Outcome } from '../../src/domain/case.ts';
import { buildReport, type Changes, systems } from '../diagnosis/report-builder.ts';
import { type Chat, openChat } from './chat.ts';

const pc: Changes = { ...systems['windows-10-22h2'], 'run.device': '5f0c7a1be2d94468' };
const dheOnly: Changes = { 'suites:Get-TlsCipherSuite': ['TLS_DHE_RSA_WITH_AES_256_GCM_SHA384'] };
const greyedOut: Changes = { 'wininet.machine-policy.secure-protocols': '0xa0' };

describe('someone who checks again after the step', () => {
  it('sees before and after, and closes with the report as proof', async () => {
    const chat = await checked(dheOnly);
    await chat.presses('Show me this step');
    assert.equal(chat.card().title, 'Switch on the two cipher suites');
    await chat.presses('Check again');
    assert.match(chat.card().title, /check your PC/);
    await chat.says(report({}, '07:55'));
    assert.equal(chat.card().title, '✔ Fixed on this PC');
    assert.match(chat.card().text, /Before\n✖ Problem: .*DHE.*After\n✔ Fine: .*ECDHE/s);
    assert.match(chat.card().text, /Nothing that stops OneDrive/);
    await chat.presses('It works now');
    assert.ok(!chat.card().buttons.has('Check again'), 'nothing is left to prove');
    await chat.presses('Done', { value: 'cipher-enable' });
    assert.match(chat.card().text, /Checked: your last report shows/);
    assert.deepEqual(outcomeOf(chat), { kind: 'solved', helped: 'cipher-enable', proof: 'evidence' });
    assert.equal(lastCase(chat)?.outcome, 'evidence: cipher-enable');
  });

  it('hears that the step had no effect, and gets the step after it', async () => {
    const chat = await checked(dheOnly);
    await chat.presses('Show me this step');
    await chat.presses('Check again');
    await chat.says(report(dheOnly, '07:55'));
    assert.equal(chat.card().title, '✖ Nothing has changed on this PC');
    assert.match(chat.card().text, /You did "Switch on the two cipher suites", without effect/);
    await chat.presses('Show me this step');
    assert.equal(chat.card().title, 'Check the policy "SSL Cipher Suite Order"');
  });

  it('is told who can change what a policy greys out', async () => {
    const chat = await checked(greyedOut);
    assert.match(chat.card().text, /Who can change it: .*Turn off encryption support/s);
    assert.ok([...chat.card().buttons.keys()].some((button) => button.includes('person')));
  });

  it('is not led to a step again whose findings pass now', async () => {
    const chat = await checked(dheOnly);
    await chat.presses('Show me this step');
    const said = await chat.presses('Still broken');
    assert.match(said.map(({ text }) => text).join('\n'), /press "Check again"/);
    await chat.presses('Check again');
    await chat.says(report({ 'curves:Get-TlsEccCurve': ['curve25519'] }, '07:55'));
    assert.equal(chat.card().title, '⚠ Better, but not done yet');
    await chat.presses('Show me this step');
    assert.equal(chat.card().title, 'Switch on the standard elliptic curves');
  });
});

describe('someone who says that it works', () => {
  it('is offered one more check after a failing report, and may close without it', async () => {
    const chat = await checked(dheOnly);
    await chat.presses('It works now');
    assert.match(chat.card().text, /press "Check again" before you close/);
    await chat.presses('Done', { value: 'unknown' });
    assert.match(chat.card().text, /By your word/);
    assert.deepEqual(outcomeOf(chat), { kind: 'solved', helped: 'unknown', proof: 'word' });
  });

  it('can check before closing, and the closing card knows', async () => {
    const chat = await checked(dheOnly);
    await chat.presses('It works now');
    await chat.presses('Check again');
    await chat.says(report({}, '07:55'));
    await chat.presses('It works now');
    await chat.presses('Done', { value: 'restart' });
    assert.equal(lastCase(chat)?.outcome, 'evidence: restart');
  });

  it('closes by word when nothing was checked', async () => {
    const chat = openChat();
    await chat.says('0x8004de40 windows 10');
    await chat.says('it works now!');
    assert.ok(!chat.card().buttons.has('Check again'));
    await chat.presses('Done', { value: 'unknown' });
    assert.equal(lastCase(chat)?.outcome, 'word: unknown');
  });

  it('closes by word when the report that passes was changed on the way', async () => {
    const chat = await checked(dheOnly);
    await chat.says(report({}, '07:55').replace('offset-seconds = 2', 'offset-seconds = 1'));
    assert.match(chat.card().text, /cannot show that something is fixed/);
    await chat.presses('It works now');
    await chat.presses('Done', { value: 'restart' });
    assert.equal(lastCase(chat)?.outcome, 'word: restart');
  });
});

describe('a report from days ago', () => {
  const old: Changes = { ...pc, ...dheOnly, 'clock.server-date-utc': '2026-11-20T09:00:00Z' };

  it('is shown with its date, and asks for a fresh check instead of naming a step', async () => {
    const chat = openChat();
    await chat.says('0x8004de40 windows 10');
    await chat.says(buildReport(old));
    assert.equal(chat.card().title, 'This report is from November 20, 2026');
    assert.match(chat.card().text, /more than a day ago/);
    assert.match(chat.card().text, /Recommended next step\nCheck this PC afresh/);
    assert.ok(!chat.card().buttons.has('Show me this step'));
    await chat.says('yes');
    assert.match(chat.card().title, /check your PC/);
  });

  it('rules out no step of the guide', async () => {
    const chat = openChat();
    await chat.says('0x8004de40 windows 10');
    await chat.says(buildReport(old));
    await chat.presses('Guide me step by step');
    assert.equal(chat.card().title, 'Check the internet connection');
  });
});

describe('a report with the code of another case', () => {
  const foreign = { 'report.case': 'ZZZZZZZZ' };

  it('is kept only once the person says that it is theirs', async () => {
    const chat = await checked(foreign, dheOnly);
    assert.equal(chat.card().title, 'Whose report is this?');
    assert.equal(caseIn(chat).examined, null);
    await chat.presses('Yes, it is mine');
    assert.equal(chat.card().title, '✖ I found what blocks OneDrive');
    assert.notEqual(caseIn(chat).examined, null);
    await chat.presses('Show me this step');
    assert.equal(chat.card().title, 'Switch on the two cipher suites');
  });

  it('is put aside when it is not, and the evidence before it stays', async () => {
    const chat = await checked(dheOnly);
    const before = caseIn(chat).examined;
    await chat.says(report(foreign, '07:55'));
    await chat.says('no');
    assert.match(chat.card().title, /check your PC/);
    assert.deepEqual(caseIn(chat).examined, before);
    assert.equal(caseIn(chat).unclaimed, null);
  });

  it('is no other case when it bears the code that this case handed out', async () => {
    const chat = openChat();
    await chat.says('0x8004de40 windows 10');
    await chat.presses('Check my PC');
    const [code] = caseIn(chat).checkCodes;
    assert.ok(code !== undefined);
    await chat.says(report({ ...dheOnly, 'report.case': code }, '07:40'));
    assert.equal(chat.card().title, '✖ I found what blocks OneDrive');
  });
});

describe('a report that came in before', () => {
  it('changes nothing, and does not blame the step', async () => {
    const chat = await checked(dheOnly);
    await chat.presses('Show me this step');
    await chat.presses('Check again');
    const said = await chat.says(report(dheOnly, '07:40'));
    assert.match(said[0]?.text ?? '', /I know this report already/);
    assert.equal(chat.card().title, '✖ I found what blocks OneDrive');
    assert.deepEqual(caseIn(chat).inVain, []);
  });
});

describe('a report of another PC', () => {
  it('is not compared, and no step of the other one counts', async () => {
    const chat = await checked(dheOnly);
    await chat.presses('Show me this step');
    await chat.presses('Check again');
    await chat.says(report({ ...dheOnly, 'run.device': 'c0ffee00c0ffee00' }, '07:55'));
    assert.equal(chat.card().title, '✖ I found what blocks OneDrive');
    assert.match(chat.card().text, /another PC than your report before/);
    assert.deepEqual(caseIn(chat).tried, []);
    await chat.presses('Show me this step');
    assert.equal(chat.card().title, 'Switch on the two cipher suites');
  });
});

describe('a report of a script that was never handed out', () => {
  it('says so, and proves nothing', async () => {
    const chat = await checked(dheOnly);
    await chat.says(report({ 'report.script-sha256': 'ab'.repeat(32) }, '07:55'));
    assert.match(chat.card().text, /a script that I never handed out/);
    await chat.presses('It works now');
    await chat.presses('Done', { value: 'restart' });
    assert.equal(lastCase(chat)?.outcome, 'word: restart');
  });
});

/** A chat in which a report of this PC came in, made at 07:40. */
async function checked(...changes: readonly Changes[]): Promise<Chat> {
  const chat = openChat();
  await chat.says('0x8004de40 windows 10');
  await chat.says(report(Object.assign({}, ...changes), '07:40'));
  return chat;
}

function report(changes: Changes, time: string): string {
  return buildReport(pc, { 'clock.server-date-utc': `2026-11-24T${time}:00Z` }, changes);
}

function caseIn(chat: Chat) {
  const state = chat.store.changes.at(-1)?.state as {
    case: {
      examined: unknown;
      unclaimed: unknown;
      tried: readonly unknown[];
      inVain: readonly string[];
      checkCodes: readonly string[];
    };
  };
  return state.case;
}

function lastCase(chat: Chat) {
  return chat.store.changes.at(-1)?.cases.at(-1);
}

function outcomeOf(chat: Chat): Outcome | undefined {
  const closed = chat.store.changes.at(-1)?.events.find(({ kind }) => kind === 'closed');
  return closed?.data as Outcome | undefined;
}
