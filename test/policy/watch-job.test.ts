import assert from 'node:assert/strict';
import { loadWording } from '../../src/cards/wording.ts';
import { serviceHistory } from '../../src/domain/policy-history.ts';
import type { Handshake } from '../../src/policy/handshake.ts';
import type { Probe } from '../../src/policy/probes.ts';
import type { Seen } from '../../src/policy/watch.ts';
import { type News, type WatchParts, watchHosts } from '../../src/policy/watch-job.ts';
import { watchWords } from '../../src/policy/watch-words.ts';

const host = 'login.example.com';
const history = { service: serviceHistory, organisation: [] };

describe('The daily look at a host', () => {
  let today: string;
  let refused: readonly string[];
  let isDown: boolean;
  let told: News[];
  let kept: Map<string, Seen | null>;
  beforeEach(() => {
    today = '2026-11-24';
    refused = ['TLS 1.0', 'TLS 1.1', ...retired];
    isDown = false;
    told = [];
    kept = new Map();
  });

  const parts = (): WatchParts => ({
    history,
    words: watchWords(loadWording('en')),
    now: () => new Date(`${today}T06:00:00Z`),
    pause: async () => undefined,
    shake: async (_target: unknown, probe: Probe | null): Promise<Handshake> => {
      if (isDown) return { kind: 'silent', code: 'ETIMEDOUT' };
      if (probe !== null && refused.includes(probe.name)) return { kind: 'refused' };
      return { kind: 'accepted', root: 'DigiCert Global Root G2' };
    },
    store: {
      claim: async (_host, day) => !kept.has(day),
      lastSeen: async (_host, before) =>
        [...kept].findLast(([day, seen]) => day < before && seen !== null)?.[1] ?? null,
      keep: async (_host, day, seen) => void kept.set(day, seen),
      claimNews: async () => [],
      keepTold: async () => undefined,
    },
    newDraftId: () => 'N-1',
    tell: async (news) => {
      assert.ok(kept.has(news.day), 'it was told before it was kept');
      told.push(news);
      return { told: [], isOver: true };
    },
    failed: () => undefined,
  });

  it('says nothing of a host that is as the policy data say, and happens once', async () => {
    assert.deepEqual(await watchHosts(parts(), [host]), [host]);
    assert.deepEqual(await watchHosts(parts(), [host]), []);
    assert.deepEqual(told, []);
  });

  it('tells what a host has stopped accepting since, once, with a draft for those whom it may hit', async () => {
    await watchHosts(parts(), [host]);
    today = '2026-11-25';
    refused = [...refused, 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256'];
    await watchHosts(parts(), [host]);
    today = '2026-11-26';
    await watchHosts(parts(), [host]);
    assert.equal(told.length, 1);
    assert.match(told[0]?.text ?? '', /Since the last look it refuses TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256/);
    assert.match(told[0]?.text ?? '', /made from this server/);
    const subject = told[0]?.draft?.draft.subject;
    assert.ok(subject?.kind === 'policy');
    assert.deepEqual([subject.before, subject.after], ['2026-11-24', '2026-11-25']);
    assert.deepEqual(subject.lost, [{ kind: 'suite', name: 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256' }]);
    const { en, de } = told[0]?.draft?.draft.texts.all ?? {};
    assert.match(en?.body ?? '', /\{name\}.*\(login\.example\.com\).*AES_128_GCM_SHA256\..*\{pc\}/);
    assert.match(de?.body ?? '', /\{name\}.*\(login\.example\.com\).*AES_128_GCM_SHA256 nicht.*\{pc\}/);
  });

  it('tells at the first look what the policy data do not have, and drafts nothing where nobody is hit', async () => {
    refused = refused.filter((name) => name !== 'TLS 1.0');
    await watchHosts(parts(), [host]);
    assert.match(told[0]?.text ?? '', /It accepts TLS 1\.0, which the policy data do not have/);
    assert.equal(told[0]?.draft, null);
  });

  it('takes a host that does not answer for nothing new', async () => {
    await watchHosts(parts(), [host]);
    today = '2026-11-25';
    isDown = true;
    await watchHosts(parts(), [host]);
    assert.deepEqual(told, []);
    assert.equal(kept.get(today), null);
  });
});

const retired = [
  'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256',
  'TLS_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_RSA_WITH_AES_128_GCM_SHA256',
];
