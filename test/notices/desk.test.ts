import assert from 'node:assert/strict';
import type { Notice, NoticeCommand } from '../../src/domain/notice.ts';
import { createNoticeDesk } from '../../src/notices/desk.ts';
import type { Acted } from '../../src/notices/notice-desk.ts';
import type { NoticeSave, NoticeStore } from '../../src/notices/notice-store.ts';
import { type AudienceFinder, GroupUnavailable, type Recipient } from '../../src/notices/people.ts';
import { ada, auditor, bob, both, draft, nobody, notice } from '../domain/notice-builders.ts';
import { crowd, done, person } from './notice-world.ts';

/** A desk over one notice, in memory; `rivals` is how often somebody else is faster. */
function desk(
  kept: Notice,
  { people = crowd(60), rivals = 0 }: { people?: readonly Recipient[]; rivals?: number } = {},
) {
  const saved: NoticeSave[] = [];
  const asked: string[] = [];
  let left = rivals;
  let now = kept;
  const store = {
    find: async (id: string) => (id === now.id ? now : null),
    countFailed: async () => 0,
    async save(change: NoticeSave) {
      if (left > 0) {
        left -= 1;
        now = { ...now, version: now.version + 1 };
        return 'conflict';
      }
      saved.push(change);
      now = change.notice;
      return 'saved';
    },
  } as Partial<NoticeStore> as NoticeStore;
  const finder = {
    async *select(_, audience) {
      asked.push(JSON.stringify(audience));
      if (audience.groups.length > 0) throw new GroupUnavailable('503');
      yield people;
    },
  } as Partial<AudienceFinder> as AudienceFinder;
  const made = createNoticeDesk({
    ...{ store, finder, approvalAbove: 50, newId: () => 'n2' },
    now: () => new Date('2026-11-24T12:05:00Z'),
  });
  return { ...made, saved, asked };
}

function why(acted: Acted): string {
  assert.ok(acted.kind === 'refused', JSON.stringify(acted));
  assert.match(acted.says, /^[A-Za-z].{20,}\.$/s, 'it says what to do');
  return acted.why;
}

describe('a draft', () => {
  it('is written by authors alone', async () => {
    const { create, saved } = desk(notice());
    assert.equal(why(await create(draft(), bob)), 'role-missing');
    assert.equal(why(await create(draft(), auditor)), 'role-missing');
    assert.partialDeepStrictEqual(done(await create(draft(), ada)), {
      ...{ id: 'n2', version: 0, status: { at: 'draft' }, author: { id: 'ada', name: 'Ada' }, total: null },
    });
    assert.equal(saved.length, 1);
  });

  it('is refused where its schedule cannot be kept, with the part named', async () => {
    const schedule = { ...draft().schedule, weekdays: [0] };
    const acted = await desk(notice()).create(draft({ schedule }), ada);
    assert.equal(why(acted), 'schedule-invalid');
    assert.match(JSON.stringify(acted), /weekdays/);
  });
});

describe('a notice without any limit', () => {
  const open = notice('draft', { audience: nobody });
  it('goes to nobody by a slip: nobody is even looked up', async () => {
    const { act, asked, saved } = desk(open);
    assert.equal(why(await act('n1', { do: 'submit' }, ada, null)), 'audience-unlimited');
    assert.deepEqual([asked, saved], [[], []]);
  });

  it('goes to everyone when that is said', async () => {
    const everyone = { ...open, audience: { ...nobody, everyone: true } };
    const submitted = done(await desk(everyone).act('n1', { do: 'submit' }, ada, null));
    assert.equal(submitted.total, 60);
  });
});

describe('an audience', () => {
  it('that has somebody twice sends them one', async () => {
    const { act, saved } = desk(notice(), { people: [person('a'), person('b'), person('a')] });
    assert.equal(done(await act('n1', { do: 'submit' }, ada, null)).total, 2);
    assert.equal(saved[0]?.recipients.length, 2);
  });

  it('of which Microsoft Graph tells half is not sent to', async () => {
    const { act, saved } = desk(notice('draft', { audience: { ...nobody, groups: ['g'] } }));
    const acted = await act('n1', { do: 'submit' }, ada, null);
    assert.equal(why(acted), 'group-unavailable');
    assert.deepEqual(saved, []);
  });

  it('without anybody is not sent to', async () => {
    assert.equal(
      why(await desk(notice(), { people: [] }).act('n1', { do: 'submit' }, ada, null)),
      'audience-empty',
    );
  });

  it('is not looked up for somebody who may not send', async () => {
    const { act, asked } = desk(notice());
    assert.equal(why(await act('n1', { do: 'submit' }, bob, null)), 'role-missing');
    assert.deepEqual(asked, []);
  });
});

describe('somebody who is slower', () => {
  it('takes the notice as it is then, when they named no version', async () => {
    const { act } = desk(notice('sending'), { rivals: 2 });
    assert.equal(done(await act('n1', { do: 'pause' }, ada, null)).version, 6);
  });

  it('is told so when they named one', async () => {
    const { act, saved } = desk(notice('sending'), { rivals: 1 });
    assert.equal(why(await act('n1', { do: 'pause' }, ada, 3)), 'changed-meanwhile');
    assert.deepEqual(saved, []);
  });

  it('is told so, too, when it never ends', async () => {
    assert.equal(
      why(await desk(notice('sending'), { rivals: 99 }).act('n1', { do: 'pause' }, ada, null)),
      'changed-meanwhile',
    );
  });
});

describe('every refusal', () => {
  const lines: readonly [string, Notice, NoticeCommand, Parameters<typeof desk>[1]?][] = [
    ['own-notice', notice('awaiting-approval', { author: both }), { do: 'approve' }],
    ['out-of-place', notice('done'), { do: 'cancel' }],
    ['text-missing', notice('draft', { texts: {} }), { do: 'submit' }],
    [
      'placeholder-unknown',
      notice('draft', { texts: { all: { en: { title: '{Day}', body: 'Check.' } } } }),
      { do: 'submit' },
    ],
    ['reason-missing', notice('awaiting-approval'), { do: 'reject', reason: '' }],
    ['reason-missing', notice('draft', { mandatory: { reason: '' } }), { do: 'submit' }],
    ['nothing-failed', notice('done'), { do: 'resend-failed' }],
    ['role-missing', notice('sending'), { do: 'finish' }],
  ];
  for (const [expected, before, command] of lines) {
    it(`says what to do: ${expected} at ${command.do}`, async () => {
      assert.equal(why(await desk(before).act('n1', command, both, null)), expected);
    });
  }

  it('says what to do: not-found', async () => {
    assert.equal(why(await desk(notice()).act('n9', { do: 'cancel' }, ada, null)), 'not-found');
  });
});

describe('the audit entry of a change', () => {
  it('says from where to where, and with which words', async () => {
    const { act, saved } = desk(notice('awaiting-approval'));
    await act('n1', { do: 'reject', reason: 'too long' }, bob, null);
    assert.partialDeepStrictEqual(saved[0], {
      ...{ what: 'reject', by: bob, deliveries: 'drop' },
      data: { from: 'awaiting-approval', to: 'draft', reason: 'too long' },
    });
  });
});
