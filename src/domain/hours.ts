/** Minutes of a day, from midnight; `to` is the end and not part of it. */
type Span = { readonly from: number; readonly to: number };

/** When the helpdesk is open, in its own time zone. */
export type Hours = {
  /** Spans by day of the week, Sunday first. */
  readonly week: readonly (readonly Span[])[];
  /** IANA. */
  readonly timeZone: string;
  /** Days on which it stays closed, `YYYY-MM-DD`. */
  readonly holidays: ReadonlySet<string>;
};

const dayNames = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const part = /^([a-z]{3})(?:-([a-z]{3}))? (\d{2}):(\d{2})-(\d{2}):(\d{2})$/;

/**
 * Reads `Mon-Fri 08:00-17:00`, or several such parts separated by commas, as in
 * `Mon-Thu 08:00-12:00, Mon-Thu 13:00-17:00, Fri 08:00-12:00`. Null for anything else.
 */
export function readWeek(text: string): Hours['week'] | null {
  const week: Span[][] = dayNames.map(() => []);
  for (const piece of text.toLowerCase().split(',')) {
    const read = readPart(piece.trim());
    if (read === null) return null;
    for (const day of read.days) week[day]?.push(read.span);
  }
  for (const spans of week) spans.sort((a, b) => a.from - b.from);
  return week;
}

function readPart(text: string): { readonly days: readonly number[]; readonly span: Span } | null {
  const found = part.exec(text);
  if (found === null) return null;
  const [first = '', last = first] = [found[1], found[2]];
  const [from, to] = [minutesOf(found[3], found[4]), minutesOf(found[5], found[6])];
  const [start, end] = [dayNames.indexOf(first), dayNames.indexOf(last)];
  if (start < 0 || end < 0 || from === null || to === null || from >= to) return null;
  const length = (end - start + 7) % 7;
  return {
    days: Array.from({ length: length + 1 }, (_, step) => (start + step) % 7),
    span: { from, to },
  };
}

/** From midnight; null for what is no time of a day, of which `24:00` is the last. */
export function minutesOf(hour = '', minute = ''): number | null {
  const [hours, minutes] = [Number(hour), Number(minute)];
  const isTime = minutes < 60 && (hours < 24 || (hours === 24 && minutes === 0));
  return isTime ? hours * 60 + minutes : null;
}

/** Further ahead nobody looks: then the helpdesk does not open at all. */
const longestSearchDays = 60;

/** When it opens next: null while it is open, and where it opens on no day of the next 60. */
export function nextOpening({ week, timeZone, holidays }: Hours, now: Date): Date | null {
  const here = wallClock(now, timeZone);
  for (let ahead = 0; ahead <= longestSearchDays; ahead++) {
    const day = new Date(Date.UTC(here.year, here.month - 1, here.day + ahead));
    if (holidays.has(day.toISOString().slice(0, 10))) continue;
    for (const { from, to } of week[day.getUTCDay()] ?? []) {
      if (ahead === 0 && here.minutes >= to) continue;
      if (ahead === 0 && here.minutes >= from) return null;
      return instantOf(day, from, timeZone);
    }
  }
  return null;
}

type WallClock = {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly minutes: number;
};

function wallClock(moment: Date, timeZone: string): WallClock {
  const parts = formatFor(timeZone).formatToParts(moment);
  const of = (type: Intl.DateTimeFormatPartTypes) =>
    Number(parts.find((candidate) => candidate.type === type)?.value);
  return {
    year: of('year'),
    month: of('month'),
    day: of('day'),
    minutes: of('hour') * 60 + of('minute'),
  };
}

export function isTimeZone(name: string): boolean {
  try {
    return formatFor(name) !== undefined;
  } catch {
    return false;
  }
}

/** Making one takes far longer than using it, and a notice asks for each of its readers. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatFor(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en', {
    timeZone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    hourCycle: 'h23',
  });
  formats.set(timeZone, format);
  return format;
}

/**
 * The moment at which clocks in the zone show this time of that day. The offset is looked up twice, because it may
 * change between the first guess and the moment itself.
 */
function instantOf(day: Date, minutes: number, timeZone: string): Date {
  const wanted = day.getTime() + minutes * 60_000;
  const first = wanted - offsetAt(new Date(wanted), timeZone);
  return new Date(wanted - offsetAt(new Date(first), timeZone));
}

/** Milliseconds by which clocks in the zone are ahead of UTC. */
function offsetAt(moment: Date, timeZone: string): number {
  const { year, month, day, minutes } = wallClock(moment, timeZone);
  const shown = Date.UTC(year, month - 1, day) + minutes * 60_000;
  return shown - Math.floor(moment.getTime() / 60_000) * 60_000;
}
