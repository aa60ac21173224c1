import { type Database, openDatabase } from '../../src/storage/connection.ts';
import { describeStorage } from './contract.ts';

describe('storage on PGlite', () => {
  let database: Database;
  before(async function () {
    this.timeout(60_000);
    database = await openDatabase('pglite:memory://');
  });
  after(() => database.close());

  describeStorage(() => database);
});
