import { setTimeout } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Deliver } from './bot/deliver.ts';
import type { Wording } from './cards/wording.ts';
import type { Chore } from './chores.ts';
import type { Config } from './config.ts';
import type { NoticeActor } from './domain/notice.ts';
import type { PolicyHistory } from './domain/policy.ts';
import type { NoticesLane } from './notices-lane.ts';
import { type News, type Told, watchHosts } from './policy/watch-job.ts';
import { watchWords } from './policy/watch-words.ts';
import type { Database } from './storage/connection.ts';
import { createWatchStore } from './storage/policy-watch-store.ts';

export type WatchDependencies = {
  readonly config: Config;
  readonly database: Database;
  readonly history: PolicyHistory;
  readonly lane: Pick<NoticesLane, 'desk' | 'people' | 'newId'>;
  readonly wording: Wording;
  readonly deliver: Deliver;
  readonly now: () => Date;
  readonly log: Pick<Logger, 'info' | 'warn'>;
};

const bot: NoticeActor = { id: 'handshake', name: 'Handshake', roles: ['author'], via: 'bot' };

/** Looks at the TLS of the configured hosts once a day, and tells authors what differs; none where no host is set. */
export function watchChores(deps: WatchDependencies): Readonly<Record<string, Chore>> {
  const { config, database, history, lane, wording, now, log } = deps;
  const hosts = config.notices.watchedHosts;
  if (hosts.length === 0) return {};
  const parts = {
    store: createWatchStore(database),
    ...{ history, now, pause: setTimeout, words: watchWords(wording) },
    newDraftId: lane.newId,
    tell: (news: News) => tellAuthors(deps, news),
    failed: ({ host, code }: { readonly host: string; readonly code: string }) =>
      log.warn({ host, code }, 'the TLS of a host could not be looked at'),
  };
  return { watchPolicy: { everyMs: 3_600_000, task: () => watchHosts(parts, hosts) } };
}

export type TellingDependencies = Pick<WatchDependencies, 'wording' | 'deliver' | 'log'> & {
  readonly config: Pick<Config, 'notices'>;
  readonly lane: {
    readonly desk: Pick<NoticesLane['desk'], 'create'>;
    readonly people: Pick<NoticesLane['people'], 'find'>;
  };
};

/** Authors whom the settings name and who have a chat with the bot; members of groups find the draft under `notices`. */
export async function tellAuthors(deps: TellingDependencies, news: News): Promise<Told> {
  const { config, lane, wording, deliver, log } = deps;
  const { text, draft } = news;
  const acted = draft === null ? null : await lane.desk.create(draft.draft, bot, draft.id);
  const notice = acted?.kind === 'done' ? acted.notice.id : null;
  log.warn({ text, notice }, 'the TLS of a host differs');
  const words = notice === null ? text : `${text}\n${wording.text('policy.watch.drafted', { notice })}`;
  const activity = { type: 'message', text: words, textFormat: 'plain' };
  const told = [...news.told];
  let isOver = true;
  for (const { kind, id } of config.notices.roles.author) {
    const person = kind === 'person' && !told.includes(id) ? await lane.people.find(id) : null;
    if (person === null || person.reference === null) continue;
    const outcome = await deliver(person.reference as Parameters<Deliver>[0], { kind: 'send', activity });
    if (outcome.kind === 'later') isOver = false;
    else told.push(id);
  }
  return { told, isOver };
}
