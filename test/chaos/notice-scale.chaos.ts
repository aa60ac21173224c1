import assert from 'node:assert/strict';
import { openDatabase } from '../../src/storage/connection.ts';
import { type RoughResult, runRoughCampaign } from '../notices/rough-campaign.ts';

const size = 3_000;
const rate = 25;
const seed = Number(process.env.CHAOS_SEED ?? Date.now() % 1_000_000);

describe(`A notice to ${size} in a rough tenant, by workers that die at random (CHAOS_SEED=${seed})`, () => {
  let result: RoughResult;
  before(async function () {
    this.timeout(120_000);
    const database = await openDatabase('pglite:memory://');
    result = await runRoughCampaign(database, { size, rate, workers: 4, seed });
    await database.close();
    console.log(`      ${result.kills} deaths, ${JSON.stringify(result.states)}`);
  });

  it('ends for everybody', () => {
    const { queued, sending, ...ended } = result.states;
    assert.deepEqual([queued, sending], [undefined, undefined]);
    assert.equal(
      Object.values(ended).reduce((sum, count) => sum + count, 0),
      size,
    );
  });

  it('says of each what Teams knows, and nobody got it twice', () => {
    assert.deepEqual(result.wrong, []);
    assert.equal(result.mostReceived, 1);
  });

  it('stays within the rate and the limits of Teams', () => {
    assert.ok(result.mostTokens <= rate);
    assert.equal(result.overLimit, 0);
  });

  it('uses what the rate allows while Teams does not throttle', () => {
    assert.ok(result.use.share > 0.98 && result.use.share <= 1, `${result.use.share}`);
  });
});
