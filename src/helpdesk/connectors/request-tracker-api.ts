import { z } from 'zod';
import { type Asked, addressOf, askFor, type RestCall } from '../http-call.ts';

/** Request Tracker's REST 2 API, as far as tickets need it; https://docs.bestpractical.com/rt/5.0/RT/REST2.html. */
export type RequestTrackerApi = {
  get<T>(name: string, path: string, query: Query, shape: z.ZodType<T>): Promise<Asked<T>>;
  /** Creates something. */
  post<T>(name: string, path: string, body: unknown, shape: z.ZodType<T>): Promise<Asked<T>>;
  /** Changes something. A 2xx says that it was read, and not that anything was changed. */
  put(name: string, path: string, body: unknown): Promise<Asked<unknown>>;
};

type Query = Readonly<Record<string, string>>;

export type RequestTrackerAccess = {
  /** Where people open RT, with its path. */
  readonly url: URL;
  /** As RT shows it once, such as `1-14-…`. */
  readonly token: string;
  /** Milliseconds for one request. */
  readonly within: number;
};

export function createRequestTrackerApi({ url, token, within }: RequestTrackerAccess): RequestTrackerApi {
  const to = (path: string, query: Query) => addressOf(url, `/REST/2.0${path}`, query);
  const headers = { accept: 'application/json', authorization: `token ${token}` };
  const withBody = (method: 'POST' | 'PUT', name: string, path: string, body: unknown): RestCall => ({
    method,
    name,
    changes: true,
    url: to(path, {}),
    headers: { ...headers, 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(body),
    within,
  });
  return {
    get: (name, path, query, shape) =>
      askFor({ method: 'GET', name, changes: false, url: to(path, query), headers, within }, shape),
    post: (name, path, body, shape) => askFor(withBody('POST', name, path, body), shape),
    put: (name, path, body) => askFor(withBody('PUT', name, path, body), z.unknown()),
  };
}

/** The most that RT gives at once. */
export const pageSize = 100;

/** RT writes numbers as strings, and its versions differ in where. */
export const rtId = z.union([z.string().regex(/^\d+$/), z.number().int().transform(String)]);
