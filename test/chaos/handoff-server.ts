import { sql } from 'kysely';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { startApp } from '../../src/main.ts';

/**
 * The server for killing it often: it takes over at once what its earlier lives had claimed, where another one waits
 * a minute or two, and sends as fast as it can, because the channel's limits would make one night of 200 handoffs.
 */
const begun = new Date();
const app = await startApp(readConfig(process.env), createLog('error'), {
  sweepEveryMs: 500,
  cardsEveryMs: 500,
  channelLimits: [{ count: 100_000, seconds: 1 }],
});
const { db } = app.database;
const ofTheDead = (seconds: number) => sql`${begun}::timestamptz + make_interval(secs => ${seconds})`;
await sql`update outbox set claimed_until = null where claimed_until < ${ofTheDead(60)}`.execute(db);
await sql`update tickets set cards_claimed_until = null
  where cards_claimed_until < ${ofTheDead(60)}`.execute(db);
await sql`update deliveries set claimed_until = null where claimed_until < ${ofTheDead(120)}`.execute(db);
console.log(`The server listens on ${app.url}`);
