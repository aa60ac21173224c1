import assert from 'node:assert/strict';
import { openChat, type Shown } from './chat.ts';

describe('a person who gets into OneDrive again', () => {
  it('says what is wrong, walks the first steps, and closes the case', async () => {
    const chat = openChat();
    const greeting = await chat.says('getting 0x8004DE40 on my Windows 10 laptop since Monday');
    assert.deepEqual(titles(greeting), ["Hello, I'm Handshake", 'How shall we go on?']);
    assert.match(chat.card().text, /0x8004de40 · Windows 10/);

    await chat.presses('Guide me step by step');
    assert.match(chat.card().text, /Step 1 of \d+/);
    const internet = chat.card();
    await chat.presses('Still broken');
    assert.match(chat.card().text, /Step 2 of \d+/);
    assert.match(answered(chat.all(), internet), /Still broken/);

    await chat.says('it works now!');
    assert.equal(chat.card().title, 'Great, it works again!');
    const closed = await chat.presses('Done', { value: 'clock' });
    assert.match(closed.at(-1)?.title ?? '', /Solved/);
    assert.equal(chat.store.changes.at(-1)?.cases.at(-1)?.status, 'solved');
  });

  it('opens a closed case again in one press, where it was', async () => {
    const chat = openChat();
    await chat.says('0x8004de88 windows 11');
    await chat.presses('Guide me step by step');
    const step = chat.card().title;
    await chat.presses('It works now');
    await chat.presses('Done', { value: 'unknown' });
    await chat.presses('It came back');
    assert.equal(chat.card().title, step);
    assert.equal(chat.store.changes.at(-1)?.cases.at(-1)?.status, 'open');
  });
});

describe('the questions', () => {
  it('come as cards with labelled choices, code first, then the system', async () => {
    const chat = openChat();
    await chat.receives({ type: 'installationUpdate', action: 'add' });
    assert.equal(chat.card().title, 'Which error do you see?');
    await chat.presses('Continue', { value: '0x8004de40' });
    assert.equal(chat.card().title, 'Which Windows is it?');
    await chat.presses('Continue', { value: 'server-2012-r2' });
    assert.match(chat.card().text, /0x8004de40 · Windows Server 2012 R2/);
  });

  it('are greeted from one of the two events of an install', async () => {
    const chat = openChat();
    const bot = { id: '28:bot', name: 'Handshake' };
    const first = await chat.receives({ type: 'conversationUpdate', membersAdded: [bot] });
    const second = await chat.receives({ type: 'installationUpdate', action: 'add' });
    assert.equal(first.length, 2);
    assert.equal(second.length, 0);
  });

  it('explain another code of the family and lead on or to a person', async () => {
    const chat = openChat();
    await chat.says('I get 0x8004def7');
    assert.match(chat.card().title, /0x8004def7/);
    assert.match(chat.card().text, /storage is full/);
    await chat.presses('Another code');
    assert.equal(chat.card().title, 'Which error do you see?');
  });
});

describe('a card that was answered', () => {
  it('has no buttons any more', async () => {
    const chat = openChat();
    await chat.says('0x8004de40');
    const question = chat.card();
    await chat.presses('Continue', { value: 'windows-11' });
    const now = chat.all().find(({ id }) => id === question.id);
    assert.equal(now?.buttons.size, 0);
    assert.match(now?.text ?? '', /Windows 11/);
  });

  it('has no effect when pressed again, but shows where we are', async () => {
    const chat = openChat();
    await chat.says('0x8004de40 windows 10');
    await chat.presses('Guide me step by step');
    const first = chat.card();
    await chat.presses('Still broken');
    const before = chat.card().title;
    const tried = triedSoFar(chat);
    const shown = await chat.presses('Still broken', {}, first);
    assert.match(shown[0]?.text ?? '', /from earlier/);
    assert.equal(chat.card().title, before);
    assert.deepEqual(triedSoFar(chat), tried);
  });

  it('cannot be pressed with a binding that was made up', async () => {
    const chat = openChat();
    await chat.says('0x8004de40 windows 10');
    await chat.presses('Guide me step by step');
    const data = { ...chat.card().buttons.get('Still broken'), binding: 'CASE.3.forged' };
    const shown = await chat.receives({ value: data });
    assert.match(shown[0]?.text ?? '', /from earlier/);
    assert.deepEqual(triedSoFar(chat), []);
  });

  it('cannot be pressed with a value that no card has', async () => {
    const chat = openChat();
    await chat.says('0x8004de40 windows 10');
    for (const value of [{}, 'x', 7, [], { press: 'works' }, { press: 'delete-all', binding: 'a' }]) {
      const shown = await chat.receives({ value });
      assert.match(shown[0]?.text ?? '', /from earlier/);
    }
  });

  it('of somebody else in a group does nothing for me', async () => {
    const conversation = { id: '19:group', conversationType: 'groupChat', isGroup: true };
    const anna = openChat({ conversation });
    const ben = openChat({ conversation, userId: '29:ben', store: anna.store });
    await anna.says('0x8004de40 windows 10');
    await anna.presses('Guide me step by step');
    await ben.presses('Still broken', {}, anna.card());
    assert.deepEqual(triedSoFar(anna), []);
    assert.equal(ben.card().title, 'Which error do you see?');
  });
});

