import assert from 'node:assert/strict';
import type { Delivery } from '../../src/helpdesk/connector.ts';
import { deliver, delivered, onlyTicket } from './connector-asking.ts';
import { eventOf, type Fault, lineOf, opened, type Peer, report, words } from './connector-peer.ts';

/** What each fault may be called, and whether the ticket may be there already. */
const callings: Readonly<Record<Fault, readonly Delivery['kind'][]>> = {
  'no-connection': ['later'],
  'lost-request': ['unknown', 'later'],
  'lost-answer': ['unknown'],
  busy: ['later'],
  broken: ['unknown', 'later'],
  // Mended credentials let everything through that waits: `later` is kinder than `refused`.
  'locked-out': ['later', 'refused'],
  refusal: ['refused'],
};

const faults = Object.keys(callings) as readonly Fault[];

/** Whatever goes wrong on the way, there is one ticket and one line of each in the end. */
export function describeFaults(peerNow: () => Peer): void {
  for (const fault of faults) {
    it(`opens one ticket in the end: ${fault}`, async () => {
      await peerNow().setFault(fault);
      const delivery = await deliver(peerNow(), opened(), null);
      assert.ok(callings[fault].includes(delivery.kind), JSON.stringify(delivery));
      await peerNow().setFault(null);
      await delivered(peerNow(), opened(), null);
      await onlyTicket(peerNow());
    });

    it(`brings one line over in the end: ${fault}`, async () => {
      const remote = await delivered(peerNow(), opened(), null);
      await peerNow().setFault(fault);
      const delivery = await deliver(peerNow(), lineOf(1, words.lines[0]), remote);
      assert.ok(callings[fault].includes(delivery.kind), JSON.stringify(delivery));
      await peerNow().setFault(null);
      await delivered(peerNow(), lineOf(1, words.lines[0]), remote);
      const { comments } = await onlyTicket(peerNow());
      assert.equal(comments.length, 1, comments.join('\n---\n'));
    });
  }

  it('brings one file over though the answer was lost', async () => {
    const remote = await delivered(peerNow(), opened(), null);
    const event = eventOf(1, { kind: 'file', file: report });
    await peerNow().setFault('lost-answer');
    await deliver(peerNow(), event, remote);
    await peerNow().setFault(null);
    await delivered(peerNow(), event, remote);
    assert.equal((await onlyTicket(peerNow())).files.length, 1);
  });

  it('waits as long as a busy peer asks', async () => {
    await peerNow().setFault('busy');
    const delivery = await deliver(peerNow(), opened(), null);
    const asked = delivery.kind === 'later' ? delivery.retryAfterSeconds : undefined;
    assert.equal(asked, peerNow().retryAfterSeconds);
  });
}
