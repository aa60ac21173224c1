import type { OsFamily } from './os.ts';

export const policyKinds = ['protocol', 'suite', 'group', 'root'] as const;
export type PolicyKind = (typeof policyKinds)[number];

/** Something that the service accepts, from and until days (`YYYY-MM-DD`) inclusive; null is "always". */
export type Accepted = {
  readonly kind: PolicyKind;
  readonly name: string;
  /** `preferred` suits every documented server policy; `compatibility` only the older ones. */
  readonly strength: 'preferred' | 'compatibility';
  readonly from: string | null;
  readonly until: string | null;
  readonly source: string;
};

/**
 * An organisation's own rule: a proxy that speaks less, a stricter requirement. Of each kind that it names,
 * only the names in its list get through; kinds that it does not name are left alone.
 */
export type OrganisationRule = {
  readonly name: string;
  readonly allows: Readonly<Partial<Record<PolicyKind, readonly string[]>>>;
  readonly from: string | null;
  readonly until: string | null;
  readonly source: string;
};

export type PolicyHistory = {
  readonly service: readonly Accepted[];
  readonly organisation: readonly OrganisationRule[];
};

/** What gets through on one day. */
export type ServicePolicy = {
  readonly date: string;
  readonly protocols: readonly string[];
  readonly suites: { readonly preferred: readonly string[]; readonly compatibility: readonly string[] };
  /** Elliptic curves by the names that Windows uses; at least one must be on. */
  readonly groups: readonly string[];
  readonly roots: readonly string[];
  /** What the service would accept, and a rule of the organisation keeps out. */
  readonly withheld: readonly Withheld[];
};

export type Withheld = {
  readonly kind: PolicyKind;
  readonly name: string;
  readonly by: Pick<OrganisationRule, 'name' | 'source'>;
};

/** What gets through on a day, given as `YYYY-MM-DD`. */
export function policyAt({ service, organisation }: PolicyHistory, date: string): ServicePolicy {
  const valid = service.filter((entry) => holds(entry, date));
  const rules = organisation.filter((rule) => holds(rule, date));
  const withheld = valid.flatMap(({ kind, name }) => {
    const by = rules.find(({ allows }) => allows[kind]?.includes(name) === false);
    return by === undefined ? [] : [{ kind, name, by }];
  });
  const through = valid.filter(
    ({ kind, name }) => !withheld.some((out) => out.kind === kind && out.name === name),
  );
  const names = (kind: PolicyKind, strength: Accepted['strength'] = 'preferred') =>
    through.filter((entry) => entry.kind === kind && entry.strength === strength).map(({ name }) => name);
  return {
    date,
    protocols: names('protocol'),
    suites: { preferred: names('suite'), compatibility: names('suite', 'compatibility') },
    groups: names('group'),
    roots: names('root'),
    withheld,
  };
}

export type PolicyChange = {
  /** The first day on which it is so. */
  readonly day: string;
  readonly change: 'gained' | 'lost';
  readonly kind: PolicyKind;
  readonly name: string;
  readonly source: string;
};

/** What begins or ends to get through after the one day, up to the other; in the order of the days. */
export function policyChanges(history: PolicyHistory, after: string, upTo: string): readonly PolicyChange[] {
  const days = turningDays(history).filter((day) => after < day && day <= upTo);
  return days.flatMap((day) => {
    const before = namesOn(history, dayBefore(day));
    const since = namesOn(history, day);
    return [
      ...without(since, before).map((item) => ({ day, change: 'gained' as const, ...item })),
      ...without(before, since).map((item) => ({ day, change: 'lost' as const, ...item })),
    ].map((item) => ({ ...item, source: sourceOf(history, item) }));
  });
}

export type Standing = 'pass' | 'warn' | 'fail';

/** How a Windows that was left as it was installed stands under the policies of two days. */
export type Impact = {
  readonly os: OsFamily;
  /** The releases that it is true for, as people know them; empty where all are alike. */
  readonly release: string;
  readonly before: Standing;
  readonly after: Standing;
};

type Named = Pick<Accepted, 'kind' | 'name'>;

/** Every day on which something begins, or is over for the first time. */
function turningDays({ service, organisation }: PolicyHistory): readonly string[] {
  const days = [...service, ...organisation].flatMap(turnsOf);
  return [...new Set(days)].sort();
}

function turnsOf({ from, until }: Dated): readonly string[] {
  return [...(from === null ? [] : [from]), ...(until === null ? [] : [shiftDay(until, 1)])];
}

function namesOn(history: PolicyHistory, day: string): readonly Named[] {
  const { protocols, suites, groups, roots } = policyAt(history, day);
  const named = (kind: PolicyKind, names: readonly string[]) => names.map((name) => ({ kind, name }));
  return [
    ...named('protocol', protocols),
    ...named('suite', [...suites.preferred, ...suites.compatibility]),
    ...named('group', groups),
    ...named('root', roots),
  ];
}

function without(items: readonly Named[], others: readonly Named[]): readonly Named[] {
  return items.filter(
    ({ kind, name }) => !others.some((other) => other.kind === kind && other.name === name),
  );
}

/** The entry that turned on that day: the service's own, or else a rule of the organisation. */
function sourceOf(
  { service, organisation }: PolicyHistory,
  { kind, name, day }: Named & { readonly day: string },
): string {
  const own = service.find(
    (entry) => entry.kind === kind && entry.name === name && turnsOf(entry).includes(day),
  );
  const rule = organisation.find((entry) => entry.allows[kind] !== undefined && turnsOf(entry).includes(day));
  return own?.source ?? rule?.source ?? '';
}

/** A real day in the form `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return Number.isFinite(time) && new Date(time).toISOString().startsWith(text);
}

type Dated = { readonly from: string | null; readonly until: string | null };

function holds({ from, until }: Dated, day: string): boolean {
  return (from ?? day) <= day && day <= (until ?? day);
}

function dayBefore(day: string): string {
  return shiftDay(day, -1);
}

function shiftDay(day: string, by: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + by * 86_400_000).toISOString().slice(0, 10);
}
