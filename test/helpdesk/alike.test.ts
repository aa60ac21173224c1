import assert from 'node:assert/strict';
import type { FindingCode, Severity } from '../../src/domain/diagnosis.ts';
import { findAlike } from '../../src/helpdesk/alike.ts';
import type { StoredTicket } from '../../src/helpdesk/ticket-store.ts';
import { diagnosis } from '../domain/builders.ts';
import { details, opening } from '../storage/ticket-builders.ts';

const now = new Date('2026-11-24T12:30:00.000Z');

type Failing = readonly (readonly [FindingCode, Severity, string?])[];
const suites: Failing = [['cipher-suites', 'fail']];

/** A ticket of a person of its own, opened so many minutes ago. */
function ticket(
  number: number,
  failing: Failing = suites,
  minutes = 10,
  parentId: string | null = null,
): StoredTicket {
  const findings = failing.map(([code, severity, text]) => ({
    ...{ code, severity, variant: 'v', source: 'https://example.com/' },
    evidence: text === undefined ? [] : [{ line: 1, text }],
  }));
  const { report, verdict, recommendation } = diagnosis({});
  const openedAt = new Date(now.getTime() - minutes * 60_000 - number).toISOString();
  return {
    ticket: { ...opening().ticket, id: `HS-${number}`, openedAt, parentId },
    details: {
      ...details,
      person: { ...details.person, userId: `29:${number}` },
      shared: { ...details.shared, diagnosis: { report, verdict, recommendation, findings } },
    },
    rootId: null,
    cardId: null,
  };
}

const found = (stored: readonly StoredTicket[], threshold = 3) =>
  findAlike(stored, threshold, now).map(({ parent, children, people, cause }) => ({
    parent: parent.ticket.id,
    children: children.map((child) => child.ticket.id).toSorted(),
    people,
    site: cause.site,
  }));

describe('Tickets of one cause', () => {
  it('get the oldest as parent once there are enough people', () => {
    assert.deepEqual(found([ticket(1), ticket(2)]), []);
    assert.deepEqual(found([ticket(1), ticket(2), ticket(3)]), [
      { parent: 'HS-3', children: ['HS-1', 'HS-2'], people: 3, site: null },
    ]);
  });

  it('keep the parent that they have', () => {
    const [all] = found([ticket(1), ticket(2, suites, 10, 'HS-1'), ticket(3)]);
    assert.deepEqual([all?.parent, all?.children], ['HS-1', ['HS-3']]);
  });

  it('are counted by person, within an hour, while they are open', () => {
    const [first, second] = [ticket(1), ticket(2)];
    assert.deepEqual(found([first, second, { ...second, ticket: { ...second.ticket, id: 'HS-9' } }]), []);
    assert.deepEqual(found([first, second, ticket(3, suites, 61)]), []);
    const closed = { ...ticket(3).ticket, status: { at: 'withdrawn' } as const };
    assert.deepEqual(found([first, second, { ...ticket(3), ticket: closed }]), []);
  });

  it('are not joined while no report shows what fails, or where it shows different things', () => {
    assert.deepEqual(found([1, 2, 3].map((number) => ticket(number, [['clock', 'pass']]))), []);
    assert.deepEqual(found([ticket(1), ticket(2), ticket(3, [['curves', 'fail']])]), []);
  });

  it('name who opens the connection, unless a pseudonym stands there', () => {
    const opened = (name: string): Failing => [...suites, ['tls-interception', 'warn', name]];
    const sites = (name: string) => found([1, 2, 3].map((number) => ticket(number, opened(name))))[0]?.site;
    assert.equal(sites('issuer = Contoso Proxy CA'), 'issuer = Contoso Proxy CA');
    assert.equal(sites('issuer = host-1'), null);
  });
});
