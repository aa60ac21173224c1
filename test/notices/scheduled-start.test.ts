import { type Database, openDatabase } from '../../src/storage/connection.ts';
import { describeScheduledStart } from './scheduled-start.ts';

describe('Processes that look at the hour of a scheduled notice', () => {
  let database: Database;
  before(async function () {
    this.timeout(60_000);
    database = await openDatabase('pglite:memory://');
  });
  after(() => database.close());

  // PGlite has one connection: the processes take turns, statement by statement.
  describeScheduledStart(() => [database, database, database, database]);
});
