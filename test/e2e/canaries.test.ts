import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { canaries, canariesIn, plantedReport } from '../redaction/canaries.ts';
import { databaseStarts, startWorld, type World } from './harness.ts';
import { cutIntoMessages } from './reports.ts';

/**
 * Names in reports and in what people type, brought in by every lane of a chat. The Teams identity of the person,
 * without which nobody could be answered, stays and is no canary.
 */
describe('A name that a report or a message holds', () => {
  let world: World;
  before(async function () {
    this.timeout(databaseStarts);
    world = await startWorld({ mode: 'teams', data: 'memory' });
    await bringIn(world);
  });
  after(() => world.close());

  it('stands in no row of any table', async () => {
    const { rows: tables } = await sql<{ name: string }>`
      select quote_ident(table_schema) || '.' || quote_ident(table_name) as name from information_schema.tables
      where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`.execute(
      world.app.database.db,
    );
    const counts: Record<string, number> = {};
    for (const { name } of tables) {
      const { rows } = await sql<{ row: string }>`select t::text as row from ${sql.raw(name)} t`.execute(
        world.app.database.db,
      );
      counts[name.replace(/^.*\./, '')] = rows.length;
      for (const { row } of rows) assert.deepEqual(canariesIn(row), [], `${name}: ${row.slice(0, 2_000)}`);
    }
    const { reports = 0, tickets = 0, case_events: events = 0 } = counts;
    assert.ok(
      reports >= 4 && tickets >= 1 && events > 10,
      `there was something to look at: ${JSON.stringify(counts)}`,
    );
  });

  it('stands in no message and on no card', () => {
    const sent = world.connector.sent().map(({ body }) => JSON.stringify(body));
    assert.ok(sent.length > 10);
    for (const message of sent) assert.deepEqual(canariesIn(message), [], message.slice(0, 2_000));
  });

  it('stands in no line of the log', () => {
    assert.ok(world.logged.length > 0);
    for (const line of world.logged) assert.deepEqual(canariesIn(line), [], line);
  });
});

async function bringIn({ connector }: World): Promise<void> {
  const typed = canaries.map(({ text }) => text).join(' and ');
  const report = plantedReport();
  const maria = connector.user({ name: 'Maria' });
  await maria.installs();
  await maria.says(`0x8004de40 on windows 10, it says ${typed}`);
  await maria.pressesButton('Check my PC');
  await maria.attaches({ name: 'handshake-report.txt', bytes: Buffer.from(report, 'utf8') });
  await maria.says(report);
  const parts = cutIntoMessages(report, 4);
  for (const part of parts) await maria.says(part);
  for (const part of parts.slice(0, 2)) await maria.says(part);
  await maria.pressesButton('That was all');
  await maria.says(namesFile());
  await maria.attaches({ name: 'handshake-names.txt', bytes: Buffer.from(namesFile(), 'utf8') });
  await maria.says('talk to a person');
  await maria.pressesButton('Show me the preview', { value: `please call me: ${typed}` });
  await maria.pressesButton('Yes, save it for them');
  connector.failNext(1, { kind: 'status', status: 500, accepted: false });
  await maria.says(`why? ${typed}`);
  connector.failNext(1, { kind: 'reset', accepted: false });
  await maria.attaches({ name: 'C:\\Users\\zquirrenbach\\report.txt', bytes: Buffer.from(report, 'utf8') });
}

function namesFile(): string {
  const names = canaries.map(({ text }, index) => `host-${index + 1} = ${text}`);
  return ['=== HANDSHAKE NAMES 1: THIS FILE STAYS ON THIS COMPUTER ===', ...names, ''].join('\r\n');
}
