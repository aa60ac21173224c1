import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { NoticeSchedule } from '../../src/domain/notice.ts';
import { heldUntil, sendingWeek } from '../../src/domain/send-window.ts';

const anyTime: NoticeSchedule = { startAt: null, window: null, weekdays: [], remindAfterDays: null };
const office: NoticeSchedule = {
  ...anyTime,
  window: { from: '08:00', to: '18:00' },
  weekdays: [1, 2, 3, 4, 5],
};

const held = (schedule: NoticeSchedule, zone: string | null, now: string) =>
  heldUntil(schedule, zone, 'Europe/Vienna', new Date(now))?.toISOString() ?? null;

describe('when a notice may reach its reader', () => {
  const lines: readonly [string, NoticeSchedule, string | null, string, string | null][] = [
    ['at any time without a window', anyTime, 'Europe/Zurich', '2026-03-28T03:00:00Z', null],
    ['from the first minute of the window', office, 'Europe/Zurich', '2026-03-30T06:00:00Z', null],
    ['not in its last', office, 'Europe/Zurich', '2026-03-30T16:00:00Z', '2026-03-31T06:00:00.000Z'],
    [
      'in the zone of the reader: morning in New York',
      office,
      'America/New_York',
      '2026-06-02T09:00:00Z',
      '2026-06-02T12:00:00.000Z',
    ],
    [
      'on the day that it is there: Monday in Auckland',
      office,
      'Pacific/Auckland',
      '2026-03-01T20:00:00Z',
      null,
    ],
    [
      'after the weekend, when clocks go forward',
      office,
      'Europe/Zurich',
      '2026-03-28T10:00:00Z',
      '2026-03-30T06:00:00.000Z',
    ],
    [
      'after the weekend, when clocks go back',
      office,
      'Europe/Zurich',
      '2026-10-24T10:00:00Z',
      '2026-10-26T07:00:00.000Z',
    ],
    ["in the organisation's zone where theirs is not known", office, null, '2026-03-30T06:30:00Z', null],
    ['and so for a zone that nobody knows of', office, 'Middle/Earth', '2026-03-30T06:30:00Z', null],
    [
      'all day on the days that are meant',
      { ...anyTime, weekdays: [7] },
      'UTC',
      '2026-03-27T10:00:00Z',
      '2026-03-29T00:00:00.000Z',
    ],
    [
      'in a window over midnight, before it',
      { ...anyTime, window: { from: '22:00', to: '06:00' } },
      'UTC',
      '2026-03-27T23:00:00Z',
      null,
    ],
    [
      'and after it',
      { ...anyTime, window: { from: '22:00', to: '06:00' } },
      'UTC',
      '2026-03-27T06:00:00Z',
      '2026-03-27T22:00:00.000Z',
    ],
  ];
  for (const [rule, schedule, zone, now, expected] of lines) {
    it(rule, () => assert.equal(held(schedule, zone, now), expected));
  }

  it('is asked of a window that has a length and is made of times', () => {
    for (const window of [
      { from: '08:00', to: '08:00' },
      { from: '8', to: '18' },
      { from: '25:00', to: '26:00' },
    ]) {
      assert.equal(sendingWeek({ ...anyTime, window }), null);
    }
  });
});

describe('what is held', () => {
  const minute = fc.integer({ min: 0, max: 1_439 });
  const clock = (minutes: number) =>
    `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  const schedules = fc
    .record({ from: minute, to: minute, weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 })) })
    .filter(({ from, to }) => from !== to)
    .map(({ from, to, weekdays }) => ({
      ...anyTime,
      window: { from: clock(from), to: clock(to) },
      weekdays: weekdays.toSorted(),
    }));
  const zones = fc.constantFrom('Europe/Zurich', 'America/St_Johns', 'Australia/Lord_Howe', 'Asia/Kathmandu');
  const moments = fc.date({
    min: new Date('2026-01-01'),
    max: new Date('2027-12-31'),
    noInvalidDate: true,
  });

  it('comes out within eight days, always later than now', () => {
    fc.assert(
      fc.property(schedules, zones, moments, (schedule, zone, now) => {
        const due = heldUntil(schedule, zone, 'UTC', now);
        if (due === null) return;
        assert.ok(due > now, `${due.toISOString()} is after ${now.toISOString()}`);
        assert.ok(due.getTime() - now.getTime() <= 8 * 86_400_000 + 7_200_000);
      }),
      { numRuns: 300 },
    );
  });
});
