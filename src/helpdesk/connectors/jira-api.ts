import { z } from 'zod';
import { type Asked, addressOf, askFor, askForText, basicAuth, type RestCall } from '../http-call.ts';

export type JiraAccess = {
  /** Of the site, such as `https://example.atlassian.net`. */
  readonly url: URL;
  /** The e-mail address of our account, and its API token. */
  readonly user: string;
  readonly token: string;
  readonly serviceDesk: string;
  /** Milliseconds for one request. */
  readonly within: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
};

/** Where our requests are, and who we are over there. */
export type JiraPlace = { readonly project: string; readonly account: string };

/** Requests to Jira Cloud, platform and service management alike. Names stand in reasons. */
export type JiraApi = {
  get<T>(name: string, path: string, query: Record<string, string>, shape: z.ZodType<T>): Promise<Asked<T>>;
  /** A POST that only reads: Jira takes some questions in a body. */
  question<T>(name: string, path: string, body: unknown, shape: z.ZodType<T>): Promise<Asked<T>>;
  post<T>(name: string, path: string, body: unknown, shape: z.ZodType<T>): Promise<Asked<T>>;
  /** The bytes of a file, read as UTF-8. */
  read(name: string, path: string, query: Record<string, string>): Promise<Asked<string>>;
  upload<T>(path: string, form: FormData, shape: z.ZodType<T>): Promise<Asked<T>>;
  place(): Promise<Asked<JiraPlace>>;
};

const desk = z.object({ projectKey: z.string().regex(/^[A-Z][A-Z0-9_]*$/) });
const self = z.object({ accountId: z.string().min(1) });

export function createJiraApi(access: JiraAccess): JiraApi {
  const authorization = basicAuth(access.user, access.token);
  let known: JiraPlace | null = null;

  const call = (part: Pick<RestCall, 'method' | 'name' | 'changes' | 'url' | 'body'>, headers = {}) => ({
    ...part,
    headers: { accept: 'application/json', authorization, ...headers },
    within: access.within,
  });
  const send = (name: string, changes: boolean, path: string, body: unknown) =>
    call(
      { method: 'POST', name, changes, url: addressOf(access.url, path), body: JSON.stringify(body) },
      { 'content-type': 'application/json' },
    );

  const api: JiraApi = {
    get(name, path, query, shape) {
      const url = addressOf(access.url, path, query);
      return askFor(call({ method: 'GET', name, changes: false, url }), shape);
    },
    read(name, path, query) {
      return askForText(
        call({ method: 'GET', name, changes: false, url: addressOf(access.url, path, query) }),
      );
    },
    question: (name, path, body, shape) => askFor(send(name, false, path, body), shape),
    post: (name, path, body, shape) => askFor(send(name, true, path, body), shape),
    async upload(path, form, shape) {
      const encoded = new Response(form);
      const body = new Uint8Array(await encoded.arrayBuffer());
      const url = addressOf(access.url, path);
      // Without the second header Jira takes the upload for one that a foreign page made a browser send.
      const headers = {
        'content-type': encoded.headers.get('content-type') ?? '',
        'x-atlassian-token': 'no-check',
      };
      return askFor(call({ method: 'POST', name: 'upload', changes: true, url, body }, headers), shape);
    },
    async place() {
      if (known !== null) return { kind: 'ok', value: known, headers: {} };
      const path = `/rest/servicedeskapi/servicedesk/${access.serviceDesk}`;
      const found = await api.get('service-desk', path, {}, desk);
      if (found.kind !== 'ok') return found;
      const me = await api.get('myself', '/rest/api/3/myself', {}, self);
      if (me.kind !== 'ok') return me;
      known = { project: found.value.projectKey, account: me.value.accountId };
      return { ...me, value: known };
    },
  };
  return api;
}
