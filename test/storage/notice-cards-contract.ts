import assert from 'node:assert/strict';
import { sql } from 'kysely';
import type { CardInHand, PlannedCard } from '../../src/notices/card-store.ts';
import type { Database } from '../../src/storage/connection.ts';
import { createNoticeCardStore } from '../../src/storage/notice-card-store.ts';
import { ada, bob, draft, nobody } from '../domain/notice-builders.ts';
import { createNoticeWorld, crowd } from '../notices/notice-world.ts';

/** The cards that administrators have before them, on every database. */
export function describeNoticeCards(open: () => Database): void {
  const begin = async () => {
    const world = createNoticeWorld(open(), crowd(60));
    const store = createNoticeCardStore(open());
    await open().db.deleteFrom('notices').execute();
    const { id } = await world.desk.create(draftOfAll(), ada).then((acted) => {
      assert.ok(acted.kind === 'done');
      return acted.notice;
    });
    const waiting = await world.act(id, { do: 'submit' });
    /** One that was not sent yet. */
    const card = (official: string, kind: PlannedCard['kind'] = 'waiting') => ({
      ...{ noticeId: id, official, kind, reference: { of: official }, activityId: null },
      version: kind === 'waiting' ? waiting.version : 0,
    });
    const sent = async (planned: PlannedCard & CardInHand) => {
      await store.plan([planned], world.now());
      await store.shown(planned, { activityId: `1:${planned.official}`, print: 'p' }, world.now());
    };
    return { ...world, store, id, card, sent, version: waiting.version };
  };

  it('are planned once, however many processes do so', async () => {
    const { store, card, now } = await begin();
    assert.equal(await store.plan([card('bob'), card('cleo')], now()), 2);
    assert.equal(await store.plan([card('bob')], now()), 0);
    assert.equal(await store.plan([], now()), 0);
  });

  it('belong to one process for a minute, and to another one when that has died', async () => {
    const { store, card, now, pass } = await begin();
    await store.plan([card('bob')], now());
    const [claimed] = await store.claim(now(), 5);
    assert.partialDeepStrictEqual(claimed, { ...card('bob'), activityId: null, print: null, attempts: 1 });
    assert.deepEqual(await store.claim(now(), 5), []);
    pass(61);
    assert.partialDeepStrictEqual(await store.claim(now(), 5), [{ attempts: 2 }]);
  });

  it('wait until their notice has another version', async () => {
    const { store, card, sent, now, id, act } = await begin();
    await sent(card('bob'));
    assert.deepEqual(await store.claim(now(), 5), []);
    await act(id, { do: 'reject', reason: 'too long' }, bob);
    assert.partialDeepStrictEqual(await store.claim(now(), 5), [{ official: 'bob', activityId: '1:bob' }]);
  });

  it('are looked at when they are due, if they show the progress', async () => {
    const { store, card, now, pass } = await begin();
    const progress = card('ada', 'progress');
    await store.plan([progress], now());
    await store.shown(progress, { activityId: '1:x', print: 'p' }, new Date(now().getTime() + 10_000));
    assert.equal((await store.claim(now(), 5)).length, 0);
    pass(10);
    assert.equal((await store.claim(now(), 5)).length, 1);
  });

  it('are left alone once they are over', async () => {
    const { store, card, now, pass } = await begin();
    await store.plan([card('bob')], now());
    await store.end(card('bob'), '403 BotNotInConversationRoster', now());
    pass(3_600);
    assert.deepEqual(await store.claim(now(), 5), []);
  });

  it('give up what the same message showed before', async () => {
    const { store, card, sent, now, id, act } = await begin();
    await sent(card('bob'));
    await act(id, { do: 'approve' }, bob);
    await store.keep({ ...card('bob', 'progress'), activityId: '1:bob' }, now(), now());
    assert.partialDeepStrictEqual(await store.claim(now(), 5), [{ kind: 'progress', activityId: '1:bob' }]);
  });

  it('follow the newest message of somebody who opens a notice again', async () => {
    const { store, card, now } = await begin();
    for (const activityId of ['1:old', '1:new']) {
      await store.keep({ ...card('bob', 'progress'), activityId }, now(), now());
    }
    assert.partialDeepStrictEqual(await store.claim(now(), 5), [{ activityId: '1:new' }]);
  });

  it('stay with the newest message, also when an edit of the older one ends after it came', async () => {
    const { store, card, now } = await begin();
    const progress = card('bob', 'progress');
    await store.keep({ ...progress, activityId: '1:old' }, now(), now());
    const [inHand] = await store.claim(now(), 5);
    assert.ok(inHand);
    await store.keep({ ...progress, activityId: '1:new' }, now(), now());
    await store.shown(inHand, { activityId: '1:old', print: 'p' }, now());
    await store.wait(inHand, new Date(now().getTime() + 10_000));
    await store.end(inHand, '404', now());
    assert.partialDeepStrictEqual(await store.claim(now(), 5), [{ activityId: '1:new', print: null }]);
  });

  it('tell who has seen a version, by name where that is known', async () => {
    const { store, card, sent, now, id, version } = await begin();
    await sql`insert into people (id, name) values ('bob', 'Bob') on conflict (id) do update set name = 'Bob'`.execute(
      open().db,
    );
    await sent(card('bob'));
    await sent(card('zoe'));
    await store.plan([card('nobody wrote to them')], now());
    assert.deepEqual(await store.seenBy(id, version), [
      { id: 'bob', name: 'Bob' },
      { id: 'zoe', name: 'zoe' },
    ]);
  });

  it('tell what made a version, and by whom', async () => {
    const { store, id, act, version } = await begin();
    await act(id, { do: 'reject', reason: 'too long' }, bob);
    assert.deepEqual(await store.eventAt(id, version + 1), {
      ...{ what: 'reject', name: 'Bob', reason: 'too long' },
    });
    assert.equal(await store.eventAt(id, version + 2), null);
  });

  it('are missing for what waits for approval, and for what began lately and nobody has a card of', async () => {
    const { store, id, card, act, startAtOnce, now } = await begin();
    const dayAgo = () => new Date(now().getTime() - 86_400_000);
    assert.deepEqual(
      (await store.listAwaiting()).map((notice) => notice.id),
      [id],
    );
    await act(id, { do: 'approve' }, bob);
    assert.deepEqual(await store.listAwaiting(), []);
    assert.deepEqual(await store.listUnshown(dayAgo()), []);
    await startAtOnce(id);
    assert.deepEqual(
      (await store.listUnshown(dayAgo())).map((notice) => notice.id),
      [id],
    );
    await store.plan([card('ada', 'progress')], now());
    assert.deepEqual(await store.listUnshown(dayAgo()), []);
  });

  it('have to tell a rejection and a halt of lately, once each', async () => {
    const { store, id, act, startAtOnce, send, wind, pass, now } = await begin();
    const untold = async (days = 1) => {
      const since = new Date(now().getTime() - days * 86_400_000);
      return (await store.listUntold(since)).map(({ status, version }) => `${status.at} ${version}`);
    };
    const tell = (version: number) => {
      const news = { noticeId: id, official: 'ada', kind: 'news', version, reference: {} } as const;
      return store.plan([news], now());
    };
    assert.deepEqual(await untold(), []);
    const { version } = await act(id, { do: 'reject', reason: 'too long' }, bob);
    assert.deepEqual(await untold(), [`draft ${version}`]);
    await tell(version);
    assert.deepEqual(await untold(), []);
    await act(id, { do: 'submit' });
    await act(id, { do: 'approve' }, bob);
    await startAtOnce(id);
    await send(id, 'failed');
    const [halted] = await wind();
    assert.ok(halted?.status.at === 'halted');
    assert.deepEqual(await untold(), [`halted ${halted.version}`]);
    pass(2 * 86_400);
    assert.deepEqual(await untold(), []);
    assert.deepEqual(await untold(3), [`halted ${halted.version}`]);
    // Sending again to those that failed leaves it stopped, which is no news.
    await act(id, { do: 'resend-failed' });
    assert.deepEqual(await untold(3), []);
  });
}

function draftOfAll() {
  return draft({ audience: { ...nobody, everyone: true } });
}
