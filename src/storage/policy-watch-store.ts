import { sql } from 'kysely';
import type { WatchStore } from '../policy/watch-job.ts';
import type { Database } from './connection.ts';
import { toJsonText } from './json-text.ts';

/** A process that looks longer than this has died. */
const lookMinutes = 30;
/** A host that did not answer is asked again. */
const againMinutes = 120;

export function createWatchStore({ db }: Database): WatchStore {
  return {
    async claim(host, day, now) {
      const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
      const { rows } = await sql`
        insert into policy_watch as w (host, day, state, claimed_at) values (${host}, ${day}, 'looking', ${now})
        on conflict (host, day) do update set state = 'looking', claimed_at = excluded.claimed_at
          where (w.state = 'looking' and w.claimed_at < ${ago(lookMinutes)})
            or (w.state = 'failed' and w.claimed_at < ${ago(againMinutes)})
        returning host`.execute(db);
      return rows.length > 0;
    },
    async lastSeen(host, before) {
      const row = await db
        .selectFrom('policy_watch')
        .select('seen')
        .where('host', '=', host)
        .where('day', '<', before)
        .where('seen', 'is not', null)
        .orderBy('day', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row?.seen ?? null;
    },
    async keep(host, day, seen) {
      await db
        .updateTable('policy_watch')
        .set({ state: seen === null ? 'failed' : 'seen', seen: seen === null ? null : toJsonText(seen) })
        .where('host', '=', host)
        .where('day', '=', day)
        .execute();
    },
  };
}
