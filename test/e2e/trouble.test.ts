import assert from 'node:assert/strict';
import { databaseStarts, teamsWorld, type World, wordsSeenBy } from './harness.ts';

describe('In Teams, when something goes wrong on our side', () => {
  let world: World;
  before(async function () {
    this.timeout(databaseStarts);
    world = await teamsWorld();
  });

  /** Runs the task while no turn can be saved. */
  async function whileBroken(task: () => Promise<void>): Promise<void> {
    const { schema } = world.app.database.db;
    await schema.alterTable('case_events').renameTo('case_events_gone').execute();
    try {
      await task();
    } finally {
      await schema.alterTable('case_events_gone').renameTo('case_events').execute();
    }
  }

  it('the person hears so, with a reference that finds the fault in the log and not a word of the fault', async () => {
    const maria = world.connector.user();
    await whileBroken(async () => {
      assert.equal((await maria.says('0x8004de40 on windows 10')).status, 500);
    });
    const [words = ''] = wordsSeenBy(maria);
    const reference = /E-\w{6}/.exec(words)?.[0] ?? 'none';
    assert.match(words, /^Something went wrong on my side/);
    assert.doesNotMatch(words, /case_events|relation|error/i);
    const lines = world.logged.filter((line) => line.includes(reference));
    assert.equal(lines.length, 1);
    assert.partialDeepStrictEqual(JSON.parse(lines[0] ?? ''), { msg: 'turn failed', type: 'message' });
  });

  it('they hear it once, though Teams sends the message again, which then counts', async () => {
    const maria = world.connector.user();
    await whileBroken(async () => {
      await maria.says('0x8004de40 on windows 10');
      await maria.repeats();
      assert.equal(maria.messages().length, 1);
    });
    assert.equal((await maria.repeats()).status, 200);
    assert.match(wordsSeenBy(maria).at(-1) ?? '', /How shall we go on\?/);
  });

  it('the log says so when not even that could be said, and the server goes on', async () => {
    const maria = world.connector.user();
    await whileBroken(async () => {
      world.connector.failNext(1, { kind: 'status', status: 500, accepted: false });
      assert.equal((await maria.says('0x8004de40 on windows 10')).status, 500);
    });
    assert.match(
      world.logged.at(-1) ?? '',
      /"outcome":\{"kind":"unknown","reason":"500"\}.*"failure not told"/,
    );
    await maria.says('0x8004de40 on windows 10');
    assert.match(wordsSeenBy(maria).at(-1) ?? '', /How shall we go on\?/);
  });

  it('nobody is told who has asked nothing', async () => {
    const maria = world.connector.user();
    await whileBroken(async () => {
      await maria.installs();
    });
    assert.deepEqual(maria.messages(), []);
  });
});

describe('In Teams, someone who floods the bot', () => {
  let world: World;
  before(async function () {
    this.timeout(databaseStarts);
    world = await teamsWorld();
  });

  it('is asked once to slow down, and others do not notice', async () => {
    const [maria, paul] = [world.connector.user(), world.connector.user()];
    const again = { type: 'message', id: 'the-same', text: '0x8004de40 on windows 10' };
    const answers = await Promise.all(Array.from({ length: 70 }, () => maria.sends(again)));
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]));
    assert.equal(wordsSeenBy(maria).filter((words) => words.startsWith('That was a lot at once')).length, 1);
    await paul.says('0x8004de40 on windows 10');
    assert.equal(paul.messages().length, 2);
  });
});
