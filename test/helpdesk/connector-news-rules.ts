import assert from 'node:assert/strict';
import { asker, assertDiscreet, delivered } from './connector-asking.ts';
import { type Lack, lineOf, opened, type Peer, statusOf, words } from './connector-peer.ts';

/** What its people do over there comes back, once each. */
export function describeNews(peerNow: () => Peer, lacks: readonly Lack[]): void {
  it('brings an answer back once, and says whose it is', async () => {
    const remote = await delivered(peerNow(), opened(), null);
    const ask = asker(peerNow());
    assert.deepEqual(await ask(), []);
    await peerNow().comment(remote.id, 'Grace', 'Please restart – now.');
    const news = [...(await ask()), ...(await ask())];
    const [first] = news;
    assert.equal(new Set(news.map(({ id }) => id)).size, 1, JSON.stringify(news));
    assert.ok(first?.ticketId === 'HS-41' || first?.remoteId === remote.id, JSON.stringify(first));
    assert.ok(first.by.includes('Grace'), first.by);
    assert.deepEqual(first.what, { kind: 'comment', text: 'Please restart – now.' });
  });

  it('never takes for news what it brought over itself', async () => {
    const remote = await delivered(peerNow(), opened(), null);
    const ask = asker(peerNow());
    await ask();
    await delivered(peerNow(), lineOf(1, words.lines[0]), remote);
    await delivered(peerNow(), statusOf(2, 'solved'), remote);
    assert.deepEqual(await ask(), []);
  });

  it('tells two answers of the same words apart', async () => {
    const remote = await delivered(peerNow(), opened(), null);
    const ask = asker(peerNow());
    await ask();
    await peerNow().comment(remote.id, 'Grace', 'Hello?');
    await peerNow().comment(remote.id, 'Grace', 'Hello?');
    assert.equal(new Set((await ask()).map(({ id }) => id)).size, 2);
  });

  const rule = (needs: Lack, title: string, check: () => Promise<void>) =>
    lacks.includes(needs) ? undefined : it(title, check);

  rule('internal-notes', 'keeps internal notes of the other side to itself', async () => {
    const { note } = peerNow();
    assert.ok(note);
    const remote = await delivered(peerNow(), opened(), null);
    const ask = asker(peerNow());
    await ask();
    await note(remote.id, 'Grace', 'He is a difficult one.');
    assert.deepEqual(await ask(), []);
  });

  rule('solving', 'brings back that the ticket was solved', async () => {
    const { solve } = peerNow();
    assert.ok(solve);
    const remote = await delivered(peerNow(), opened(), null);
    const ask = asker(peerNow());
    await ask();
    await solve(remote.id, 'Grace');
    assert.deepEqual([...new Set((await ask()).map(({ what }) => what.kind))], ['solved']);
  });

  for (const fault of ['no-connection', 'locked-out'] as const) {
    rule('polling', `says that no news could be had: ${fault}`, async () => {
      const { poll: ask } = peerNow().connector;
      assert.ok(ask);
      await peerNow().setFault(fault);
      const poll = await ask(null);
      assert.equal(poll.kind, 'failed');
      assertDiscreet(peerNow(), poll.kind === 'failed' ? poll.reason : '');
    });
  }
}
