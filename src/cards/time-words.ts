/** The language, and the IANA time zone of the person; null where the channel does not say. */
export type InZone = { readonly language: string; readonly timeZone: string | null };

/** Day and time where the person is, with the zone's name. A zone that the machine does not know counts as UTC. */
export function sayMoment(moment: Date, { language, timeZone }: InZone): string {
  return new Intl.DateTimeFormat(language, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: knownZone(timeZone),
    timeZoneName: 'short',
  }).format(moment);
}

/** The names of days of the week, 1 is Monday, in one phrase. */
export function sayWeekdays(days: readonly number[], language: string): string {
  const name = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' });
  // The first of January 2024 was a Monday.
  const names = days.map((day) => name.format(Date.UTC(2024, 0, day)));
  return new Intl.ListFormat(language, { type: 'conjunction' }).format(names);
}

/** Minutes as people say them: `20 minutes`, `3 hours`, `2 days`. */
export function saySpan(minutes: number, language: string): string {
  const [unit, size] = minutes < 90 ? (['minute', 1] as const) : hoursOrDays(minutes);
  const count = Math.max(1, Math.round(minutes / size));
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(count);
}

function hoursOrDays(minutes: number) {
  return minutes < 48 * 60 ? (['hour', 60] as const) : (['day', 24 * 60] as const);
}

/** The zone, or UTC for one that the machine does not know. */
export function knownZone(timeZone: string | null): string {
  if (timeZone === null) return 'UTC';
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
}
