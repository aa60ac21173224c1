import type { IncomingMessage, ServerResponse } from 'node:http';
import { addressOf } from './http-guards.ts';
import type { Answer } from './upload/page.ts';
import type { Upload } from './upload/upload.ts';

export const uploadPaths = { get: ['/r', '/r/:code', '/r/:code/result'], post: ['/r/:code'] } as const;

/** Serves the page that takes reports, for requests to the paths above. */
export function serveUpload(upload: Upload) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    write(response, await answer(upload, request));
  };
}

async function answer(upload: Upload, request: IncomingMessage): Promise<Answer> {
  const from = addressOf(request);
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://bot');
  const [, , code, last] = pathname.split('/');
  if (code === undefined) return upload.ask(from, searchParams.get('code'));
  // `/r/`, as people type it, is no folder: the links of the pages would lead astray.
  if (code === '') return { kind: 'redirect', location: '../r' };
  if (request.method === 'POST') return upload.take(from, code, request);
  if (last === undefined) return upload.open(from, code);
  return upload.result(from, code, Number(searchParams.get('tries') ?? 0));
}

function write(response: ServerResponse, answered: Answer): void {
  if (answered.kind === 'redirect') {
    response.statusCode = 303;
    response.setHeader('Location', answered.location);
    response.end();
    return;
  }
  const bytes = Buffer.from(answered.html);
  response.statusCode = answered.status;
  for (const [name, value] of Object.entries(answered.headers)) response.setHeader(name, value);
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  response.setHeader('Content-Length', bytes.byteLength);
  response.end(bytes);
}
