import assert from 'node:assert/strict';
import type { TeamsUser } from '../doubles/teams-user.ts';
import {
  conversationOf,
  databaseStarts,
  startWorld,
  storedOf,
  textOf,
  type World,
  wordsSeenBy,
} from './harness.ts';
import { brokenReport, reportFile } from './reports.ts';

/** One database on disk for the file; it also is the local mode's. */
describe('In local mode, on a directory', () => {
  let world: World;
  before(async function () {
    this.timeout(databaseStarts);
    world = await startWorld({ mode: 'local', data: 'disk' });
  });
  after(() => world.close());

  const cardOf = (user: TeamsUser) => textOf(user.lastCard().content);

  it('a conversation goes on where it was after a restart, and takes a press on the old card', async function () {
    this.timeout(databaseStarts);
    const maria = world.connector.user();
    await maria.says('0x8004de40 windows 10');
    await maria.pressesButton('Guide me step by step');
    await maria.pressesButton('Still broken');
    const paul = world.connector.user();
    await paul.says('0x8004de88 windows 11');
    await paul.pressesButton('Check my PC');
    await paul.says(brokenReport.split('\r\n').slice(0, 20).join('\n'));
    const old = maria.lastCard().id;
    assert.match(cardOf(maria), /Step 2 of/);

    await world.restart();
    await maria.pressesButton('Still broken');
    assert.match(cardOf(maria), /Step 3 of/);
    assert.equal(maria.messages().find(({ id }) => id === old)?.edits, 1);
    await maria.says('back');
    assert.match(cardOf(maria), /Step 2 of/);

    await paul.says(brokenReport.split('\r\n').slice(20).join('\n'));
    assert.match(cardOf(paul), /I found what blocks OneDrive/, 'half of the report came before the restart');
    const { cases } = await storedOf(world, conversationOf(paul));
    assert.equal(cases.length, 1);
  });

  it('an activity from before the restart that comes again has no second effect', async function () {
    this.timeout(databaseStarts);
    const maria = world.connector.user();
    await maria.says('0x8004de40 windows 10');
    const before = wordsSeenBy(maria);
    await world.restart();
    assert.equal((await maria.repeats()).status, 200);
    assert.deepEqual(wordsSeenBy(maria), before);
    assert.equal((await storedOf(world, conversationOf(maria))).version, 1);
  });

  it('a report is read from an attachment with a contentUrl', async () => {
    const maria = world.connector.user();
    await maria.says('0x8004de40 windows 10');
    const contentUrl = new URL(world.connector.files.host(reportFile), world.connector.url).href;
    const attachment = { contentType: 'text/plain', contentUrl, name: reportFile.name };
    await maria.sends({ type: 'message', channelId: 'emulator', attachments: [attachment] });
    assert.match(wordsSeenBy(maria).at(-1) ?? '', /I found what blocks OneDrive/);
  });

  it('a file is not fetched from a host of the web', async () => {
    const maria = world.connector.user();
    await maria.says('0x8004de40 windows 10');
    const attachment = {
      contentType: 'text/plain',
      contentUrl: 'https://198.51.100.7/report.txt',
      name: 'a.txt',
    };
    await maria.sends({ type: 'message', attachments: [attachment] });
    assert.match(wordsSeenBy(maria).at(-2) ?? '', /not allowed to open files from that place/);
  });

  it('no file is offered, which the local chat could not save', async () => {
    const maria = world.connector.user();
    await maria.says('0x8004de40 windows 10');
    await maria.pressesButton('Check my PC');
    assert.throws(() => maria.pressesButton('Send it to me as a file'), /no button/);
  });
});
