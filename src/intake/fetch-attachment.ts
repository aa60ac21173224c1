import {
  createGuardedAgent,
  type Deadlines,
  defaultDeadlines,
  type Resolve,
  type Response,
  readFailure,
  resolveBySystem,
  send,
} from './guarded-agent.ts';
import { checkTarget, type HostRules, hostOf } from './hosts.ts';

/** A file that a message names. The URL is a secret: whoever has it can read the file. */
export type RemoteFile = { readonly url: string; readonly name: string };

/** `host` is safe to log. `reason` is a code of the transport, without people's text. */
export type IntakeResult =
  | { readonly kind: 'file'; readonly bytes: Uint8Array; readonly name: string }
  | { readonly kind: 'too-large'; readonly host: string }
  | { readonly kind: 'lapsed'; readonly host: string; readonly status: number }
  | { readonly kind: 'forbidden-host'; readonly host: string }
  | { readonly kind: 'timeout'; readonly host: string }
  | { readonly kind: 'unreachable'; readonly host: string; readonly reason: string };

export type FetchAttachment = (file: RemoteFile) => Promise<IntakeResult>;

export type FetcherOptions = HostRules & {
  readonly maxBytes?: number;
  readonly deadlines?: Deadlines;
  readonly resolve?: Resolve;
};

/** A report is about 10 KB; UTF-16 exports of a whole registry branch reach a few hundred. */
const defaultMaxBytes = 2 * 1024 * 1024;
const maxRedirects = 3;

/**
 * Makes the function that fetches files which people attach, for the hosts of one channel. It sends no token:
 * Teams' download URLs carry their own, and no other host may see the bot's. Never throws.
 */
export function createFetcher(options: FetcherOptions): FetchAttachment {
  const deadlines = options.deadlines ?? defaultDeadlines;
  const maxBytes = options.maxBytes ?? defaultMaxBytes;

  return async (file) => {
    const agent = createGuardedAgent(options, options.resolve ?? resolveBySystem, deadlines);
    const signal = AbortSignal.timeout(deadlines.total);
    let host = hostOf(file.url);
    try {
      let url = checkTarget(file.url, options);
      for (let hop = 0; hop <= maxRedirects; hop += 1) {
        if (url === null) {
          return { kind: 'forbidden-host', host };
        }
        host = url.hostname;
        const response = await send(url, {
          dispatcher: agent,
          signal,
          headers: { 'accept-encoding': 'identity' },
        });
        const next = locationOf(response);
        if (next === null) {
          return await readResponse(response, { host, maxBytes, name: file.name });
        }
        response.body.destroy();
        host = URL.canParse(next, url.href) ? new URL(next, url).hostname : 'invalid';
        url = checkTarget(next, options, url);
      }
      return { kind: 'unreachable', host, reason: 'too-many-redirects' };
    } catch (error) {
      return describe(error, signal, host);
    } finally {
      // Ends what is still open; an endless body would otherwise go on filling a socket.
      await agent.destroy().catch(() => undefined);
    }
  };
}

function locationOf(response: Response): string | null {
  const { location } = response.headers;
  return [301, 302, 303, 307, 308].includes(response.statusCode) && typeof location === 'string'
    ? location
    : null;
}

async function readResponse(
  response: Response,
  about: { readonly host: string; readonly maxBytes: number; readonly name: string },
): Promise<IntakeResult> {
  const { host, maxBytes } = about;
  const { statusCode, headers, body } = response;
  if ([401, 403, 404, 410].includes(statusCode)) {
    return { kind: 'lapsed', host, status: statusCode };
  }
  if (statusCode !== 200) {
    return { kind: 'unreachable', host, reason: `status-${statusCode}` };
  }
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') {
    return { kind: 'unreachable', host, reason: 'content-encoding' };
  }
  if (Number(headers['content-length'] ?? 0) > maxBytes) {
    return { kind: 'too-large', host };
  }
  const bytes = await readUpTo(body, maxBytes);
  return bytes === null ? { kind: 'too-large', host } : { kind: 'file', bytes, name: tameName(about.name) };
}

/** The declared length is only a claim, so the bytes are counted as they come. */
async function readUpTo(body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > maxBytes) {
      return null;
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** For showing alone: nothing is decided by a name, and no path is made of it. */
function tameName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  return last.replace(/[\p{C}]/gu, '').slice(0, 100);
}

function describe(error: unknown, signal: AbortSignal, host: string): IntakeResult {
  const { kind, reason } = signal.aborted
    ? { kind: 'timeout' as const, reason: 'total' }
    : readFailure(error);
  return kind === 'unreachable' ? { kind, host, reason } : { kind, host };
}
