import { sql } from 'kysely';
import type { KeptAnswer, RequestMemory } from '../notices-api/memory.ts';
import type { Database } from './connection.ts';
import { toJsonText } from './json-text.ts';

const keptHours = 24;

/** Requests with an Idempotency-Key, in rows, so that any process knows them. */
export function createRequestMemory({ db }: Database): RequestMemory {
  return {
    async claim({ caller, key }, print, now) {
      // Whoever inserts the row runs the request; one that is a day old counts as forgotten.
      const { rows } = await sql<{ key: string }>`
        insert into api_requests as r (caller, key, print, at) values (${caller}, ${key}, ${print}, ${now})
        on conflict (caller, key) do update set print = excluded.print, answer = null, at = excluded.at
          where r.at < ${new Date(now.getTime() - keptHours * 3_600_000)}
        returning key`.execute(db);
      if (rows.length > 0) return { kind: 'new' };
      const found = await db
        .selectFrom('api_requests')
        .select(['print', 'answer'])
        .where('caller', '=', caller)
        .where('key', '=', key)
        .executeTakeFirst();
      if (found === undefined) return { kind: 'open' };
      if (found.print !== print) return { kind: 'other' };
      return found.answer === null ? { kind: 'open' } : { kind: 'answered', answer: found.answer };
    },
    async keep({ caller, key }, answer: KeptAnswer) {
      await db
        .updateTable('api_requests')
        .set({ answer: toJsonText(answer) })
        .where('caller', '=', caller)
        .where('key', '=', key)
        .execute();
    },
    async release({ caller, key }) {
      await db.deleteFrom('api_requests').where('caller', '=', caller).where('key', '=', key).execute();
    },
  };
}
