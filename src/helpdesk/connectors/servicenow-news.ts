import { z } from 'zod';
import type { News, Poll } from '../connector.ts';
import type { Asked } from '../http-call.ts';
import { openWindow, withoutRepeats } from '../window.ts';
import type { ServiceNowApi } from './servicenow-api.ts';

/** What our incidents carry in `correlation_display`. */
export const correlation = 'Handshake';

/** A field that an instance does not have is left out of the answer. */
const cell = z.string().default('');

const incidentRow = z.object({
  sys_id: z.string(),
  correlation_id: cell,
  state: cell,
  hold_reason: cell,
  close_notes: cell,
  sys_updated_by: cell,
  sys_updated_on: cell,
  resolved_at: cell,
  closed_at: cell,
  reopen_count: cell,
  'resolved_by.user_name': cell,
  'closed_by.user_name': cell,
  'assigned_to.user_name': cell,
});
type Incident = z.infer<typeof incidentRow>;

const journalRow = z.object({
  sys_id: z.string(),
  element_id: z.string(),
  value: z.string(),
  sys_created_by: z.string(),
  sys_created_on: z.string(),
});
type Entry = z.infer<typeof journalRow>;

const userRow = z.object({ user_name: z.string(), name: z.string() });

/** Minutes until a change is surely found; ServiceNow writes and finds in one database. */
const overlap = 5;

export function createServiceNowPoll(api: ServiceNowApi, user: string, now: () => number) {
  return withoutRepeats(async (cursor): Promise<Poll> => {
    const window = openWindow(cursor, now(), overlap);
    const recent = (field: string) => `${field}RELATIVEGT@minute@ago@${window.minutes}`;
    const changed = await api.rows(
      'incident',
      `correlation_display=${correlation}^${recent('sys_updated_on')}^ORDERBYsys_updated_on`,
      incidentRow,
    );
    if (changed.kind !== 'ok') return failed(changed);
    const entries = await journals(api, changed.value, recent('sys_created_on'));
    if (entries.kind !== 'ok') return failed(entries);
    const rounds = await countRounds(api, changed.value, user);
    if (rounds.kind !== 'ok') return failed(rounds);
    const dated = [
      ...commentNews(changed.value, entries.value, user),
      ...changed.value.flatMap((incident) => stateNews(incident, user, rounds.value)),
    ];
    const news = dated.sort((a, b) => a.on.localeCompare(b.on)).map((one) => one.news);
    return { kind: 'news', news: await withNames(api, news), cursor: window.cursor };
  });
}

/** News with the time by which it is put in order; `by` is still the name that its user signs in with. */
type Dated = { readonly on: string; readonly news: News };

function commentNews(
  incidents: readonly Incident[],
  entries: readonly Entry[],
  user: string,
): readonly Dated[] {
  return entries.flatMap(({ sys_id: id, element_id: remoteId, value, ...entry }) => {
    const ticketId = incidents.find(({ sys_id }) => sys_id === remoteId)?.correlation_id ?? null;
    if (isSame(entry.sys_created_by, user)) return [];
    const what = { kind: 'comment' as const, text: value };
    return [{ on: entry.sys_created_on, news: { id, ticketId, remoteId, by: entry.sys_created_by, what } }];
  });
}

/** Of the state that an incident is in, what its people did; what we did ourselves is no news. */
function stateNews(incident: Incident, user: string, rounds: ReadonlyMap<string, string>): readonly Dated[] {
  const { sys_id: remoteId, correlation_id: ticketId, close_notes: text } = incident;
  const told = (by: string, on: string, mark: string, what: News['what']) => {
    const news: News = { id: `${remoteId}/${what.kind}/${mark}`, ticketId, remoteId, by, what };
    return by === '' || isSame(by, user) ? [] : [{ on, news }];
  };
  const on = incident.sys_updated_on;
  switch (incident.state) {
    case '2': {
      const by = incident['assigned_to.user_name'];
      return told(by, on, `${by}/${incident.reopen_count}`, { kind: 'taken' });
    }
    case '3':
      // Only `awaiting caller` waits for the person.
      if (incident.hold_reason !== '1') return [];
      return told(incident.sys_updated_by, on, rounds.get(remoteId) ?? '0', { kind: 'waiting' });
    case '6':
      return told(incident['resolved_by.user_name'], on, incident.resolved_at, { kind: 'solved', text });
    case '7': {
      const by = incident['resolved_by.user_name'] || incident['closed_by.user_name'];
      return told(by, on, incident.resolved_at || incident.closed_at, { kind: 'solved', text });
    }
    case '8':
      return told(incident['closed_by.user_name'], on, incident.closed_at, { kind: 'rejected', text });
  }
  return [];
}

/** Ids in one query; more would make the address too long. */
const batch = 50;

async function journals(
  api: ServiceNowApi,
  incidents: readonly Incident[],
  recent: string,
): Promise<Asked<readonly Entry[]>> {
  const found: Entry[] = [];
  for (let from = 0; from < incidents.length; from += batch) {
    const ids = incidents.slice(from, from + batch).map(({ sys_id }) => sys_id);
    const query = `name=incident^element=comments^element_idIN${ids.join(',')}^${recent}^ORDERBYsys_created_on`;
    const asked = await api.rows('sys_journal_field', query, journalRow);
    if (asked.kind !== 'ok') return asked;
    found.push(...asked.value);
  }
  return { kind: 'ok', value: found, headers: {} };
}

/**
 * For each incident that waits for its person, our last comment there: an incident has no mark of when it began to
 * wait, and it is updated often, but it waits once between two words of the person.
 */
async function countRounds(
  api: ServiceNowApi,
  incidents: readonly Incident[],
  user: string,
): Promise<Asked<ReadonlyMap<string, string>>> {
  const rounds = new Map<string, string>();
  for (const { sys_id: id } of incidents.filter(({ state }) => state === '3')) {
    const query = `name=incident^element=comments^element_id=${id}^sys_created_by=${user}^ORDERBYsys_created_on`;
    const asked = await api.rows('sys_journal_field', query, journalRow);
    if (asked.kind !== 'ok') return asked;
    rounds.set(id, asked.value.at(-1)?.sys_id ?? '0');
  }
  return { kind: 'ok', value: rounds, headers: {} };
}

/** People's own names; where the table of users is closed to us, the names that they sign in with. */
async function withNames(api: ServiceNowApi, news: readonly News[]): Promise<readonly News[]> {
  const names = [...new Set(news.map(({ by }) => by))].filter((name) => !name.includes('^'));
  if (names.length === 0) return news;
  const asked = await api.rows('sys_user', `user_nameIN${names.slice(0, batch).join(',')}`, userRow);
  if (asked.kind !== 'ok') return news;
  return news.map((one) => {
    const known = asked.value.find((user) => isSame(user.user_name, one.by));
    return known === undefined || known.name === '' ? one : { ...one, by: known.name };
  });
}

/** Names to sign in with are the same in capitals. */
function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function failed(asked: Exclude<Asked<unknown>, { kind: 'ok' }>): Poll {
  return { kind: 'failed', reason: asked.reason };
}