describe('a conversation that was left', () => {
  it('goes on where it was after a restart of the bot', async () => {
    const before = openChat();
    await before.says('0x8004de40 windows 10');
    await before.presses('Guide me step by step');
    await before.presses('Still broken');
    const after = openChat({ store: before.store });
    await after.says('still broken');
    assert.match(after.card().text, /Step 3 of \d+/);
  });

  it('takes a press on a card from before the restart', async () => {
    const before = openChat();
    await before.says('0x8004de40 windows 10');
    const after = openChat({ store: before.store });
    await after.presses('Guide me step by step', {}, before.card());
    assert.match(after.card().text, /Step 1 of \d+/);
  });
});

describe('someone who starts over', () => {
  it('leaves the old case closed and gets a new one', async () => {
    const chat = openChat();
    await chat.says('0x8004de40 windows 10');
    const old = chat.store.changes.at(-1)?.cases.at(-1)?.id;
    await chat.says('start over');
    const [left, fresh] = chat.store.changes.at(-1)?.cases ?? [];
    assert.deepEqual([left?.id, left?.status], [old, 'cancelled']);
    assert.equal(fresh?.status, 'open');
    assert.equal(chat.card().title, 'Which error do you see?');
  });
});

describe('the check of the PC', () => {
  it('hands out the script with its size and fingerprint, and reads what comes back by paste', async () => {
    const chat = openChat();
    await chat.says('0x8004de40 windows 10');
    await chat.presses('Check my PC');
    assert.match(
      JSON.stringify(chat.card().card),
      /https:\/\/bot\.example\.com\/scripts\/[^"]+\/handshake-check\.ps1/,
    );
    assert.match(chat.card().text, /[0-9a-f]{64}/);
    await chat.says('Name\n----\nTLS_DHE_RSA_WITH_AES_256_GCM_SHA384\nTLS_RSA_WITH_AES_128_CBC_SHA\n');
    assert.match(chat.card().text, /TLS_DHE_RSA_WITH_AES_256_GCM_SHA384/);
    assert.equal(chat.store.changes.at(-1)?.report?.caseId, chat.store.changes.at(-1)?.cases.at(-1)?.id);
    await chat.presses('Show me this step');
    assert.match(JSON.stringify(chat.card().card), /Enable-TlsCipherSuite/);
  });

  it('is offered again from the guide without losing what is known', async () => {
    const chat = openChat();
    await chat.says('0x8004de40 windows 10');
    await chat.presses('Guide me step by step');
    await chat.presses('Still broken');
    await chat.presses('Check my PC instead');
    assert.match(chat.card().title, /check your PC/);
    await chat.says('back');
    assert.match(chat.card().text, /Step 2 of/);
  });
});

function titles(shown: readonly Shown[]): readonly string[] {
  return shown.map(({ title, text }) => title || text);
}

function answered(all: readonly Shown[], card: Shown): string {
  return all.find(({ id }) => id === card.id)?.text ?? '';
}

function triedSoFar(chat: { readonly store: { readonly changes: readonly { readonly state: unknown }[] } }) {
  const state = chat.store.changes.at(-1)?.state as { case: { tried: unknown[] } };
  return state.case.tried;
}
