import assert from 'node:assert/strict';
import type { Learned, LearnedPerson } from '../../src/bot/learned.ts';
import type { NoticeSubject } from '../../src/domain/notice.ts';
import type { TlsProfile } from '../../src/domain/tls-profile.ts';
import { createAudienceFinder } from '../../src/notices/audience.ts';
import { GroupUnavailable } from '../../src/notices/people.ts';
import type { Database } from '../../src/storage/connection.ts';
import { prunePeople } from '../../src/storage/housekeeping.ts';
import { createPeopleStore, learnPerson } from '../../src/storage/people-store.ts';
import { createTurnStore } from '../../src/storage/turn-store.ts';
import { turn } from './builders.ts';

const [ada, ben, cleo] = ['a', 'b', 'c'].map((letter) => `0000000${letter}-1111-4222-8333-444444444444`) as [
  string,
  string,
  string,
];
const group = '99999999-1111-4222-8333-444444444444';
const retired: NoticeSubject = {
  ...{ kind: 'policy', before: '2026-03-31', after: '2026-04-01', lost: [] },
  source: 'https://policy.example/dhe',
};
const everyone = {
  ...{ everyone: true, impact: [], findings: [], os: [], sites: [], languages: [], people: [], groups: [] },
};

/** What decides here is one suite; all else is as on a healthy PC. */
function profile(suite: string): TlsProfile {
  const off = ['ecdh', 'aes128', 'aes256', 'hash.sha', 'hash.sha256', 'hash.sha384'];
  return {
    facts: [
      { name: 'cipher.policy', value: 'absent' },
      { name: 'cipher.source', value: 'cmdlet' },
      { name: 'cipher.suites', value: [suite] },
      { name: 'curves.list', value: ['NistP256'] },
      { name: 'os.family', value: 'windows-10' },
      ...off.map((name) => ({ name: `schannel.${name}.enabled`, value: 'absent' })),
    ],
    others: [],
  };
}
const dhe = profile('TLS_DHE_RSA_WITH_AES_256_GCM_SHA384');
const ecdhe = profile('TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384');

