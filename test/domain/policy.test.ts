import assert from 'node:assert/strict';
import {
  type Accepted,
  type OrganisationRule,
  type PolicyHistory,
  policyAt,
  policyChanges,
} from '../../src/domain/policy.ts';
import { serviceHistory } from '../../src/domain/policy-history.ts';

const dhe = 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384';
const ecdhe = 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384';
const service: PolicyHistory = { service: serviceHistory, organisation: [] };

describe('What the service accepts', () => {
  for (const [day, suite, accepted] of [
    ['2026-03-31', dhe, true],
    ['2026-04-01', dhe, false],
    ['2026-03-31', ecdhe, true],
    ['2026-11-24', ecdhe, true],
  ] as const) {
    it(`on ${day} ${accepted ? 'has' : 'lacks'} ${suite}`, () => {
      assert.equal(policyAt(service, day).suites.preferred.includes(suite), accepted);
    });
  }

  it('cites a source for every entry', () => {
    for (const { name, source } of serviceHistory) assert.match(source, /^https:\/\//, name);
  });

  it('loses TLS 1.0 and 1.1 on the day that Entra turned them off', () => {
    assert.ok(policyAt(service, '2022-01-30').protocols.includes('TLS 1.0'));
    assert.deepEqual(policyAt(service, '2022-01-31').protocols, ['TLS 1.2', 'TLS 1.3']);
  });
});

describe('What changes between two days', () => {
  it('is what ended or began, on its first day and with its source', () => {
    assert.deepEqual(
      policyChanges(service, '2026-03-31', '2026-04-02').map(({ day, change, name }) => [day, change, name]),
      [
        ['2026-04-01', 'lost', dhe],
        ['2026-04-01', 'lost', 'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256'],
      ],
    );
  });

  it('is nothing where nothing turns', () => {
    assert.deepEqual(policyChanges(service, '2026-04-02', '2026-04-10'), []);
    assert.deepEqual(policyChanges(service, '2026-04-01', '2026-04-01'), []);
  });

  it('shows what began, and what came and went', () => {
    const history: PolicyHistory = {
      service: [entry('A', '2026-01-05', null), entry('B', '2026-01-03', '2026-01-06')],
      organisation: [],
    };
    assert.deepEqual(
      policyChanges(history, '2026-01-01', '2026-01-31').map(({ day, change, name }) => [day, change, name]),
      [
        ['2026-01-03', 'gained', 'B'],
        ['2026-01-05', 'gained', 'A'],
        ['2026-01-07', 'lost', 'B'],
      ],
    );
  });

  it('names the rule of the organisation that turned', () => {
    const history: PolicyHistory = { ...service, organisation: [proxy({ from: '2026-06-01' })] };
    assert.deepEqual(policyChanges(history, '2026-05-01', '2026-07-01'), [
      { day: '2026-06-01', change: 'lost', kind: 'protocol', name: 'TLS 1.3', source: 'ticket 4711' },
    ]);
  });
});

describe('A rule of the organisation', () => {
  it('keeps out what it does not name, of the kinds that it names', () => {
    const policy = policyAt({ ...service, organisation: [proxy()] }, '2026-11-24');
    assert.deepEqual(policy.protocols, ['TLS 1.2']);
    assert.deepEqual(policy.groups, policyAt(service, '2026-11-24').groups);
    assert.deepEqual(policy.withheld, [{ kind: 'protocol', name: 'TLS 1.3', by: proxy() }]);
  });

  it('counts only between its days', () => {
    const history = { ...service, organisation: [proxy({ from: '2026-06-01', until: '2026-06-30' })] };
    const spoken = (day: string) => policyAt(history, day).protocols.includes('TLS 1.3');
    assert.deepEqual(['2026-05-31', '2026-06-01', '2026-06-30', '2026-07-01'].map(spoken), [
      true,
      false,
      false,
      true,
    ]);
  });
});

function entry(name: string, from: string | null, until: string | null): Accepted {
  return { kind: 'suite', name, strength: 'preferred', from, until, source: 'https://example.com' };
}

function proxy(dates: Partial<Pick<OrganisationRule, 'from' | 'until'>> = {}): OrganisationRule {
  const allows = { protocol: ['TLS 1.2'] };
  return { name: 'proxy', source: 'ticket 4711', allows, from: null, until: null, ...dates };
}
