import { isIP } from 'node:net';
import {
  type ConnectionOptions,
  connect,
  type DetailedPeerCertificate,
  type PeerCertificate,
  type TLSSocket,
} from 'node:tls';
import type { Probe } from './probes.ts';

/**
 * How a handshake ended. `reset`: the server hung up without a word, which some do instead of refusing.
 * `silent`: nothing came in time, or nobody was there. `cannot-ask`: the OpenSSL of this program does not offer it.
 */
export type Handshake =
  | { readonly kind: 'accepted'; readonly root: string | null }
  | { readonly kind: 'refused' | 'reset' | 'cannot-ask' }
  | { readonly kind: 'silent'; readonly code: string };

export type Target = { readonly host: string; readonly port: number };

/** Shakes hands once, offering what the probe names (null: all that OpenSSL has by itself), and hangs up. */
export function shakeHands(target: Target, probe: Probe | null, deadlineMs: number): Promise<Handshake> {
  return new Promise((resolve) => {
    let socket: TLSSocket;
    const timer = setTimeout(() => end({ kind: 'silent', code: 'timed-out' }), deadlineMs);
    function end(outcome: Handshake): void {
      clearTimeout(timer);
      socket?.destroy();
      resolve(outcome);
    }
    try {
      socket = connect(optionsFor(target, probe));
    } catch {
      // OpenSSL refuses names that it does not know before anything is sent.
      clearTimeout(timer);
      return resolve({ kind: 'cannot-ask' });
    }
    socket.once('secureConnect', () => end(judge(socket, probe)));
    socket.once('error', (error: NodeJS.ErrnoException) => end(judgeError(error.code ?? 'unknown')));
    socket.once('close', () => end({ kind: 'reset' }));
  });
}

function optionsFor({ host, port }: Target, probe: Probe | null): ConnectionOptions {
  return {
    host,
    port,
    ...(isIP(host) === 0 ? { servername: host } : {}),
    // Only what is accepted is looked at; nothing is sent, so nobody has to be trusted.
    rejectUnauthorized: false,
    ...(probe && { minVersion: probe.version, maxVersion: probe.version }),
    ...(probe?.ciphers && { ciphers: probe.ciphers }),
    ...(probe?.group && { ecdhCurve: probe.group }),
  };
}

function judge(socket: TLSSocket, probe: Probe | null): Handshake {
  const isOther = probe?.kind === 'suite' && socket.getCipher().standardName !== probe.name;
  return isOther
    ? { kind: 'cannot-ask' }
    : { kind: 'accepted', root: rootOf(socket.getPeerCertificate(true)) };
}

/** The name of the root that the chain leads to, as far as the server shows it. */
function rootOf(certificate: PeerCertificate | DetailedPeerCertificate): string | null {
  let here = certificate;
  for (let depth = 0; depth < 10; depth++) {
    const next = 'issuerCertificate' in here ? here.issuerCertificate : undefined;
    if (next === undefined || next === here) break;
    here = next;
  }
  return [here.issuer?.CN ?? null].flat()[0] ?? null;
}

const local = new Set([
  'ERR_SSL_NO_CIPHERS_AVAILABLE',
  'ERR_SSL_NO_CIPHER_MATCH',
  'ERR_SSL_NO_PROTOCOLS_AVAILABLE',
]);
const hungUp = new Set(['ECONNRESET', 'EPIPE']);

function judgeError(code: string): Handshake {
  if (local.has(code)) return { kind: 'cannot-ask' };
  if (hungUp.has(code)) return { kind: 'reset' };
  return code.startsWith('ERR_SSL_') ? { kind: 'refused' } : { kind: 'silent', code };
}
