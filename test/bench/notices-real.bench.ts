import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startTeamsConnector } from '../doubles/teams-connector.ts';
import { mostInOneSecond, readTokens, startCampaign } from '../notices/campaign.ts';
import { countStates } from '../notices/sending-world.ts';
import { openBenchDatabase } from './databases.ts';

/**
 * A notice in real time: worker processes on a real PostgreSQL, over HTTP to a Teams that enforces its limits. One of
 * them is killed half-way. What must never happen fails the run. Takes about a minute.
 * Run `node test/bench/notices-real.bench.ts [--recipients 1000] [--workers 2] [--rate 25]`.
 */
const { values } = parseArgs({
  options: {
    recipients: { type: 'string', default: '1000' },
    workers: { type: 'string', default: '2' },
    rate: { type: 'string', default: '25' },
    seconds: { type: 'string' },
  },
});
const people = Number(values.recipients);
const rate = Number(values.rate);
const id = 'N-BENCH1';
const command = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));

const { database, url, close } = await openBenchDatabase({ url: '', postgres: true });
const connector = await startTeamsConnector({ clock: { now: Date.now, advance: () => undefined } });
const workers: ChildProcess[] = [];
try {
  const users = await startCampaign(database, connector, { id, people });
  for (let count = 0; count < Number(values.workers); count += 1) workers.push(startWorker());
  await until(() => connector.sent().length >= people / 2);
  workers[0]?.kill('SIGKILL');
  workers.push(startWorker());
  await untilOver();
  const states = await countStates(database, id);
  const tokens = await readTokens(database);
  tell(states, tokens);
  const { sent = 0, unknown = 0, ...others } = states;
  assert.deepEqual([sent + unknown, others], [people, {}]);
  assert.ok(
    users.every((user) => user.messages().length <= 1),
    'somebody got two',
  );
  assert.ok(mostInOneSecond(tokens) <= rate, 'more tokens than the rate');
} finally {
  for (const worker of workers) worker.kill('SIGTERM');
  await Promise.all(workers.map((worker) => worker.exitCode ?? worker.signalCode ?? once(worker, 'exit')));
  await connector.close();
  await close();
}

function tell(states: Readonly<Record<string, number>>, tokens: readonly number[]): void {
  const seconds = ((tokens.at(-1) ?? 0) - (tokens[0] ?? 0)) / 1_000;
  const used = tokens.length / (rate * (seconds + 1));
  const arrived = mostInOneSecond(connector.sent().map(({ at }) => at));
  const lines = [
    `a notice to ${people} in real time, ${values.workers} processes on PostgreSQL, one killed half-way`,
    Object.entries(states)
      .map(([state, count]) => `${state} ${count}`)
      .join(', '),
    `${tokens.length} tokens in ${seconds.toFixed(1)} s: ${(used * 100).toFixed(1)} % of what the budget allows`,
    `at most ${mostInOneSecond(tokens)} tokens in any second of ${rate}; at most ${arrived} requests arrived in one`,
  ];
  console.log(lines.join('\n  '));
}

function startWorker(): ChildProcess {
  const env = { PATH: process.env.PATH, DATABASE_URL: url, LOG_LEVEL: 'fatal', NOTICE_RATE: `${rate}` };
  return spawn(process.execPath, [command, 'worker'], { env, stdio: 'ignore' });
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await setTimeout(50);
}

/** What a killed process had on its way becomes unknown after a minute. */
async function untilOver(): Promise<void> {
  const end = Date.now() + 300_000;
  while (Date.now() < end) {
    const { queued = 0, held = 0, sending = 0 } = await countStates(database, id);
    if (queued + held + sending === 0) return;
    await setTimeout(500);
  }
}
