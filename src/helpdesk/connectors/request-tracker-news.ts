import { z } from 'zod';
import type { News, Poll } from '../connector.ts';
import { textOfHtml } from '../html-text.ts';
import type { Asked, Failure } from '../http-call.ts';
import { pageSize, type RequestTrackerApi, rtId } from './request-tracker-api.ts';

/**
 * What the helpdesk's people did in RT is in its transactions, whose numbers grow. A number may become visible a
 * little after a higher one, when two people save at once, so each poll looks back a little; the cursor says which
 * of those were told.
 */
const lookBack = 200;
/** So that one poll ends; the next goes on. */
const pagesAtOnce = 5;

const cursorShape = z.object({ last: z.number().int(), told: z.array(z.number().int()) });
type Cursor = z.infer<typeof cursorShape>;

const person = z.object({ Name: z.string(), RealName: z.string().nullish() });

const transaction = z.object({
  id: rtId,
  ObjectId: rtId,
  Type: z.string(),
  Field: z.string().nullish(),
  NewValue: z.string().nullish(),
  Creator: person,
});
type Transaction = z.infer<typeof transaction>;
const transactions = z.object({ items: z.array(transaction) });

export function createRequestTrackerPoll(api: RequestTrackerApi) {
  return async (before: string | null): Promise<Poll> => {
    const cursor = readCursor(before);
    const found = await findTransactions(api, Math.max(0, cursor.last - lookBack));
    if (found.kind !== 'ok') return { kind: 'failed', reason: found.reason };
    const told = new Set(cursor.told);
    const news: News[] = [];
    const read: Transaction[] = [];
    for (const one of found.value) {
      const what = told.has(Number(one.id)) ? silence : await meaningOf(api, one);
      // What was read before a failure counts, or a bad line would bring nothing of a hundred tickets.
      if (what.kind === 'failed' && read.length === 0) return what;
      if (what.kind === 'failed') break;
      if (what.kind === 'news') news.push(what.news);
      read.push(one);
    }
    return { kind: 'news', news, cursor: JSON.stringify(moveOn(cursor, read)) };
  };
}

/** A cursor that nobody can read is none: news that were told have no second effect. */
function readCursor(text: string | null): Cursor {
  try {
    return cursorShape.parse(JSON.parse(text ?? 'null'));
  } catch {
    return { last: 0, told: [] };
  }
}

function moveOn({ last, told }: Cursor, found: readonly Transaction[]): Cursor {
  const ids = new Set([...told, ...found.map(({ id }) => Number(id))]);
  const newest = Math.max(last, ...ids);
  return { last: newest, told: [...ids].filter((id) => id > newest - lookBack).sort((a, b) => a - b) };
}

/** In tickets that we created, by anybody but us. */
async function findTransactions(
  api: RequestTrackerApi,
  after: number,
): Promise<Asked<readonly Transaction[]>> {
  const found: Transaction[] = [];
  let before: Extract<Asked<unknown>, { kind: 'ok' }> | null = null;
  for (let page = 1, from = after; ; page++) {
    const query = [
      "ObjectType = 'RT::Ticket' AND TicketCreator = '__CurrentUser__' AND Creator != '__CurrentUser__'",
      "(Type = 'Correspond' OR Type = 'Status' OR Field = 'Owner')",
      `id > ${from}`,
    ].join(' AND ');
    const fields = 'ObjectId,Type,Field,NewValue,Creator';
    const paging = { orderby: 'id', order: 'ASC', per_page: `${pageSize}` };
    const search = { query, fields, 'fields[Creator]': 'Name,RealName', ...paging };
    const asked = await api.get('transactions', '/transactions', search, transactions);
    if (asked.kind !== 'ok') return before === null ? asked : { ...before, value: found };
    found.push(...asked.value.items);
    const last = asked.value.items.at(-1);
    if (last === undefined || page === pagesAtOnce) return { ...asked, value: found };
    from = Number(last.id);
    before = asked;
  }
}

type Meaning = { kind: 'none' } | { kind: 'news'; news: News } | { kind: 'failed'; reason: string };
const silence: Meaning = { kind: 'none' };

async function meaningOf(api: RequestTrackerApi, one: Transaction): Promise<Meaning> {
  const told = (what: News['what'], by = nameOf(one.Creator)): Meaning => ({
    kind: 'news',
    news: { id: one.id, ticketId: null, remoteId: one.ObjectId, by, what },
  });
  if (one.Type === 'Correspond') {
    const text = await readMessage(api, one.id);
    if (text.kind !== 'ok') return unlessFinal(text);
    return text.value === '' ? silence : told({ kind: 'comment', text: text.value });
  }
  if (one.Type === 'Status') {
    const what = statusNews(one);
    return what === null ? silence : told(what);
  }
  if (one.Type === 'SetWatcher') return silence;
  const owner = await api.get('user', `/user/${one.NewValue ?? ''}`, {}, person);
  if (owner.kind !== 'ok') return unlessFinal(owner);
  return owner.value.Name === 'Nobody' ? silence : told({ kind: 'taken' }, nameOf(owner.value));
}

/** What is not there any more must not stop all that comes after it. */
function unlessFinal({ kind, reason }: Failure): Meaning {
  return kind === 'refused' ? silence : { kind: 'failed', reason };
}

function nameOf({ Name, RealName }: z.infer<typeof person>): string {
  return RealName?.trim() ? RealName : Name;
}

/** RT opens a new ticket by itself when anybody writes into it: that is not somebody who takes it. */
function statusNews({ NewValue, Creator }: Transaction): News['what'] | null {
  switch (NewValue) {
    case 'open':
      return Creator.Name === 'RT_System' ? null : { kind: 'taken' };
    case 'stalled':
      return { kind: 'waiting' };
    case 'resolved':
      return { kind: 'solved', text: '' };
    case 'rejected':
    case 'deleted':
      return { kind: 'rejected', text: '' };
    default:
      return null;
  }
}

const parts = z.object({
  items: z.array(z.object({ id: rtId, ContentType: z.string().nullish(), Filename: z.string().nullish() })),
});
const content = z.object({ Content: z.string().nullish() });

/** The words of a message: its plain text, else its HTML as text. Files that hang on it stay in RT. */
async function readMessage(api: RequestTrackerApi, id: string): Promise<Asked<string>> {
  const query = { fields: 'ContentType,Filename', per_page: `${pageSize}`, orderby: 'id' };
  const listed = await api.get('message', `/transaction/${id}/attachments`, query, parts);
  if (listed.kind !== 'ok') return listed;
  const bodies = listed.value.items.filter(({ Filename }) => !Filename);
  const of = (type: string) => bodies.find(({ ContentType }) => ContentType?.startsWith(type));
  const chosen = of('text/plain') ?? of('text/html');
  if (chosen === undefined) return { ...listed, value: '' };
  const read = await api.get('message', `/attachment/${chosen.id}`, {}, content);
  if (read.kind !== 'ok') return read;
  const text = Buffer.from(read.value.Content ?? '', 'base64').toString('utf8');
  return { ...read, value: (chosen === of('text/html') ? textOfHtml(text) : text).trim() };
}
