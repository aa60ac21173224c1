import { json, type WireAnswer } from './http-double.ts';
import { type Row, readQuery, select } from './servicenow-query.ts';

/** A ServiceNow instance with incidents, journals, attachments and users, kept in memory. */
export type ServiceNowDouble = {
  answer(request: ServiceNowRequest, lockedOut: boolean): WireAnswer;
  /** Changes an incident as one of its people, who is signed in with a name in small letters. */
  act(incident: string, by: string, values: Record<string, string>): void;
  readonly incidents: readonly Row[];
  readonly journal: readonly Row[];
  readonly attachments: readonly { readonly row: Row; readonly content: Buffer }[];
  /** How many tokens were asked for. */
  tokens(): number;
  /** No token given so far counts any more. */
  withdrawTokens(): void;
};

export type ServiceNowRequest = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
  readonly json: unknown;
};

export type ServiceNowSetup = {
  readonly user: string;
  readonly password: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly now: () => number;
  /** Rows that our user may not see: they are counted, and left out of their page. */
  readonly hides?: (row: Row) => boolean;
};

type Stored = Record<string, string>;

export function createServiceNowDouble(setup: ServiceNowSetup): ServiceNowDouble {
  const tables: Record<'incident' | 'sys_journal_field' | 'sys_user', Stored[]> = {
    incident: [],
    sys_journal_field: [],
    sys_user: [],
  };
  const attachments: { row: Stored; content: Buffer }[] = [];
  const tokens = new Set<string>();
  let made = 0;
  let asked = 0;
  const newId = () => (++made).toString(16).padStart(32, '0');
  const stamp = () => new Date(setup.now()).toISOString().slice(0, 19).replace('T', ' ');

  function write(incident: Stored, by: string, values: Stored): void {
    const { comments, work_notes: notes, ...fields } = values;
    const before = incident.state;
    Object.assign(incident, fields, { sys_updated_by: by, sys_updated_on: stamp() });
    for (const [element, value] of Object.entries({ comments, work_notes: notes })) {
      if (value === undefined) continue;
      const entry = { sys_id: newId(), name: 'incident', element, element_id: incident.sys_id ?? '', value };
      tables.sys_journal_field.push({ ...entry, sys_created_by: by, sys_created_on: stamp() });
    }
    if (incident.state !== before) Object.assign(incident, marksOf(incident.state ?? '', by, stamp()));
  }

  function isKnown({ headers }: ServiceNowRequest): boolean {
    const { authorization = '' } = headers;
    const basic = `Basic ${Buffer.from(`${setup.user}:${setup.password}`).toString('base64')}`;
    return authorization === basic || tokens.has(String(authorization));
  }

  /** Source: docs "OAuth 2.0 token endpoint"; KB2058936 shows the flow for client credentials. */
  function giveToken({ body }: ServiceNowRequest): WireAnswer {
    const form = new URLSearchParams(body.toString());
    const given = [form.get('grant_type'), form.get('client_id'), form.get('client_secret')].join(' ');
    if (given !== `client_credentials ${setup.clientId} ${setup.clientSecret}`) {
      return json(401, { error: 'server_error', error_description: 'access_denied' });
    }
    const token = `token-${++asked}`;
    tokens.add(`Bearer ${token}`);
    return json(200, { access_token: token, scope: 'useraccount', token_type: 'Bearer', expires_in: 1799 });
  }

  /** Source: docs "Table API", GET /now/table/{tableName}: `result`, and `X-Total-Count` for all pages. */
  function list(rows: readonly Stored[], query: URLSearchParams): WireAnswer {
    const found = select(rows, readQuery(query.get('sysparm_query') ?? ''), setup.now());
    const offset = Number(query.get('sysparm_offset') ?? 0);
    const limit = Number(query.get('sysparm_limit') ?? 10_000);
    const fields = (query.get('sysparm_fields') ?? '').split(',');
    const page = found.slice(offset, offset + limit).filter((row) => setup.hides?.(row) !== true);
    const result = page.map((row) => Object.fromEntries(fields.map((name) => [name, row[name] ?? ''])));
    return json(200, { result }, { 'X-Total-Count': String(found.length) });
  }

  /** Source: docs "Table API", POST and PATCH: the row comes back in `result`, 201 for a new one. */
  function save(id: string | undefined, values: Stored): WireAnswer {
    const row = id === undefined ? { sys_id: newId(), state: '1' } : tables.incident.find(hasId(id));
    if (row === undefined) return missing();
    if (id === undefined) tables.incident.push(row);
    write(row, setup.user, values);
    return json(id === undefined ? 201 : 200, { result: { sys_id: row.sys_id } });
  }

  /** Source: docs "Attachment API": GET /now/attachment, GET …/{sys_id}/file, POST /now/attachment/file. */
  function answerAttachment({ method, path, query, headers, body }: ServiceNowRequest): WireAnswer {
    const [, , , , id = ''] = path.split('/');
    if (method === 'GET' && id === '')
      return list(
        attachments.map(({ row }) => row),
        query,
      );
    if (method === 'GET') {
      const held = attachments.find(({ row }) => row.sys_id === id);
      return held === undefined
        ? missing()
        : { kind: 'file', type: held.row.content_type ?? '', content: held.content };
    }
    const table_sys_id = query.get('table_sys_id') ?? '';
    if (!tables.incident.some(hasId(table_sys_id))) return missing();
    const file_name = query.get('file_name') ?? '';
    const content_type = String(headers['content-type']);
    const row = { sys_id: newId(), table_name: 'incident', table_sys_id, file_name, content_type };
    attachments.push({ row: { ...row, size_bytes: String(body.byteLength) }, content: body });
    return json(201, { result: row });
  }

  return {
    answer(request, lockedOut) {
      const { method, path, query } = request;
      if (lockedOut) return unauthorised();
      if (path === '/oauth_token.do') return giveToken(request);
      if (!isKnown(request)) return unauthorised();
      if (path.startsWith('/api/now/attachment')) return answerAttachment(request);
      const [, , , , table = '', id] = path.split('/');
      if (method === 'GET') return list(tables[table as keyof typeof tables], query);
      return save(id, request.json as Stored);
    },
    act(id, by, values) {
      const incident = tables.incident.find(hasId(id));
      if (incident === undefined) throw new Error(`no incident ${id}`);
      const user_name = by.toLowerCase();
      if (!tables.sys_user.some((user) => user.user_name === user_name)) {
        tables.sys_user.push({ user_name, name: `${by} Example` });
      }
      write(incident, user_name, values);
    },
    incidents: tables.incident,
    journal: tables.sys_journal_field,
    attachments,
    tokens: () => asked,
    withdrawTokens: () => tokens.clear(),
  };
}

function hasId(id: string): (row: Stored) => boolean {
  return (row) => row.sys_id === id;
}

/** What an instance's own rules write into an incident when its state changes. */
function marksOf(state: string, by: string, at: string): Stored {
  if (state === '6') return { resolved_at: at, 'resolved_by.user_name': by };
  if (state === '7' || state === '8') return { closed_at: at, 'closed_by.user_name': by };
  return { resolved_at: '', 'resolved_by.user_name': '', closed_at: '', 'closed_by.user_name': '' };
}

/** Source: docs "REST API HTTP response codes", and the sample answers of the Table API. */
function unauthorised(): WireAnswer {
  const error = { message: 'User Not Authenticated', detail: 'Required to provide Auth information' };
  return json(401, { error, status: 'failure' });
}

function missing(): WireAnswer {
  const detail = "Record doesn't exist or ACL restricts the record retrieval";
  return json(404, { error: { message: 'No Record found', detail }, status: 'failure' });
}
