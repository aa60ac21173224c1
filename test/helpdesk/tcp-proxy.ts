import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';

/** What becomes of one request on its way. */
export type WireFault =
  | 'none'
  | 'slow'
  /** Done over there; the connection breaks when the answer comes. */
  | 'lost-answer'
  /** The connection breaks before anything went over. */
  | 'reset'
  /** Nothing goes over, and nothing ever comes back. */
  | 'black-hole';

export type TcpProxy = { readonly url: string; close(): Promise<void> };

/** Carries bytes to a port on loopback; `next` says what happens to each request. */
export async function startTcpProxy(port: number, next: () => WireFault): Promise<TcpProxy> {
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const target = connect(port, '127.0.0.1');
    for (const socket of [client, target]) {
      open.add(socket);
      socket.on('close', () => open.delete(socket));
      // A broken connection is what this is about; `close` follows.
      socket.on('error', () => undefined);
    }
    client.on('close', () => target.destroy());
    target.on('close', () => client.destroy());
    carry(client, target, next);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A request begins with the first bytes after an answer; all of its bytes meet the same fault. */
function carry(client: Socket, target: Socket, next: () => WireFault): void {
  let fault: WireFault = 'none';
  let asking = false;
  let sent = Promise.resolve();
  client.on('data', (bytes) => {
    if (!asking) fault = next();
    asking = true;
    if (fault === 'reset') client.resetAndDestroy();
    if (fault === 'reset' || fault === 'black-hole') return;
    const wait = fault === 'slow' ? 50 : 0;
    sent = sent.then(async () => {
      await setTimeout(wait);
      target.write(bytes);
    });
  });
  target.on('data', (bytes) => {
    asking = false;
    if (fault === 'lost-answer') client.resetAndDestroy();
    else client.write(bytes);
  });
}

/** Faults by chance, the same for the same seed: of a hundred requests, so many meet each. */
export function faultsByChance(seed: number, shares: Readonly<Partial<Record<WireFault, number>>>) {
  const struck: Partial<Record<WireFault, number>> = {};
  let state = seed;
  const next = (): WireFault => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    let left = (state >>> 8) % 100;
    for (const [fault, share] of Object.entries(shares) as [WireFault, number][]) {
      if (left < share) {
        struck[fault] = (struck[fault] ?? 0) + 1;
        return fault;
      }
      left -= share;
    }
    return 'none';
  };
  return { next, struck };
}
