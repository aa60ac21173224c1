import assert from 'node:assert/strict';
import { nextOpening, readWeek } from '../../src/domain/hours.ts';

function opens(week: string, now: string, more: { zone?: string; holidays?: readonly string[] } = {}) {
  const read = readWeek(week);
  assert.ok(read, week);
  const hours = { week: read, timeZone: more.zone ?? 'UTC', holidays: new Set(more.holidays) };
  return nextOpening(hours, new Date(now))?.toISOString() ?? null;
}

const office = 'Mon-Fri 08:00-17:00';

describe('the hours of the helpdesk', () => {
  it('are open from the first minute, and closed from the last', () => {
    assert.equal(opens(office, '2026-03-02T08:00:00Z'), null);
    assert.equal(opens(office, '2026-03-02T16:59:59Z'), null);
    assert.equal(opens(office, '2026-03-02T17:00:00Z'), '2026-03-03T08:00:00.000Z');
    assert.equal(opens(office, '2026-03-02T07:59:00Z'), '2026-03-02T08:00:00.000Z');
  });

  it('pass over the weekend and holidays', () => {
    assert.equal(opens(office, '2026-03-06T18:00:00Z'), '2026-03-09T08:00:00.000Z');
    assert.equal(
      opens(office, '2026-03-06T18:00:00Z', { holidays: ['2026-03-09'] }),
      '2026-03-10T08:00:00.000Z',
    );
    assert.equal(
      opens(office, '2026-03-09T10:00:00Z', { holidays: ['2026-03-09'] }),
      '2026-03-10T08:00:00.000Z',
    );
  });

  it('can have a break and other days', () => {
    const week = 'Mon-Thu 13:00-17:00, Mon-Thu 08:00-12:00, Fri 08:00-12:00';
    assert.equal(opens(week, '2026-03-02T12:30:00Z'), '2026-03-02T13:00:00.000Z');
    assert.equal(opens(week, '2026-03-06T12:30:00Z'), '2026-03-09T08:00:00.000Z');
  });

  it('can go over the end of the week, and to midnight', () => {
    assert.equal(opens('Sat-Mon 10:00-24:00', '2026-03-01T23:59:00Z'), null);
    assert.equal(opens('Sat-Mon 10:00-24:00', '2026-03-02T00:00:00Z'), '2026-03-02T10:00:00.000Z');
  });

  it('are those of their own time zone, on both sides of a change of the clocks', () => {
    const zone = 'Europe/Zurich';
    assert.equal(opens(office, '2026-03-27T17:00:00Z', { zone }), '2026-03-30T06:00:00.000Z');
    assert.equal(opens(office, '2026-10-23T16:00:00Z', { zone }), '2026-10-26T07:00:00.000Z');
    assert.equal(opens(office, '2026-03-02T07:00:00Z', { zone }), null);
    assert.equal(
      opens(office, '2026-03-01T20:00:00Z', { zone: 'Pacific/Auckland' }),
      null,
      'it is Monday there',
    );
  });

  it('that never come are not promised', () => {
    const everyDay = Array.from({ length: 90 }, (_, day) =>
      new Date(Date.UTC(2026, 2, 1 + day)).toISOString().slice(0, 10),
    );
    assert.equal(opens(office, '2026-03-02T10:00:00Z', { holidays: everyDay }), null);
  });

  it('are read only in their own form', () => {
    for (const text of [
      '',
      'Mon',
      'Mon-Fri',
      'Mon-Fri 8-17',
      'Mon-Fri 17:00-08:00',
      'Mon-Fri 08:00-25:00',
      'Mon-Fri 08:60-09:00',
      'Foo-Fri 08:00-17:00',
      'Mon-Fri 08:00-17:00,',
    ]) {
      assert.equal(readWeek(text), null, text);
    }
  });
});
