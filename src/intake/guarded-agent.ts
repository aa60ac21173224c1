import type { LookupAddress } from 'node:dns';
import { lookup as systemLookup } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import { Agent, type Dispatcher, request } from 'undici';
import { type HostRules, isAllowedAddress } from './hosts.ts';

export type Resolve = (hostname: string) => Promise<readonly LookupAddress[]>;

/** All in milliseconds. `total` covers everything, redirects too. */
export type Deadlines = { readonly headers: number; readonly body: number; readonly total: number };

export const defaultDeadlines: Deadlines = { headers: 4_000, body: 3_000, total: 9_000 };

export const resolveBySystem: Resolve = (hostname) => systemLookup(hostname, { all: true });

/** A name led to an address that the rules forbid. */
export class AddressForbidden extends Error {
  readonly code = 'address-forbidden';
}

/**
 * An agent that looks at addresses at the moment of connecting, so that a name cannot show one address to a
 * check and another to the connection. Destroy it after use.
 */
export function createGuardedAgent(rules: HostRules, resolve: Resolve, deadlines: Deadlines): Agent {
  const lookup: LookupFunction = (hostname, options, callback) => {
    const found = resolve(hostname).then((addresses) => {
      const allowed = addresses.every(({ address }) => isAllowedAddress(address, hostname, rules));
      if (addresses.length === 0 || !allowed) {
        throw new AddressForbidden(`${hostname} does not lead to a public address`);
      }
      return addresses;
    });
    found.then(
      (addresses) => {
        const [first] = addresses;
        if (options.all === true) {
          callback(null, [...addresses]);
        } else {
          callback(null, first?.address ?? '', first?.family);
        }
      },
      (error: NodeJS.ErrnoException) => callback(error, ''),
    );
  };
  return new Agent({
    connect: { lookup, timeout: deadlines.headers },
    headersTimeout: deadlines.headers,
    bodyTimeout: deadlines.body,
    maxHeaderSize: 16_384,
    allowH2: false,
  });
}

export type Response = Pick<Dispatcher.ResponseData, 'statusCode' | 'headers' | 'body'>;
type Sending = NonNullable<Parameters<typeof request>[1]>;

/** One request, no redirects. The body need not be read: ending it early is not an error. */
export async function send(url: URL, sending: Sending): Promise<Response> {
  const response = await request(url, sending);
  // A body that is dropped emits an error, and without a listener that error ends the process.
  response.body.on('error', () => undefined);
  return response;
}

export type TransferFailure = 'timeout' | 'forbidden-host' | 'unreachable';

/** Why a request failed; the error's own message may quote the URL and goes no further. */
export function readFailure(error: unknown): { readonly kind: TransferFailure; readonly reason: string } {
  const causes = listCauses(error);
  const codes = causes.map((cause) => String('code' in cause ? cause.code : cause.name));
  if (causes.some((cause) => cause instanceof AddressForbidden)) {
    return { kind: 'forbidden-host', reason: 'address-forbidden' };
  }
  const timedOut = codes.find((code) => /TIMEOUT|ETIMEDOUT|TimeoutError/.test(code));
  const isTimeout = timedOut !== undefined || causes.some((cause) => cause.name === 'TimeoutError');
  return { kind: isTimeout ? 'timeout' : 'unreachable', reason: timedOut ?? codes[0] ?? 'unknown' };
}

function listCauses(error: unknown): readonly Error[] {
  const causes: Error[] = [];
  let cause = error;
  while (cause instanceof Error && causes.length < 5) {
    causes.push(cause);
    if (cause instanceof AggregateError) {
      causes.push(...cause.errors.filter((inner) => inner instanceof Error));
    }
    cause = cause.cause;
  }
  return causes;
}
