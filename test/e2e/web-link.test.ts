import assert from 'node:assert/strict';
import { objectsOf } from '../bot/chat.ts';
import type { TeamsUser } from '../doubles/teams-user.ts';
import {
  conversationOf,
  databaseStarts,
  startWorld,
  storedOf,
  teamsWorld,
  textOf,
  type World,
  wordsSeenBy,
} from './harness.ts';
import { brokenReport, reportFile } from './reports.ts';

type Visit = { readonly status: number; readonly text: string; readonly headers: Headers };

/** A browser that somebody points at the page of the bot, on any device. */
function browserAt(world: World) {
  async function visit(path: string, init: RequestInit = {}): Promise<Visit> {
    const answer = await fetch(world.app.url + path, init);
    return { status: answer.status, text: await answer.text(), headers: answer.headers };
  }
  const form = (name: string, value: string | File) => {
    const data = new FormData();
    data.set(name, value);
    return data;
  };
  return {
    opens: (path: string) => visit(path),
    sendsFile: (code: string, { name, bytes }: { readonly name: string; readonly bytes: Uint8Array }) =>
      visit(`/r/${code}`, { method: 'POST', body: form('file', new File([Buffer.from(bytes)], name)) }),
    pastes: (code: string, text: string) => visit(`/r/${code}`, { method: 'POST', body: form('text', text) }),
  };
}

/** The code that is on the card with the script. */
function codeOn(user: TeamsUser): string {
  return codeIn(user.lastCard().content);
}

function codeIn(card: unknown): string {
  const shown = textOf(card).match(/^[2-9A-Z]{4}-[2-9A-Z]{4}$/m)?.[0];
  assert.ok(shown, textOf(card));
  return shown.replace('-', '');
}

function cardOf(user: TeamsUser): string {
  return textOf(user.lastCard().content);
}

