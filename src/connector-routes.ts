import type { IncomingMessage, ServerResponse } from 'node:http';
import type { InboundCall } from './helpdesk/connector.ts';
import { answerJson } from './http-guards.ts';

export const connectorPath = '/helpdesk/:connector';

/** Takes a call for the connector of this name; the result is an HTTP status. */
export type ReceiveCall = (name: string, call: InboundCall) => Promise<number>;

/** Takes calls of other helpdesk systems. Answers no more than a status: who may know more has the logs. */
export function serveConnectors(receive: ReceiveCall, longestBody: number, now: () => number = Date.now) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(request, longestBody);
    if (body === null) {
      response.setHeader('Connection', 'close');
      answerJson(response, 413, { error: 'body-too-large' });
      return;
    }
    const { pathname } = new URL(request.url ?? '', 'http://bot');
    const status = await receive(pathname.split('/')[2] ?? '', {
      headers: headersOf(request),
      body,
      now: now(),
    });
    response.statusCode = status;
    response.end();
  };
}

/** The exact bytes, because signatures are over bytes; null when there are too many. */
async function readBody(request: IncomingMessage, longest: number): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.byteLength;
    if (size > longest) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function headersOf({ headers }: IncomingMessage): InboundCall['headers'] {
  const pairs = Object.entries(headers).map(([name, value]) => [name, [value].flat().join(', ')]);
  return Object.fromEntries(pairs);
}
