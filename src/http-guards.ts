import { type IncomingMessage, ServerResponse } from 'node:http';
import { isIP } from 'node:net';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { isLoopback } from './settings.ts';

/** One link in the chain that a request passes; `next(false)` ends it, the answer having been given. */
export type Handler = (
  request: IncomingMessage,
  response: ServerResponse,
  next: (goOn?: false) => void,
) => void;

export function answerJson(response: ServerResponse, status: number, body: unknown): void {
  const bytes = Buffer.from(JSON.stringify(body));
  response.statusCode = status;
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.setHeader('Content-Length', bytes.byteLength);
  response.end(bytes);
}

export const securityHeaders: Handler = (_request, response, next) => {
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'");
  response.setHeader('Referrer-Policy', 'no-referrer');
  response.setHeader('Cache-Control', 'no-store');
  next();
};

/**
 * restify 12 inflates bodies without a limit, and a body that is not what Content-Encoding says ends the whole
 * process. Teams does not compress what it sends.
 */
export const refuseCompressed: Handler = (request, response, next) => {
  const encoding = request.headers['content-encoding'];
  if (encoding === undefined || encoding.trim().toLowerCase() === 'identity') {
    // restify would refuse even the word `identity`.
    delete request.headers['content-encoding'];
    next();
    return;
  }
  refuse(response, next, 415, 'content-encoding-not-supported');
};

/** Only JSON: a web page can send forms to a server on the person's machine, but not JSON. */
export const requireJson: Handler = (request, response, next) => {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type === 'application/json') next();
  else refuse(response, next, 415, 'json-expected');
};

/** Refuses a body that says it is too long before a byte of it is read. */
export function limitBody(bytes: number): Handler {
  return (request, response, next) => {
    if (Number(request.headers['content-length'] ?? 0) <= bytes) next();
    else refuse(response, next, 413, 'body-too-large');
  };
}

/**
 * Local mode has no sign-in, so nobody but this machine may ask, and only by its loopback names: a page on the
 * web could point its own name at 127.0.0.1.
 */
export const requireLoopback: Handler = (request, response, next) => {
  const remote = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  const host = `http://${request.headers.host ?? ''}`;
  if (isLoopback(remote) && URL.canParse(host) && isLoopback(new URL(host).hostname)) next();
  else refuse(response, next, 403, 'loopback-only');
};

export type RateLimit = { readonly requests: number; readonly seconds: number };

const clients = new WeakMap<IncomingMessage, string>();

/**
 * Finds out whose request it is, for `addressOf`. Each of the operator's own proxies adds the address that it saw
 * to the end of X-Forwarded-For; what stands before those entries is whatever the caller wrote.
 */
export function identifyClient(trustedProxyHops: number): Handler {
  return (request, _response, next) => {
    if (trustedProxyHops > 0) {
      const entries = [request.headers['x-forwarded-for'] ?? []].flat().join().split(',');
      const entry = entries.at(-trustedProxyHops)?.trim() ?? '';
      const address = [entry, withoutPort(entry)].find((candidate) => isIP(candidate) !== 0);
      if (address !== undefined) clients.set(request, address);
    }
    next();
  };
}

/** Some proxies add the port: `192.0.2.7:4711`, `[2001:db8::7]:4711`. */
function withoutPort(entry: string): string {
  return entry.slice(0, entry.lastIndexOf(':')).replace(/^\[|\]$/g, '');
}

/** Whose request it is, for limits: an IP address. */
export function addressOf(request: IncomingMessage): string {
  return clients.get(request) ?? request.socket.remoteAddress ?? 'unknown';
}

/** Counts per address, before anything costly. Teams itself comes from few addresses: leave room for it. */
export function limitRate({ requests, seconds }: RateLimit): Handler {
  const limiter = new RateLimiterMemory({ points: requests, duration: seconds });
  return (request, response, next) => {
    limiter.consume(addressOf(request)).then(
      () => next(),
      (full: { readonly msBeforeNext?: number }) => {
        response.setHeader('Retry-After', Math.ceil((full.msBeforeNext ?? 1000) / 1000));
        refuse(response, next, 429, 'too-many-requests');
      },
    );
  };
}

function refuse(response: ServerResponse, next: Parameters<Handler>[2], status: number, error: string): void {
  response.setHeader('Connection', 'close');
  answerJson(response, status, { error });
  next(false);
}

/**
 * restify replaces writeHead for every web server in the process, not only its own, and its version forgets to
 * return the response: `writeHead(…).end()` would fail in any library. Call once, when restify is loaded.
 */
export function repairWriteHead(): void {
  const { writeHead } = ServerResponse.prototype;
  ServerResponse.prototype.writeHead = function (this: ServerResponse, ...given: unknown[]): ServerResponse {
    Reflect.apply(writeHead, this, given);
    return this;
  };
}
