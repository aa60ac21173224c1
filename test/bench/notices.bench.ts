import assert from 'node:assert/strict';
import { parseArgs } from 'node:util';
import { openDatabase } from '../../src/storage/connection.ts';
import { type RoughResult, runRoughCampaign } from '../notices/rough-campaign.ts';

/**
 * How fast and how sure a notice goes out, in simulated time over the real SQL: a tenant that throttles in bursts
 * (30 % of the time), refuses, hangs and answers unclearly, and workers that die at random. What must never happen
 * fails the run. Uses a new, empty database.
 * Run `node test/bench/notices.bench.ts [--recipients 100000] [--workers 4] [--seed N] [--url pglite:PATH|postgres://…]`.
 */
const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'pglite:memory://' },
    recipients: { type: 'string', default: '100000' },
    workers: { type: 'string', default: '4' },
    rate: { type: 'string', default: '25' },
    seed: { type: 'string', default: `${Date.now() % 1_000_000}` },
    seconds: { type: 'string' },
  },
});
const size = Number(values.recipients);
const rate = Number(values.rate);

const database = await openDatabase(values.url);
const begin = performance.now();
const result = await runRoughCampaign(database, {
  ...{ size, rate, workers: Number(values.workers), seed: Number(values.seed) },
});
const seconds = (performance.now() - begin) / 1_000;
await database.close();
console.log(tell(result));
check(result);

function tell({ states, kills, requests, throttled, use, ...most }: RoughResult): string {
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
  const lines = [
    `a notice to ${size} on ${database.kind}, ${values.workers} workers, seed ${values.seed}`,
    `${Object.entries(states)
      .map(([state, count]) => `${state} ${count}`)
      .join(', ')}`,
    `${kills} workers killed, ${requests} requests, ${throttled} of them answered 429`,
    `${most.wrong.length} rows contradict Teams; nobody got more than ${most.mostReceived}`,
    `at most ${most.mostTokens} tokens a second of ${rate}; at most ${most.mostRequests} requests arrived in one`,
    `${most.overLimit} requests beyond the published limits`,
    `${percent(use.share)} of all tokens used in ${use.seconds.toFixed(0)} simulated s, of which ${percent(use.paused)} paused by 429`,
    `${seconds.toFixed(0)} s on this machine, ${((seconds * 1_000) / size).toFixed(2)} ms a person`,
  ];
  return lines.join('\n  ');
}

function check({ states, wrong, mostReceived, mostTokens, overLimit, use }: RoughResult): void {
  const { queued, sending, ...ended } = states;
  assert.equal(
    Object.values(ended).reduce((sum, count) => sum + count, 0),
    size,
  );
  assert.deepEqual(
    { queued, sending, wrong, mostReceived, overLimit },
    {
      ...{ queued: undefined, sending: undefined, wrong: [], mostReceived: 1, overLimit: 0 },
    },
  );
  assert.ok(mostTokens <= rate, `${mostTokens} tokens in a second`);
  assert.ok(use.share >= 0.98 && use.share <= 1, `${use.share} of the tokens were used`);
}
