import assert from 'node:assert/strict';
import { type Audience, impactClasses } from '../../src/domain/notice.ts';
import { GroupUnavailable, type Recipient } from '../../src/notices/people.ts';
import { sampleReaders } from '../../src/notices/sample-readers.ts';
import { draft, nobody } from '../domain/notice-builders.ts';
import { person } from './notice-world.ts';

const all: Audience = { ...nobody, everyone: true };
const nils = person('nils', { impact: 'at-risk', cause: 'proxy', os: 'windows-11' });
const olga = person('olga', { impact: 'at-risk', cause: 'clock' });

describe('those whom a preview shows', () => {
  it('are people of the audience, the first of each class', async () => {
    assert.deepEqual((await readers([nils, olga]))['at-risk'], {
      ...{ impact: 'at-risk', cause: 'proxy', os: 'windows-11', name: 'NILS', timeZone: 'Europe/Zurich' },
    });
  });

  it('are made up where a class has nobody, each with a cause of its own or none', async () => {
    const made = await readers([]);
    assert.deepEqual(
      impactClasses.map((impact) => [made[impact].impact, made[impact].cause]),
      [
        ['will-break', 'cipher-suites'],
        ['at-risk', 'cipher-order'],
        ['fine', null],
        ['unknown', null],
      ],
    );
  });

  it('are made up while nobody is meant, or while a group cannot be read', async () => {
    assert.equal((await readers([nils], nobody))['at-risk'].name, null);
    assert.equal((await readers(new GroupUnavailable('no answer')))['at-risk'].name, null);
  });
});

function readers(found: readonly Recipient[] | GroupUnavailable, audience = all) {
  const dryRun = async () => {
    if (found instanceof GroupUnavailable) throw found;
    return { count: found.length, byClass: {} as never, sample: found, unreachable: [] };
  };
  return sampleReaders({ dryRun }, draft({ audience }));
}
