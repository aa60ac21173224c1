import type { IncomingMessage } from 'node:http';
import type { Answer, Operation, RawCall } from './operation.ts';

export type ReadCall =
  | {
      readonly kind: 'read';
      readonly call: Pick<RawCall, 'body' | 'version'>;
      /** The Idempotency-Key. */
      readonly key: string | null;
    }
  | Extract<Answer, { kind: 'problem' }>;

/** Room for an audience of 20,000 Entra ids. */
export const longestBody = 1024 * 1024;

/** Reads what an operation needs of a request beside its path. */
export async function readCall(operation: Operation, request: IncomingMessage): Promise<ReadCall> {
  const { headers } = request;
  const version = operation.ifMatch ? readVersion(headers['if-match']) : null;
  if (version === 'missing') return problem(428, 'version-missing', ifMatchDetail);
  if (version === 'malformed') return problem(400, 'version-malformed', ifMatchDetail);
  const key = [headers['idempotency-key'] ?? []].flat()[0] ?? null;
  if (key !== null && !/^[\x21-\x7e]{1,200}$/.test(key)) {
    return problem(400, 'key-malformed', 'Expected an Idempotency-Key of 1 to 200 visible ASCII characters.');
  }
  if (operation.body === null) return { kind: 'read', call: { body: null, version }, key };
  const body = await readJson(request);
  return 'kind' in body ? body : { kind: 'read', call: { body: body.json, version }, key };
}

const ifMatchDetail =
  'Expected If-Match with the ETag of the notice as you saw it, or * to take it as it is.';

function readVersion(header: string | undefined): number | null | 'missing' | 'malformed' {
  if (header === undefined) return 'missing';
  if (header.trim() === '*') return null;
  const number = /^"(\d{1,9})"$/.exec(header.trim())?.[1];
  return number === undefined ? 'malformed' : Number(number);
}

async function readJson(
  request: IncomingMessage,
): Promise<{ readonly json: unknown } | Extract<Answer, { kind: 'problem' }>> {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json')
    return problem(415, 'json-expected', 'Expected Content-Type application/json.');
  const bytes = await readBytes(request);
  if (bytes === null) return problem(413, 'body-too-long', `Expected at most ${longestBody} bytes.`);
  try {
    return { json: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) };
  } catch {
    return problem(400, 'not-json', 'Expected a body of JSON in UTF-8.');
  }
}

async function readBytes(request: IncomingMessage): Promise<Uint8Array | null> {
  if (Number(request.headers['content-length'] ?? 0) > longestBody) return null;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.byteLength;
    if (size > longestBody) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function problem(status: number, code: string, detail: string): Extract<Answer, { kind: 'problem' }> {
  return { kind: 'problem', problem: { status, code, detail } };
}
