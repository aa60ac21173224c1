import { z } from 'zod';
import { type Asked, addressOf, askFor, askForText, parseJson, type RestCall } from '../http-call.ts';
import { createServiceNowGate, type ServiceNowAccess } from './servicenow-gate.ts';

/** ServiceNow's REST API, as far as tickets need it: rows of tables, attachments, and being let in. */
export type ServiceNowApi = {
  /** All rows that an encoded query finds. */
  rows<T>(table: string, query: string, fields: z.ZodType<T> & FieldNames): Promise<Asked<readonly T[]>>;
  /** Creates a row (`id` null) or changes one. */
  save(table: string, id: string | null, values: Record<string, string>): Promise<Asked<{ sys_id: string }>>;
  attachments(table: string, id: string): Promise<Asked<readonly Attachment[]>>;
  attach(table: string, id: string, file: AttachedFile): Promise<Asked<unknown>>;
  readFile(attachmentId: string): Promise<Asked<string>>;
};

export type AttachedFile = {
  readonly name: string;
  readonly contentType: string;
  readonly content: Uint8Array;
};

const attachmentRow = z.object({ sys_id: z.string(), file_name: z.string(), size_bytes: z.string() });
type Attachment = z.infer<typeof attachmentRow>;

type FieldNames = { readonly shape: Readonly<Record<string, unknown>> };

type Request = Pick<RestCall, 'method' | 'name' | 'changes' | 'url' | 'body'> & { readonly type?: string };

const pageSize = 200;
const anything = z.unknown();
const savedRow = z.object({ result: z.object({ sys_id: z.string() }) });
const errorAnswer = z.object({ error: z.object({ detail: z.string().nullable() }) });

export function createServiceNowApi(access: ServiceNowAccess): ServiceNowApi {
  const { within } = access;
  const gate = createServiceNowGate(access);

  /** 401 proves that nothing was done: the token may have been withdrawn, so one new one is tried. */
  async function authorised<T>(request: Request, send: (call: RestCall) => Promise<Asked<T>>) {
    const { type, ...rest } = request;
    const attempt = async (): Promise<Asked<T>> => {
      const pass = await gate.pass();
      if (pass.kind !== 'ok') return pass;
      const headers = { accept: 'application/json', authorization: pass.value, ...contentType(type) };
      return send({ ...rest, headers, within, isFinal });
    };
    const first = await attempt();
    return isLockedOut(first) && gate.renew() ? attempt() : first;
  }

  async function list<T>(path: string, query: string, row: z.ZodType<T> & FieldNames): Promise<Asked<T[]>> {
    const found: T[] = [];
    for (let offset = 0; ; offset += pageSize) {
      const url = addressOf(access.url, path, pageOf(query, Object.keys(row.shape), offset));
      const asked = await authorised({ method: 'GET', name: nameOf(path), changes: false, url }, (call) =>
        askFor(call, z.object({ result: z.array(row) })),
      );
      if (asked.kind !== 'ok') return asked;
      found.push(...asked.value.result);
      // Rows that we may not see are left out of a page, so a short page need not be the last one.
      if (offset + pageSize >= totalOf(asked.headers['x-total-count'])) return { ...asked, value: found };
    }
  }

  return {
    rows: (table, query, row) => list(`/api/now/table/${table}`, query, row),
    attachments: (table, id) =>
      list('/api/now/attachment', `table_name=${table}^table_sys_id=${id}`, attachmentRow),
    async save(table, id, values) {
      const path = `/api/now/table/${table}${id === null ? '' : `/${encodeURIComponent(id)}`}`;
      const asked = await authorised(
        {
          method: id === null ? 'POST' : 'PATCH',
          name: table,
          changes: true,
          url: addressOf(access.url, path, { sysparm_fields: 'sys_id' }),
          body: JSON.stringify(values),
          type: 'application/json',
        },
        (call) => askFor(call, savedRow),
      );
      return asked.kind === 'ok' ? { ...asked, value: asked.value.result } : asked;
    },
    attach: (table, id, { name, contentType: type, content }) =>
      authorised(
        {
          method: 'POST',
          name: 'attachment',
          changes: true,
          url: addressOf(access.url, '/api/now/attachment/file', {
            table_name: table,
            table_sys_id: id,
            file_name: name,
          }),
          body: content,
          type,
        },
        (call) => askFor(call, anything),
      ),
    readFile: (attachmentId) =>
      authorised(
        {
          method: 'GET',
          name: 'attachment',
          changes: false,
          url: addressOf(access.url, `/api/now/attachment/${encodeURIComponent(attachmentId)}/file`),
        },
        askForText,
      ),
  };
}

function pageOf(query: string, fields: readonly string[], offset: number): Record<string, string> {
  return {
    sysparm_query: query,
    sysparm_fields: fields.join(','),
    sysparm_limit: String(pageSize),
    sysparm_offset: String(offset),
    sysparm_exclude_reference_link: 'true',
  };
}

/** The table, or what else is asked for. */
function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function contentType(type: string | undefined): Record<string, string> {
  return type === undefined ? {} : { 'content-type': type };
}

function totalOf(header: string | string[] | undefined): number {
  const total = Number(header ?? 0);
  return Number.isFinite(total) ? total : 0;
}

function isLockedOut(asked: Asked<unknown>): boolean {
  return asked.kind === 'later' && asked.reason.endsWith('http-401');
}

/**
 * 403 is said of a missing role, which somebody will give us, and of a data policy or a business rule, which will
 * say the same again (REST API HTTP response codes).
 */
function isFinal(status: number, body: string): boolean {
  if (status !== 403) return false;
  const parsed = errorAnswer.safeParse(parseJson(body));
  return parsed.success && /data policy|business rule/i.test(parsed.data.error.detail ?? '');
}
