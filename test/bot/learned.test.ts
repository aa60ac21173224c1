import { deepEqual, equal, notEqual } from 'node:assert/strict';
import type { Activity } from 'botbuilder';
import { deviceOf, learnedOf, personIdOf } from '../../src/bot/learned.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import type { Doubt, Examined } from '../../src/domain/case.ts';
import { serviceHistory } from '../../src/domain/policy-history.ts';
import { buildReport, type Changes } from '../diagnosis/report-builder.ts';

const written: Partial<Activity> = {
  type: 'message',
  channelId: 'msteams',
  from: { id: '29:ana', name: 'Ana', aadObjectId: 'ABCDEF00-2222-3333-4444-555555555555' },
  conversation: {
    ...{ id: 'a:1', isGroup: false, conversationType: 'personal', tenantId: 't-1', name: '' },
  },
  locale: 'de-CH',
  localTimezone: 'Europe/Zurich',
};

describe('What is learned of a person', () => {
  it('is who they are, where to write to them, and in which language and time zone', () => {
    deepEqual(learned({})?.person, {
      id: 'abcdef00-2222-3333-4444-555555555555',
      entraId: 'abcdef00-2222-3333-4444-555555555555',
      userId: '29:ana',
      tenantId: 't-1',
      name: 'Ana',
      locale: 'de-CH',
      timeZone: 'Europe/Zurich',
      conversation: 'msteams/a:1',
      isBack: true,
    });
  });

  it('goes by the id of the channel where Teams does not tell the other', () => {
    const from = { id: '29:ana', name: '' };
    equal(personIdOf({ from }), '29:ana');
    const { id, entraId, name } = learned({ from })?.person ?? {};
    deepEqual([id, entraId, name], ['29:ana', null, null]);
  });

  it('takes tenant and time zone from where else Teams may put them', () => {
    const conversation = { ...{ id: 'a:1', isGroup: false, conversationType: 'personal', name: '' } };
    const { localTimezone: _, ...without } = written;
    const person = learnedOf(
      {
        ...without,
        conversation,
        channelData: { tenant: { id: 't-2' } },
        entities: [{ type: 'clientInfo', timezone: 'Asia/Tokyo' }],
      } as unknown as Activity,
      null,
    )?.person;
    deepEqual([person?.tenantId, person?.timeZone], ['t-2', 'Asia/Tokyo']);
  });

  it('does not make them reachable again by an event of ours, such as a report by the web', () => {
    equal(learned({ type: 'event' })?.person.isBack, false);
    equal(learned({ type: 'installationUpdate' })?.person.isBack, true);
  });

  it('is nothing in a channel or a group, where nobody can be written to alone', () => {
    for (const conversationType of ['channel', 'groupChat']) {
      equal(learned({ conversation: { id: 'g:1', isGroup: true, conversationType, name: '' } }), null);
    }
  });
});

describe('What is learned of a PC', () => {
  it('is its settings, under a name that says nothing of it, and alike for PCs set up alike', () => {
    const [first, second, other] = [
      deviceOf(examined({ 'run.device': 'd1' }), []),
      deviceOf(examined({ 'run.device': 'd2' }), []),
      deviceOf(examined({ 'run.device': 'd1', 'schannel.ecdh.enabled': '0x0' }), []),
    ];
    deepEqual([first?.device, first?.reportId, first?.os], ['d1', 'R-1', 'windows-11']);
    equal(first?.profile, second?.profile);
    notEqual(first?.profile, other?.profile);
    equal(deviceOf(examined({}), [])?.device, 'unnamed');
  });

  it('is nothing from a pasted piece, nor from a report that was cut off', () => {
    equal(deviceOf(examinedFrom('AzureAdJoined : YES'), []), null);
    equal(deviceOf(examinedFrom(buildReport().slice(0, -200)), []), null);
  });

  const proving: readonly Doubt[] = ['other-device', 'other-account'];
  const unproving: readonly Doubt[] = [
    ...([
      'repeated',
      'other-case',
      'old',
      'ahead',
      'cut',
      'changed',
      'unknown-script',
      'narrow-shell',
    ] as const),
  ];
  for (const doubt of proving) {
    it(`is kept although there is a doubt: ${doubt}`, () => {
      notEqual(deviceOf(examined({}), [doubt]), null);
    });
  }
  for (const doubt of unproving) {
    it(`is nothing where the report is in doubt: ${doubt}`, () => {
      equal(deviceOf(examined({}), [doubt]), null);
    });
  }
});

function learned(change: Partial<Activity>) {
  return learnedOf({ ...written, ...change } as Activity, null);
}

function examined(changes: Changes): Examined {
  return examinedFrom(buildReport(changes));
}

function examinedFrom(text: string): Examined {
  const diagnosis = diagnose(text, {
    ...{ at: '2026-11-24', history: { service: serviceHistory, organisation: [] }, os: null },
    ...{ route: () => [], done: () => [] },
  });
  return { reportId: 'R-1', diagnosis, excerpt: text };
}
