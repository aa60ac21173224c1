import assert from 'node:assert/strict';
import { buildReport } from '../diagnosis/report-builder.ts';
import { openChat } from './chat.ts';

describe('someone who wants a person', () => {
  it('gets a ticket that holds what they saw and confirmed, and honest words on what happens next', async () => {
    const chat = openChat();
    await chat.says('0x8004de40 windows 10');
    await chat.says('can I talk to a human?');
    assert.equal(chat.card().title, 'Talk to a person');
    await chat.presses('Show me the preview', { value: 'Deadline at noon' });
    assert.equal(chat.card().title, 'This is what the helpdesk will see');
    assert.match(chat.card().text, /Deadline at noon.*0x8004de40.*Windows 10/s);
    assert.deepEqual(chat.store.changes.at(-1)?.tickets, []);
    assert.ok(chat.store.changes.at(-1)?.events.some(({ kind }) => kind === 'previewed'));
    const shown = await chat.presses('Yes, save it for them');
    const [opened] = chat.store.changes.at(-1)?.tickets ?? [];
    assert.equal(opened?.command, 'open');
    assert.equal(opened?.details?.shared.note, 'Deadline at noon');
    const words = shown.map(({ text }) => text).join('\n');
    assert.match(words, new RegExp(`${opened?.ticket.id}.*nobody is told by itself.*extension 4711`, 's'));
    assert.equal(chat.card().title, 'How shall we go on?');
  });

  it('can share the report without its text, and sees that text first', async () => {
    const chat = openChat();
    await chat.says('0x8004de40 windows 10');
    await chat.says(buildReport({ 'suites:Get-TlsCipherSuite': retired }));
    await chat.says('talk to a person');
    await chat.says('I need it by noon');
    assert.match(chat.card().text, /HANDSHAKE REPORT 1 BEGIN/);
    await chat.presses('Yes, save it for them', { value: 'note-only' });
    const shared = JSON.stringify(chat.store.changes.at(-1)?.tickets[0]?.details);
    assert.match(shared, /cipher-suites/);
    assert.doesNotMatch(shared, /HANDSHAKE REPORT 1 BEGIN/);
  });

  it('shares nothing on no, and goes on where they were', async () => {
    const chat = openChat();
    await chat.says('0x8004de40 windows 10');
    await chat.says('talk to a person');
    await chat.says('I need it by noon');
    const shown = await chat.says('no');
    assert.match(shown[0]?.text ?? '', /nothing was saved for the helpdesk/);
    assert.equal(chat.card().title, 'How shall we go on?');
    assert.ok(chat.store.changes.every(({ tickets }) => tickets.length === 0));
  });

  it('is one press away on every card', async () => {
    const chat = openChat();
    const cards = [];
    await chat.says('hello');
    cards.push(chat.card());
    await chat.says('0x8004de40');
    cards.push(chat.card());
    await chat.says('windows 10');
    cards.push(chat.card());
    await chat.presses('Check my PC');
    cards.push(chat.card());
    await chat.says('guide me');
    cards.push(chat.card());
    await chat.says('help');
    cards.push(chat.card());
    await chat.says('status');
    cards.push(chat.card());
    for (const card of cards) assert.ok(card.buttons.has('Talk to a person'), card.title);
  });
});

describe('a case that goes on while its ticket is open', () => {
  const lastTickets = (chat: ReturnType<typeof openChat>) => chat.store.changes.at(-1)?.tickets ?? [];
  async function handedOver(choice?: string) {
    const chat = openChat({ connectors: ['desk'] });
    await chat.says('0x8004de40 windows 10');
    if (choice !== undefined) await chat.says(buildReport());
    await chat.says('talk to a person');
    await chat.says('I need it by noon');
    await chat.presses('Yes, save it for them', choice === undefined ? {} : { value: choice });
    return chat;
  }

  it('brings the steps that were tried since into the ticket, and says nothing where nothing is new', async () => {
    const chat = await handedOver();
    await chat.says('guide me');
    assert.deepEqual(lastTickets(chat), []);
    const step = chat.card().title;
    await chat.presses('Still broken');
    const [change] = lastTickets(chat);
    assert.equal(change?.command, 'update', step);
    assert.equal(change?.details?.shared.tried.length, 1);
    assert.equal(change?.details?.shared.note, 'I need it by noon');
    assert.deepEqual(change?.messages, []);
  });

  it('brings what a new report shows, with its text where that is shared', async () => {
    const chat = await handedOver('with-report');
    await chat.says(buildReport({ 'suites:Get-TlsCipherSuite': retired }));
    const [change] = lastTickets(chat);
    assert.equal(change?.command, 'report');
    assert.match(change?.details?.title ?? '', /cipher suites/);
    assert.equal(change?.details?.shared.diagnosis?.verdict, 'fail');
    assert.match(change?.details?.shared.report ?? '', /TLS_DHE_RSA/);
    assert.deepEqual(
      change?.events.map(({ what }) => what.kind),
      ['line', 'file'],
    );
  });

  it('keeps the text of a new report back where the first one was kept back', async () => {
    const chat = await handedOver('note-only');
    await chat.says(buildReport({ 'suites:Get-TlsCipherSuite': retired }));
    const [change] = lastTickets(chat);
    assert.equal(change?.details?.shared.report, null);
    assert.deepEqual(
      change?.events.map(({ what }) => what.kind),
      ['line'],
    );
  });
});

describe('someone who cannot do the step that the report calls for', () => {
  it('is offered the helpdesk first, goes on without the step, and hears what was not tried', async () => {
    const chat = openChat();
    await chat.says('0x8004de40 windows 11');
    await chat.says(buildReport({ 'suites:Get-TlsCipherSuite': retired }));
    await chat.presses('Show me this step');
    await chat.presses("I can't do this");
    assert.equal(chat.card().title, 'This step may need someone else');
    assert.match(chat.card().text, /It needs: \nan administrator account/);
    const shown = [...(await chat.presses('Go on without it'))];
    for (let left = 10; !chat.card().buttons.has('Start over') && left > 0; left -= 1) {
      const isQuestion =
        chat.card().buttons.has('No, not that I know') || !chat.card().buttons.has('Still broken');
      shown.push(...(isQuestion ? await chat.says("I don't know") : await chat.presses('Still broken')));
    }
    const words = shown.map(({ text }) => text).join('\n');
    assert.match(words, /Reset OneDrive: as long as this stands, it would not help/);
    assert.match(chat.card().text, /You could not do: \nSwitch on the two cipher suites/);
    assert.match(chat.card().text, /Held back[^\n]*\n[^\n]*Reset OneDrive/);
    assert.match(chat.card().text, /Not needed, by your report: \nCheck the internet connection/);
    assert.doesNotMatch(chat.card().text, /everything/);
    await chat.presses('It works now');
    assert.doesNotMatch(JSON.stringify(chat.card().card), /Switch on the two cipher suites/);
  });
});

describe('a PC on which the script cannot be had', () => {
  it('is checked by commands whose output is pasted', async () => {
    const chat = openChat();
    await chat.says('0x8004de40 windows 10');
    await chat.presses('Check my PC');
    await chat.presses("Can't download or run it");
    assert.match(chat.card().text, /netsh winhttp show proxy.*execution policy/s);
    await chat.says('Name\n----\nTLS_RSA_WITH_AES_128_CBC_SHA\n');
    assert.match(chat.card().text, /What I found/);
  });
});

const retired = ['TLS_DHE_RSA_WITH_AES_256_GCM_SHA384', 'TLS_RSA_WITH_AES_128_CBC_SHA'];
