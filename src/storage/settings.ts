import type { Database } from './connection.ts';

/** The value kept under the key; `make` gives it at the first call ever, and all processes get the same one. */
export async function settingOrCreate(database: Database, key: string, make: () => string): Promise<string> {
  const kept = await findSetting(database, key);
  if (kept !== undefined) return kept;
  await database.db
    .insertInto('settings')
    .values({ key, value: make() })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const agreed = await findSetting(database, key);
  if (agreed === undefined) throw new Error(`The setting ${key} was deleted while it was being created.`);
  return agreed;
}

async function findSetting({ db }: Database, key: string): Promise<string | undefined> {
  const row = await db.selectFrom('settings').select('value').where('key', '=', key).executeTakeFirst();
  return row?.value;
}
