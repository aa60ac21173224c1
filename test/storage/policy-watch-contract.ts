import assert from 'node:assert/strict';
import type { ReplyOutcome } from '../../src/bot/turn-store.ts';
import { loadWording } from '../../src/cards/wording.ts';
import { serviceHistory } from '../../src/domain/policy-history.ts';
import { type TellingDependencies, tellAuthors } from '../../src/notices-watch.ts';
import type { Handshake } from '../../src/policy/handshake.ts';
import type { Probe } from '../../src/policy/probes.ts';
import type { Seen } from '../../src/policy/watch.ts';
import { type News, type WatchParts, watchHosts } from '../../src/policy/watch-job.ts';
import { watchWords } from '../../src/policy/watch-words.ts';
import type { Database } from '../../src/storage/connection.ts';
import { createWatchStore } from '../../src/storage/policy-watch-store.ts';
import { createNoticeWorld, person } from '../notices/notice-world.ts';

const host = 'login.example.com';
const day = '2026-11-24';
const seen: Seen = { host, at: `${day}T06:00:00.000Z`, replies: [] };
const news: News = { host, day, text: 'It differs.', draft: null, told: [] };
const at = (time: string) => new Date(`${day}T${time}:00Z`);

/** Looks at hosts, and what is told of them, on every database. */
export function describePolicyWatch(open: () => Database): void {
  const store = () => createWatchStore(open());
  beforeEach(async () => {
    await open().db.deleteFrom('policy_watch').execute();
    await open().db.deleteFrom('notices').execute();
  });

  it('happen once a day, and again when a process died or the host did not answer', async () => {
    assert.equal(await store().claim(host, day, at('06:00')), true);
    assert.equal(await store().claim(host, day, at('06:29')), false);
    assert.equal(await store().claim(host, day, at('06:31')), true);
    await store().keep(host, day, null, null);
    assert.equal(await store().claim(host, day, at('08:00')), false);
    assert.equal(await store().claim(host, day, at('08:32')), true);
    await store().keep(host, day, seen, null);
    assert.equal(await store().claim(host, day, at('23:00')), false);
    assert.deepEqual(await store().lastSeen(host, '2026-11-25'), seen);
    assert.equal(await store().lastSeen(host, day), null);
  });

  it('leave what is to be told to one process, until everybody has heard', async () => {
    await store().claim(host, day, at('06:00'));
    await store().keep(host, day, seen, news);
    assert.deepEqual(await store().claimNews(at('06:29')), []);
    assert.deepEqual(await store().claimNews(at('06:31')), [news]);
    assert.deepEqual(await store().claimNews(at('06:32')), []);
    await store().keepTold(news, { told: ['ana'], isOver: false });
    assert.deepEqual(await store().claimNews(at('07:31')), [{ ...news, told: ['ana'] }]);
    await store().keepTold(news, { told: ['ana', 'bo'], isOver: true });
    assert.deepEqual(await store().claimNews(at('23:00')), []);
  });

  describe('that find a difference', () => {
    const world = () => watchedWorld(open());

    it('are told again when telling failed, and there is one draft', async () => {
      const { fails, drafts, heard, watch } = world();
      await watch('24T06:00');
      fails.push(new Error('the database is away'));
      await assert.rejects(watch('25T06:00'));
      assert.deepEqual([await drafts(), heard], [1, []]);
      await watch('25T07:00');
      assert.deepEqual([await drafts(), heard], [1, ['ana', 'bo']]);
      await watch('25T08:00');
      await watch('26T06:00');
      assert.deepEqual([await drafts(), heard], [1, ['ana', 'bo']]);
    });

    it('are told later to whoever Teams did not take the message for, and not twice to others', async () => {
      const { outcomes, heard, watch } = world();
      await watch('24T06:00');
      outcomes.push({ kind: 'sent', activityId: '1' }, { kind: 'later', retryAfterSeconds: 5 });
      await watch('25T06:00');
      assert.deepEqual(heard, ['ana']);
      await watch('25T07:00');
      assert.deepEqual(heard, ['ana', 'bo']);
    });
  });
}

/** A host that gives up a suite on the 25th, and two authors; what fails, and how sends end, is as the test says. */
function watchedWorld(database: Database) {
  const notices = createNoticeWorld(database, []);
  const fails: Error[] = [];
  const outcomes: ReplyOutcome[] = [];
  const heard: string[] = [];
  const wording = loadWording('en');
  let now = at('06:00');
  const deps: TellingDependencies = {
    wording,
    config: { notices: { roles: { author: ['ana', 'bo'].map((id) => ({ kind: 'person', id })) } } } as never,
    lane: {
      desk: notices.desk,
      people: {
        async find(id) {
          const failure = fails.pop();
          if (failure !== undefined) throw failure;
          return person(id).person;
        },
      },
    },
    async deliver(reference) {
      const outcome = outcomes.shift() ?? { kind: 'sent', activityId: '1' };
      if (outcome.kind === 'sent') heard.push(Object(reference).of);
      return outcome;
    },
    log: { info: () => undefined, warn: () => undefined },
  };
  const parts: WatchParts = {
    store: createWatchStore(database),
    history: { service: serviceHistory, organisation: [] },
    words: watchWords(wording),
    now: () => now,
    pause: async () => undefined,
    shake: async (_target: unknown, probe: Probe | null): Promise<Handshake> => {
      const name = probe?.name ?? '';
      const isGone = now >= new Date('2026-11-25') && name === 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256';
      const isOld = /^TLS( 1\.[01]$|_DHE_|_RSA_)/.test(name);
      return isGone || isOld ? { kind: 'refused' } : { kind: 'accepted', root: 'DigiCert Global Root G2' };
    },
    newDraftId: notices.newId,
    tell: (told) => tellAuthors(deps, told),
    failed: () => undefined,
  };
  return {
    ...{ fails, outcomes, heard },
    drafts: async () => (await notices.desk.list(10)).length,
    async watch(when: string) {
      now = new Date(`2026-11-${when}:00Z`);
      await watchHosts(parts, [host]);
    },
  };
}
