import assert from 'node:assert/strict';
import { simpleParser } from 'mailparser';
import { describeConnector } from './connector-contract.ts';
import { lineOf, opened } from './connector-peer.ts';
import { type EmailPeer, startEmailPeer } from './email-peer.ts';

describeConnector('email', () => startEmailPeer(), ['missing-tickets', 'internal-notes', 'solving']);

describe('A mail of the helpdesk', () => {
  let peer: EmailPeer;
  beforeEach(async () => {
    peer = await startEmailPeer();
  });
  afterEach(() => peer.close());

  const headerOf = async (index: number, name: string) =>
    (await simpleParser(peer.smtp.mails[index] ?? assert.fail('no such mail'))).headers.get(name);

  it('keeps its message id when it is sent again, and refers to the first one of its ticket', async () => {
    for (const event of [opened(), opened(), lineOf(1, 'Hello?')]) await peer.connector.deliver(event, null);
    const [first, again, opening, line] = await Promise.all(
      [0, 1, 2, 3].map((index) => headerOf(index, 'message-id')),
    );
    assert.deepEqual([again, opening], [first, first]);
    assert.notEqual(line, first);
    assert.equal(await headerOf(3, 'in-reply-to'), first);
  });

  it('says that a machine wrote it, so that no absence note comes back', async () => {
    await peer.connector.deliver(opened(), null);
    assert.equal(await headerOf(0, 'auto-submitted'), 'auto-generated');
    assert.equal(await headerOf(0, 'x-auto-response-suppress'), 'All');
  });

  it('cannot be given another header by what people write', async () => {
    await peer.connector.deliver(opened({ title: 'OneDrive\r\nBcc: mallory@evil.example' }), null);
    assert.equal(await headerOf(0, 'bcc'), undefined);
  });

  it('goes out once more when its fate is not known, and then waits for a person', async () => {
    await peer.setFault('lost-answer');
    const ends = [await peer.connector.deliver(opened(), null), await peer.connector.deliver(opened(), null)];
    assert.deepEqual(
      ends.map(({ kind }) => kind),
      ['unknown', 'refused'],
    );
    assert.match(ends[1]?.kind === 'refused' ? ends[1].reason : '', /may have arrived/);
  });
});
