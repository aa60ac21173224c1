import assert from 'node:assert/strict';
import type { ConnectorEvent, Delivery, News, RemoteTicket } from '../../src/helpdesk/connector.ts';
import { type Peer, type PeerTicket, words } from './connector-peer.ts';

/** Asks for news from where it asked last; calls of the other side, where the connector does not poll. */
export function asker({ connector, calls }: Peer): () => Promise<readonly News[]> {
  let cursor: string | null = null;
  return async () => {
    if (connector.poll !== null) {
      const poll = await connector.poll(cursor);
      assert.equal(poll.kind, 'news', JSON.stringify(poll));
      if (poll.kind !== 'news') return [];
      cursor = poll.cursor;
      return poll.news;
    }
    const received = await Promise.all((await calls()).map((call) => connector.receive?.(call)));
    return received.flatMap((inbound) => {
      assert.equal(inbound?.kind, 'news', JSON.stringify(inbound));
      return inbound?.kind === 'news' ? inbound.news : [];
    });
  };
}

export async function deliver(
  peer: Peer,
  event: ConnectorEvent,
  remote: RemoteTicket | null,
): Promise<Delivery> {
  const delivery = await peer.connector.deliver(event, remote);
  if (delivery.kind !== 'done') assertDiscreet(peer, delivery.reason);
  return delivery;
}

export async function delivered(
  peer: Peer,
  event: ConnectorEvent,
  remote: RemoteTicket | null,
): Promise<RemoteTicket> {
  const delivery = await deliver(peer, event, remote);
  assert.equal(delivery.kind, 'done', JSON.stringify(delivery));
  return delivery.kind === 'done' ? delivery.remote : { id: '', url: null };
}

/** Reasons go to logs and lists: no secrets, and nothing that people wrote. */
export function assertDiscreet(peer: Peer, reason: string): void {
  assert.notEqual(reason, '');
  const hidden = [...peer.secrets, words.title, words.description, ...words.lines, 'Ada Example'];
  for (const secret of hidden) assert.ok(!reason.includes(secret), `a reason quotes ${secret}`);
}

export async function onlyTicket(peer: Peer): Promise<PeerTicket> {
  const tickets = await peer.tickets();
  assert.equal(tickets.length, 1, JSON.stringify(tickets));
  return tickets[0] as PeerTicket;
}

/** Some peers keep other line ends, and blanks at the end. */
export function lines(text: string): string {
  return text.replaceAll('\r\n', '\n').trimEnd();
}
