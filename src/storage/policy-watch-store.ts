import { sql } from 'kysely';
import type { Seen } from '../policy/watch.ts';
import type { News, WatchStore } from '../policy/watch-job.ts';
import type { Database } from './connection.ts';
import { toJsonText } from './json-text.ts';

/** A process that looks longer than this has died. */
const lookMinutes = 30;
/** A host that did not answer is asked again. */
const againMinutes = 120;
/** A process that tells longer than this has died, or did not reach everybody. */
const tellMinutes = 30;

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
    async keep(host, day, seen, news) {
      const state = seen === null ? ('failed' as const) : ('seen' as const);
      await rowOf(host, day)
        .set({ state, seen: jsonOf(seen), news: jsonOf(news) })
        .execute();
    },
    async claimNews(now) {
      const { rows } = await sql<{ news: News }>`
        update policy_watch set claimed_at = ${now}
        where news is not null and state = 'seen' and claimed_at < ${new Date(now.getTime() - tellMinutes * 60_000)}
        returning news`.execute(db);
      return rows.map(({ news }) => news);
    },
    async keepTold(news, { told, isOver }) {
      await rowOf(news.host, news.day)
        .set({ news: isOver ? null : toJsonText({ ...news, told }) })
        .execute();
    },
  };

  function rowOf(host: string, day: string) {
    return db.updateTable('policy_watch').where('host', '=', host).where('day', '=', day);
  }
}

function jsonOf(value: Seen | News | null): string | null {
  return value === null ? null : toJsonText(value);
}
