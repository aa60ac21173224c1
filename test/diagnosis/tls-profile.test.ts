import assert from 'node:assert/strict';
import fc from 'fast-check';
import { judge } from '../../src/diagnosis/diagnose.ts';
import { parseText } from '../../src/diagnosis/parse/parse.ts';
import { rules } from '../../src/diagnosis/rules/rules.ts';
import { judgeProfile, profileOf } from '../../src/diagnosis/tls-profile.ts';
import { type Fact, findingCodes } from '../../src/domain/diagnosis.ts';
import type { NoticeSubject } from '../../src/domain/notice.ts';
import { type PolicyHistory, policyAt } from '../../src/domain/policy.ts';
import { serviceHistory } from '../../src/domain/policy-history.ts';
import { createJudge } from '../../src/notices/impact.ts';
import { buildReport, type Changes, systems } from './report-builder.ts';
import { route } from './route-builder.ts';

const history: PolicyHistory = { service: serviceHistory, organisation: [] };
const dheRetired: NoticeSubject = {
  kind: 'policy',
  before: '2026-03-31',
  after: '2026-04-01',
  lost: [],
  source: 'https://learn.microsoft.com/azure/frontdoor/diffie-hellman-ciphers',
};
const onlyDhe: Changes = { 'suites:Get-TlsCipherSuite': ['TLS_DHE_RSA_WITH_AES_256_GCM_SHA384'] };

/** The profile of a report as it was taken on a day before the change. */
function profile(...changes: readonly Changes[]) {
  const parsed = parseText(buildReport(...changes));
  return profileOf(judge(parsed, parsed.facts, { at: '2026-02-10', route: () => route }));
}

function impactOf(subject: NoticeSubject, ...changes: readonly Changes[]) {
  const { impact, cause } = createJudge(subject, history, '2026-02-11')(profile(...changes));
  return `${impact} ${cause ?? '-'}`;
}

describe('What a change of policy does to a PC', () => {
  const situations: readonly (readonly [string, readonly Changes[], string])[] = [
    ['everything is right', [], 'fine -'],
    ['it offers nothing but what goes', [onlyDhe], 'will-break cipher-suites'],
    ['TLS 1.2 is off already', [{ 'schannel.tls12.enabled': '0x0' }], 'will-break tls12-schannel'],
    [
      'its curves are refused before and after',
      [{ 'curves:Get-TlsEccCurve': ['curve25519'] }],
      'will-break curves',
    ],
    [
      'what it offers is kept for old programs alone',
      [{ 'suites:Get-TlsCipherSuite': ['TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384'] }],
      'at-risk cipher-suites',
    ],
    ['something else fails', [{ 'clock.offset-seconds': '-4000' }], 'at-risk clock'],
    ['a finding of the policy was not seen', [{ 'schannel.ecdh.enabled': null }], 'unknown -'],
    ['a finding of something else was not seen', [{ 'clock.offset-seconds': null }], 'unknown -'],
  ];
  for (const [situation, changes, expected] of situations) {
    it(`is ${expected} where ${situation}`, () => assert.equal(impactOf(dheRetired, ...changes), expected));
  }

  it('comes from what an administrator says goes, too', () => {
    const lost = [{ kind: 'group', name: 'NistP256' } as const, { kind: 'group', name: 'NistP384' } as const];
    const changes: Changes = { 'curves:Get-TlsEccCurve': ['NistP256', 'NistP384'] };
    assert.equal(impactOf(dheRetired, changes), 'fine -');
    assert.equal(impactOf({ ...dheRetired, lost }, changes), 'will-break curves');
  });

  it('is never known to be fine when a root goes, because no report says which roots a PC trusts', () => {
    const rootGoes = { ...dheRetired, after: '2026-04-14' };
    assert.equal(impactOf(rootGoes), 'unknown -');
    assert.equal(impactOf(rootGoes, onlyDhe), 'will-break cipher-suites');
  });

  it('is that of today for an announcement', () => {
    assert.equal(impactOf({ kind: 'announcement' }, onlyDhe), 'fine -');
  });
});

describe('A fact that is missing from a PC', () => {
  const broken: readonly Changes[] = [
    onlyDhe,
    { 'schannel.aes128.enabled': '0x0' },
    { 'curves:Get-TlsEccCurve': ['curve25519'] },
    { 'clock.offset-seconds': '-4000' },
    systems['windows-7'],
    systems['windows-8.1'],
  ];
  const policy = policyAt(history, '2026-04-01');

  it('never makes it fine, however many are missing', () => {
    fc.assert(
      fc.property(fc.constantFrom(...broken), fc.infiniteStream(fc.boolean()), (changes, keep) => {
        const parsed = parseText(buildReport(changes));
        const left = parsed.facts.filter(() => keep.next().value);
        const known = profileOf(judge(parsed, left, { at: '2026-02-10', route: () => route }));
        const kept = { ...known, facts: known.facts.filter(() => keep.next().value) };
        assert.notEqual(judgeProfile(known, policy).impact, 'fine');
        assert.notEqual(judgeProfile(kept, policy).impact, 'fine');
      }),
    );
  });
});

describe('The profile of a PC', () => {
  it('is the same for PCs that were set up alike, whoever has them', () => {
    assert.deepEqual(profile({ 'os.revision': '1', 'report.time-utc': '2026-02-03T04:05:06Z' }), profile());
  });

  it('leads to the judgement of the whole report, under any policy', () => {
    for (const changes of [{}, onlyDhe, { 'schannel.aes256.enabled': '0x0' }, systems['windows-8.1']]) {
      for (const at of ['2022-01-01', '2026-03-31', '2026-05-04']) {
        const parsed = parseText(buildReport(changes));
        const { verdict } = judge(parsed, parsed.facts, { at, route: () => route });
        const { impact } = judgeProfile(profile(changes), policyAt(history, at));
        assert.equal(impact === 'fine', verdict === 'pass', `${JSON.stringify(changes)} at ${at}`);
      }
    }
  });

  it('has every fact that the rules read whose findings change with the policy', () => {
    const policies = ['2021-12-31', '2026-03-31', '2026-05-04'].map((day) => policyAt(history, day));
    const read = new Set<string>();
    for (const changes of [{}, onlyDhe, systems['windows-7'], { 'schannel.aes256.enabled': '0x0' }]) {
      const parsed = parseText(buildReport(changes));
      const facts = parsed.facts.map((fact) => watched(fact, read));
      for (const policy of policies) {
        for (const code of findingCodes.filter((each) => judgedAnew.includes(each))) {
          rules[code]({ facts, lines: [], policy, system: null, whole: true });
        }
      }
    }
    const kept = new Set(
      [{}, onlyDhe, systems['windows-7']].flatMap((each) => profile(each).facts.map(({ name }) => name)),
    );
    assert.deepEqual(
      [...read].filter((name) => !kept.has(name)),
      [],
    );
  });
});

const judgedAnew: readonly string[] = ['cipher-suites', 'cipher-policy', 'curves', 'key-exchange'];

/** A fact that tells when its value is read. */
function watched(fact: Fact, read: Set<string>): Fact {
  return {
    name: fact.name,
    line: fact.line,
    get value() {
      read.add(fact.name);
      return fact.value;
    },
  };
}
