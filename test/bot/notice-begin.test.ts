import { deepEqual } from 'node:assert/strict';
import { begin } from '../../src/bot/notices/office-draft.ts';
import type { OfficeParts, Official } from '../../src/bot/notices/office-show.ts';
import type { Fields } from '../../src/bot/notices/read.ts';
import type { NoticeDraft } from '../../src/domain/notice.ts';
import { policyChanges } from '../../src/domain/policy.ts';
import { serviceHistory } from '../../src/domain/policy-history.ts';

const by: Official = {
  id: 'ana',
  name: 'Ana',
  roles: ['author'],
  via: 'teams',
  locale: 'en',
  timeZone: 'UTC',
};

describe('A notice that begins in Teams', () => {
  it('is for those whom the change breaks or endangers', async () => {
    deepEqual(await impactOf({ change: '2026-04-01' }), ['will-break', 'at-risk']);
    const own = { change: 'own', day: '2027-01-01', lost: 'suite TLS_X', source: 'https://example.org/' };
    deepEqual(await impactOf(own), ['will-break', 'at-risk']);
  });

  it('is for those who are unknown too where a root certificate goes, since no report says who trusts it', async () => {
    const own = { change: 'own', day: '2027-01-01', lost: 'root Old Root', source: 'https://example.org/' };
    const ofRoot = losses.find(({ kind }) => kind === 'root')?.day ?? '';
    for (const fields of [own, { change: ofRoot }]) {
      deepEqual(await impactOf(fields), ['will-break', 'at-risk', 'unknown']);
    }
  });

  it('is for nobody yet where it announces something', async () => {
    deepEqual(await impactOf({ change: 'announcement' }), []);
  });
});

const losses = policyChanges(
  { service: serviceHistory, organisation: [] },
  '0000-00-00',
  '9999-99-99',
).filter(({ change }) => change === 'lost');

async function impactOf(fields: Fields) {
  const drafts: NoticeDraft[] = [];
  const parts = {
    changes: () => losses,
    say: (name: string) => name,
    cards: { draftTexts: () => ({}) },
    desk: {
      create: async (draft: NoticeDraft) => {
        drafts.push(draft);
        return { kind: 'refused', why: 'not-now', says: [] };
      },
    },
  } as unknown as OfficeParts;
  await begin(parts, fields, by);
  return drafts[0]?.audience.impact;
}
