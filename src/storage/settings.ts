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

const servedPrefix = 'served-script-';

/** Notes the scripts (SHA-256) that are handed out from now on; returns all that ever were. */
export async function rememberScripts(
  { db }: Database,
  hashes: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = hashes.map((hash) => ({ key: `${servedPrefix}${hash}`, value: '' }));
  await db
    .insertInto('settings')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const kept = await db
    .selectFrom('settings')
    .select('key')
    .where('key', 'like', `${servedPrefix}%`)
    .execute();
  return new Set(kept.map(({ key }) => key.slice(servedPrefix.length)));
}

/** Keeps the value under the key in place of any that was kept before. */
export async function putSetting({ db }: Database, key: string, value: string): Promise<void> {
  await db
    .insertInto('settings')
    .values({ key, value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute();
}

/** True for the first one ever to claim the key, whichever process it is in. */
export async function claimOnce({ db }: Database, key: string): Promise<boolean> {
  const { numInsertedOrUpdatedRows = 0n } = await db
    .insertInto('settings')
    .values({ key, value: '' })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows > 0n;
}

/** Lets somebody claim the key again. */
export async function releaseSetting({ db }: Database, key: string): Promise<void> {
  await db.deleteFrom('settings').where('key', '=', key).execute();
}

export async function findSetting({ db }: Database, key: string): Promise<string | undefined> {
  const row = await db.selectFrom('settings').select('value').where('key', '=', key).executeTakeFirst();
  return row?.value;
}