export function describePeople(open: () => Database): void {
  const people = () => createPeopleStore(open());
  const finder = () =>
    createAudienceFinder({
      people: people(),
      history: {
        service: [
          ...accepted('protocol', 'TLS 1.2', null),
          ...accepted('suite', 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384', null),
          ...accepted('suite', 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384', '2026-03-31'),
          ...accepted('group', 'NistP256', null),
        ],
        organisation: [],
      },
      membersOf: async (id) => {
        if (id !== group) throw new GroupUnavailable('no such group');
        return new Set([ada, cleo]);
      },
      now: () => new Date('2026-02-10T08:00:00Z'),
    });
  let activity = 0;

  /** A turn in a conversation of the person's own. */
  async function write(id: string, parts: Partial<LearnedPerson> = {}, device: Learned['device'] = null) {
    activity += 1;
    const conversation = `msteams/people-${activity}`;
    const person: LearnedPerson = {
      ...{ id, entraId: id, userId: `29:${id}`, tenantId: 'tenant-1', name: 'Somebody', locale: 'de-CH' },
      ...{ timeZone: 'Europe/Zurich', conversation, isBack: true },
      ...parts,
    };
    const change = turn({ conversation, activityId: `people-${activity}`, learned: { person, device } });
    assert.equal((await createTurnStore(open()).save(change)).kind, 'saved');
  }

  function report(device: string, facts: TlsProfile): Learned['device'] {
    const hash = facts === dhe ? 'hash-dhe' : 'hash-ecdhe';
    return { device, reportId: `report-${device}`, os: 'windows-10', profile: hash, facts };
  }

  beforeEach(async () => {
    await open().db.deleteFrom('people').execute();
    await open().db.deleteFrom('tls_profiles').execute();
  });

  it('are known from what they write, with where to write to', async () => {
    await write(ada);
    const { reference, ...person } = (await people().find(ada)) ?? {};
    assert.deepEqual(person, {
      ...{ id: ada, tenantId: 'tenant-1', name: 'Somebody', entraId: ada, locale: 'de-CH' },
      ...{ timeZone: 'Europe/Zurich', site: null, reach: 'reachable', optedOut: false },
    });
    assert.deepEqual(reference, turn().reference);
  });

  it('keep what an activity does not tell, and take what it tells anew', async () => {
    await write(ada);
    await write(ada, { locale: null, timeZone: null, name: 'Ada' });
    const { locale, timeZone, name } = (await people().find(ada)) ?? {};
    assert.deepEqual({ locale, timeZone, name }, { locale: 'de-CH', timeZone: 'Europe/Zurich', name: 'Ada' });
  });

  it('are out of reach after they took the app out, until they are back', async () => {
    await write(ada);
    await people().setReach(ada, 'removed');
    await write(ada, { isBack: false });
    assert.equal((await people().find(ada))?.reach, 'removed');
    await write(ada);
    assert.equal((await people().find(ada))?.reach, 'reachable');
  });

  it('who did not have the app are tried again where it can be installed, and nobody who shut the bot out', async () => {
    for (const id of [ada, ben]) await write(id);
    await people().setReach(ada, 'not-installed');
    await people().setReach(ben, 'removed');
    await people().tryUninstalled();
    assert.deepEqual(
      [(await people().find(ada))?.reach, (await people().find(ben))?.reach],
      ['reachable', 'removed'],
    );
  });

  it('are not learned from a turn that is not saved', async () => {
    const person = { ...everybody(ben), conversation: 'msteams/people-lost' };
    const change = turn({ expectedVersion: 7, activityId: 'lost', learned: { person, device: null } });
    assert.equal((await createTurnStore(open()).save(change)).kind, 'conflict');
    assert.equal(await people().find(ben), null);
  });

  it('are judged by the worst of their PCs, each by its last report', async () => {
    await write(ada, {}, report('pc-1', ecdhe));
    await write(ada, {}, report('pc-2', dhe));
    await write(ben, {}, report('pc-3', dhe));
    await write(ben, {}, report('pc-3', ecdhe));
    await write(cleo);
    const judged = await finder().judge(retired, [ada, ben, cleo, 'nobody']);
    assert.deepEqual(
      judged.map(({ person, impact, cause, device }) => [person.id, impact, cause, device]),
      [
        [ada, 'will-break', 'cipher-suites', 'pc-2'],
        [ben, 'fine', null, 'pc-3'],
        [cleo, 'unknown', null, null],
      ],
    );
    const { byClass, people: count, rows } = await finder().figures(retired);
    assert.deepEqual(byClass, { 'will-break': 1, 'at-risk': 0, fine: 1, unknown: 1 });
    assert.equal(
      count,
      rows.reduce((sum, row) => sum + row.people, 0),
    );
  });

  it('count as unknown where one PC is fine and nothing is known of another', async () => {
    await write(ada, {}, report('pc-1', ecdhe));
    await write(ada, {}, report('pc-2', dhe));
    await open().db.deleteFrom('tls_profiles').where('hash', '=', 'hash-dhe').execute();
    assert.equal((await finder().judge(retired, [ada]))[0]?.impact, 'unknown');
    assert.equal((await finder().figures(retired)).byClass.unknown, 1);
  });

  it('are found by class, finding, system, site, language, list and group', async () => {
    await write(ada, {}, report('pc-1', dhe));
    await write(ben, { locale: 'en-GB' }, report('pc-2', ecdhe));
    await people().keepListed([{ ...listed(cleo), site: 'Basel', language: 'de' }]);
    const limits = [
      [{ impact: ['will-break'] }, [ada]],
      [{ findings: ['cipher-suites'] }, [ada]],
      [{ os: ['windows-10'] }, [ada, ben]],
      [{ sites: ['Basel'] }, [cleo]],
      [{ languages: ['de'] }, [ada, cleo]],
      [{ languages: ['d'] }, []],
      [{ people: [ben.toUpperCase()] }, [ben]],
      [{ groups: [group] }, [ada, cleo]],
      [{ groups: [group], people: [ben, cleo] }, [cleo]],
      [{ impact: ['fine'], languages: ['de'] }, []],
    ] as const;
    for (const [limit, expected] of limits) {
      const found: string[] = [];
      for await (const page of finder().select(retired, { ...everyone, ...limit })) {
        found.push(...page.map(({ person }) => person.id));
      }
      assert.deepEqual(found, expected, JSON.stringify(limit));
    }
  });

  it('are tried out with the reason why some get nothing', async () => {
    for (const id of [ada, ben, cleo]) await write(id);
    await people().setOptOut(ada, true);
    await people().setReach(ben, 'blocked');
    const audience = { ...everyone, people: [ada, ben, cleo, 'nobody'] };
    const tried = await finder().dryRun(retired, audience, false);
    assert.deepEqual([tried.count, tried.sample.map(({ person }) => person.id)], [1, [cleo]]);
    assert.deepEqual(
      tried.unreachable.map(({ id, why }) => [id, why]),
      [
        [ada, 'opted-out'],
        [ben, 'blocked'],
        ['nobody', 'unknown-person'],
      ],
    );
    assert.equal((await finder().dryRun(retired, audience, true)).count, 2);
  });

  it('are shown by a sample in which no class is missing, however many are of another one', async () => {
    const crowd = Array.from(
      { length: 21 },
      (_, n) => `00000000-1111-4222-8333-${String(n).padStart(12, '0')}`,
    );
    for (const id of crowd) await write(id, {}, report('pc', ecdhe));
    await write(ada, {}, report('pc', dhe));
    const { count, sample } = await finder().dryRun(retired, everyone, false);
    assert.deepEqual([count, sample.length, sample[0]?.person.id], [22, 20, ada]);
    assert.equal(new Set(sample).size, 20);
  });

  it('are nobody when a group cannot be read: nothing goes to half a list', async () => {
    const audience = { ...everyone, groups: ['unreadable'] };
    await assert.rejects(finder().dryRun(retired, audience, false), GroupUnavailable);
  });

  it('are forgotten half a year after they took the app out, and PCs so long after their last report', async () => {
    await write(ada, {}, report('pc-1', dhe));
    await write(ben, {}, report('pc-2', ecdhe));
    await people().setReach(ben, 'removed');
    assert.deepEqual(await prunePeople(open(), 1), { devices: 0, people: 0 });
    assert.deepEqual(await prunePeople(open(), -1), { devices: 2, people: 1 });
    assert.equal((await people().find(ada))?.id, ada);
    assert.deepEqual(await people().profiles('', 10), []);
  });

  it('have no chat any more where Teams does not know it, unless they have come back in another one', async () => {
    const reference = { conversation: { id: 'a:now' } };
    await learnPerson(open(), everybody(ada), reference);
    await people().forgetConversation(ada, 'a:before');
    assert.deepEqual((await people().find(ada))?.reference, reference);
    await people().forgetConversation(ada, 'a:now');
    assert.equal((await people().find(ada))?.reference, null);
  });

  it('can opt out and in again, if they are known', async () => {
    await write(ada);
    assert.equal(await people().setOptOut(ada, true), true);
    assert.equal((await people().find(ada))?.optedOut, true);
    assert.equal(await people().setOptOut(ada, false), true);
    assert.equal((await people().find(ada))?.optedOut, false);
    assert.equal(await people().setOptOut('nobody', true), false);
  });

  it('on a list are known before they write; their own Teams then knows language and time zone better', async () => {
    const list = [{ ...listed(ada), name: 'Ada L.', site: 'Bern', language: 'fr', timeZone: 'Europe/Paris' }];
    assert.equal(await people().keepListed(list), 1);
    assert.equal((await people().find(ada))?.locale, 'fr');
    await write(ada, { name: null });
    assert.equal(await people().keepListed(list), 0);
    const { name, site, locale, timeZone } = (await people().find(ada)) ?? {};
    assert.deepEqual([name, site, locale, timeZone], ['Ada L.', 'Bern', 'de-CH', 'Europe/Zurich']);
  });
}

function everybody(id: string): LearnedPerson {
  return {
    ...{ id, entraId: id, userId: '29:x', tenantId: null, name: null, locale: null, timeZone: null },
    ...{ conversation: '', isBack: true },
  };
}

function listed(entraId: string) {
  return { entraId, name: null, site: null, language: null, timeZone: null };
}

function accepted(kind: 'protocol' | 'suite' | 'group', name: string, until: string | null) {
  return [
    { kind, name, strength: 'preferred', from: null, until, source: 'https://policy.example' } as const,
  ];
}
