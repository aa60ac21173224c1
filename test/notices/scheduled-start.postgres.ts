import { type Database, openDatabase } from '../../src/storage/connection.ts';
import { createPostgresDatabase } from '../storage/postgres-server.ts';
import { describeScheduledStart } from './scheduled-start.ts';

describe('Processes that look at the hour of a scheduled notice, on PostgreSQL', () => {
  let databases: readonly Database[] = [];
  before(async () => {
    const url = await createPostgresDatabase();
    databases = await Promise.all(Array.from({ length: 4 }, () => openDatabase(url)));
  });
  after(() => Promise.all(databases.map((database) => database.close())));

  describeScheduledStart(() => databases);
});