describe('The web link in Teams', () => {
  let world: World;
  let browser: ReturnType<typeof browserAt>;
  before(async function () {
    this.timeout(databaseStarts);
    world = await teamsWorld();
    browser = browserAt(world);
  });

  async function asksForCheck(): Promise<TeamsUser> {
    const maria = world.connector.user({ name: 'Maria' });
    await maria.installs();
    await maria.says('0x8004de40 on windows 10');
    await maria.pressesButton('Check my PC');
    return maria;
  }

  describe('someone who chats on the phone and opens the page on the broken PC', () => {
    it('gets the result on the page and the card in the chat, by a file', async () => {
      const maria = await asksForCheck();
      const page = await browser.sendsFile(codeOn(maria), reportFile);
      assert.equal(page.status, 200);
      assert.match(page.text, /I found what blocks OneDrive/);
      assert.match(page.text, /Switch on the two cipher suites/);
      assert.match(page.text, /Go back to the chat/);
      assert.match(cardOf(maria), /I found what blocks OneDrive/);
      assert.match(cardOf(maria), /Recommended next step\nSwitch on the two cipher suites/);
    });

    it('gets the same card by pasting the text there', async () => {
      const [maria, paul] = [await asksForCheck(), await asksForCheck()];
      await browser.sendsFile(codeOn(maria), reportFile);
      await browser.pastes(codeOn(paul), brokenReport);
      assert.equal(cardOf(paul), cardOf(maria));
    });

    it('goes on in the chat from the card, as after any report', async () => {
      const maria = await asksForCheck();
      await browser.sendsFile(codeOn(maria), reportFile);
      await maria.pressesButton('Show me this step');
      assert.match(cardOf(maria), /Enable-TlsCipherSuite/);
    });

    it('sees the script card turned into its answered form', async () => {
      const maria = await asksForCheck();
      const { id: card } = maria.messages().at(-1) ?? assert.fail();
      await browser.sendsFile(codeOn(maria), reportFile);
      const edited = maria.messages().find(({ id }) => id === card);
      assert.match(textOf(edited?.activity.attachments?.[0]?.content), /with your report/);
    });

    it('finds both scripts on the page under names that hold the code', async () => {
      const maria = await asksForCheck();
      const code = codeOn(maria);
      const { text } = await browser.opens(`/r/${code}`);
      const links = [...text.matchAll(/href="\.\.(\/scripts\/[^"]+)"/g)].map(([, path]) => path ?? '');
      assert.equal(links.length, 2);
      for (const link of links) {
        const { status, headers } = await browser.opens(link);
        assert.equal(status, 200);
        assert.match(headers.get('content-disposition') ?? '', new RegExp(`check-${code}\\.(?:ps1|cmd)"$`));
      }
    });

    it('is led by address, code, link and picture of the card to the same page', async () => {
      const maria = await asksForCheck();
      const code = codeOn(maria);
      const { content } = maria.lastCard();
      assert.match(cardOf(maria), /^https:\/\/bot\.example\.com\/r$/m);
      assert.ok(cardOf(maria).includes(`(https://bot.example.com/r/${code})`));
      assert.equal(objectsOf(content).filter(({ type }) => type === 'Image').length, 1);
      const typed = `${code.slice(0, 4).toLowerCase()}-${code.slice(4)}`;
      const { text } = await browser.opens(`/r?code=${typed}`);
      assert.match(text, new RegExp(`Your code: ${code.slice(0, 4)}-${code.slice(4)}`));
    });
  });

  describe('a code', () => {
    it('takes one report, whoever sends a second one', async () => {
      const maria = await asksForCheck();
      const code = codeOn(maria);
      await browser.sendsFile(code, reportFile);
      const { version, cases } = await storedOf(world, conversationOf(maria));
      const again = await browser.sendsFile(code, reportFile);
      assert.equal(again.status, 409);
      assert.match(again.text, /A report has come in already/);
      assert.match((await browser.opens(`/r/${code}`)).text, /A report has come in already/);
      assert.equal((await storedOf(world, conversationOf(maria))).version, version);
      assert.equal(cases.length, 1);
    });

    it('takes one report when many arrive in the same moment', async () => {
      const maria = await asksForCheck();
      const code = codeOn(maria);
      const before = maria.messages().length;
      const pages = await Promise.all(Array.from({ length: 8 }, () => browser.sendsFile(code, reportFile)));
      for (const { text } of pages) assert.match(text, /I found what blocks OneDrive|has come in already/);
      assert.equal(maria.messages().length, before + 1);
    });

    it('stays good when what comes is no report, and the chat is left alone', async () => {
      const maria = await asksForCheck();
      const code = codeOn(maria);
      const before = wordsSeenBy(maria);
      const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
      const picture = await browser.sendsFile(code, { name: 'handshake-report.txt', bytes: png });
      assert.equal(picture.status, 422);
      assert.match(picture.text, /can&#39;t read pictures/);
      const chatter = await browser.pastes(code, 'hello there, it does not work');
      assert.match(chatter.text, /could not find a report in that/);
      const names =
        '=== HANDSHAKE NAMES 1: STAYS ON THIS COMPUTER ===\r\nuser-1 = maria\r\nhost-1 = PC-7\r\n';
      assert.match((await browser.pastes(code, names)).text, /stay/i);
      assert.deepEqual(wordsSeenBy(maria), before);
      assert.match((await browser.pastes(code, brokenReport)).text, /I found what blocks OneDrive/);
    });

    it('still leads into the chat of someone who started over, where they go on with it', async () => {
      const maria = await asksForCheck();
      const code = codeOn(maria);
      await maria.says('start over');
      const page = await browser.sendsFile(code, reportFile);
      assert.match(page.text, /Your report has arrived.*Go back to the chat/s);
      assert.doesNotMatch(page.text, /I found what blocks/);
      assert.match(cardOf(maria), /I found what blocks OneDrive/);
    });

    it('is the same while it is good, and a new one after a report', async () => {
      const maria = await asksForCheck();
      const first = codeOn(maria);
      await maria.says('status');
      await maria.pressesButton('Continue');
      assert.equal(codeOn(maria), first);
      await browser.sendsFile(first, reportFile);
      await maria.says('check my pc');
      assert.notEqual(codeOn(maria), first);
      assert.match((await browser.pastes(codeOn(maria), brokenReport)).text, /I found what blocks OneDrive/);
    });
  });

  describe('two people who check their PCs from one group chat', () => {
    it('get each their own result there, into their own case', async () => {
      const id = world.connector.channel('group-with-pcs');
      const { tenantId } = world.connector;
      const conversation = { id, conversationType: 'groupChat', isGroup: true, tenantId } as never;
      const codes: string[] = [];
      const [maria, paul] = [world.connector.user(), world.connector.user()];
      for (const person of [maria, paul]) {
        await person.sends({ type: 'message', text: '0x8004de40 on windows 10', conversation });
        await person.sends({ type: 'message', text: 'check my pc', conversation });
        const { activity } = world.connector.shown(id).at(-1) ?? assert.fail();
        codes.push(codeIn(activity.attachments?.[0]?.content));
      }
      await browser.sendsFile(codes[1] ?? '', reportFile);
      const places = async (person: TeamsUser) =>
        (await storedOf(world, `msteams/${id}/${person.profile.id}`)).cases.map(({ place }) => place);
      assert.deepEqual(await places(paul), ['result']);
      assert.deepEqual(await places(maria), ['script']);
    });
  });

  describe('a report that comes in by the web', () => {
    it('has nothing of it logged', async () => {
      const maria = await asksForCheck();
      const from = world.logged.length;
      await browser.pastes(codeOn(maria), brokenReport);
      const logged = world.logged.slice(from).join('\n');
      for (const line of brokenReport.split('\r\n').filter((text) => text.length > 12)) {
        assert.ok(!logged.includes(line), line);
      }
    });
  });
});

describe('The web link in a local chat', () => {
  let world: World;
  before(async function () {
    this.timeout(databaseStarts);
    world = await startWorld({ mode: 'local', data: 'disk' });
  });
  after(() => world.close());

  it('works there too, and after a restart', async function () {
    this.timeout(databaseStarts);
    const anna = world.connector.user();
    await anna.says('0x8004de40 on windows 10');
    await anna.pressesButton('Check my PC');
    const code = codeOn(anna);
    await world.restart();
    const page = await browserAt(world).sendsFile(code, reportFile);
    assert.match(page.text, /I found what blocks OneDrive/);
    assert.match(cardOf(anna), /I found what blocks OneDrive/);
  });
});
