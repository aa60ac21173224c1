import { type Audience, type ImpactClass, impactClasses, type NoticeSubject } from '../domain/notice.ts';
import { meansClass } from '../domain/notice-check.ts';
import type { PolicyHistory } from '../domain/policy.ts';
import type { ProfileJudgement } from '../domain/tls-profile.ts';
import { createJudge, type JudgeProfile } from './impact.ts';
import type { AudienceFinder, DryRun, Figures, Person, Recipient, Unreachable } from './people.ts';
import type { JudgedProfile, KnownPerson, PeopleFilter, PeopleStore } from './people-store.ts';

export type AudienceParts = {
  readonly people: PeopleStore;
  readonly history: PolicyHistory;
  /** Entra object ids of everybody in a group, in lower case. Throws GroupUnavailable. */
  readonly membersOf: (group: string) => Promise<ReadonlySet<string>>;
  readonly now: () => Date;
};

/** Rows a statement. */
const pageSize = 2_000;
const sampleSize = 20;

export function createAudienceFinder(parts: AudienceParts): AudienceFinder {
  const judgeOf = (subject: NoticeSubject) =>
    createJudge(subject, parts.history, parts.now().toISOString().slice(0, 10));
  return {
    figures: (subject) => figures(parts.people, judgeOf(subject)),
    dryRun: (subject, audience, mandatory) => dryRun(parts, judgeOf(subject), audience, mandatory),
    async *select(subject, audience) {
      const filter = await filterOf(parts, audience);
      yield* selectAll(parts.people, judgeOf(subject), audience, filter);
    },
    async judge(subject, personIds) {
      const judged: Recipient[] = [];
      const filter: PeopleFilter = { ids: personIds, sites: [], languages: [] };
      for await (const page of selectAll(parts.people, judgeOf(subject), anybody, filter)) {
        judged.push(...page);
      }
      return judged;
    },
  };
}

const anybody: Pick<Audience, 'impact' | 'findings' | 'os'> = { impact: [], findings: [], os: [] };

/** Each profile is judged once, however many PCs have it; the database counts the people. */
async function figures(people: PeopleStore, judge: JudgeProfile): Promise<Figures> {
  const judged: JudgedProfile[] = [];
  for (let after = ''; ; ) {
    const page = await people.profiles(after, pageSize);
    for (const { hash, profile } of page) {
      const { impact, cause } = judge(profile);
      judged.push({ hash, impact, cause });
    }
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) break;
    after = last.hash;
  }
  const rows = await people.figures(judged);
  const byClass = countBy(rows.map(({ impact, people: count }) => [impact, count]));
  return { people: rows.reduce((sum, row) => sum + row.people, 0), byClass, rows };
}

async function dryRun(
  parts: AudienceParts,
  judge: JudgeProfile,
  audience: Audience,
  mandatory: boolean,
): Promise<DryRun> {
  const filter = await filterOf(parts, audience);
  const reached: Recipient[] = [];
  const unreachable: DryRun['unreachable'][number][] = [];
  for await (const page of selectAll(parts.people, judge, audience, filter)) {
    for (const recipient of page) {
      const { id, name } = recipient.person;
      const why = whyUnreachable(recipient.person, mandatory);
      if (why === null) reached.push(recipient);
      else unreachable.push({ id, name, why });
    }
  }
  for (const id of await strangers(parts.people, filter.ids ?? [])) {
    unreachable.push({ id, name: null, why: 'unknown-person' });
  }
  const byClass = countBy(reached.map(({ impact }) => [impact, 1]));
  return { count: reached.length, byClass, sample: sampleOf(reached), unreachable };
}

/** The first ones, and somebody of each class before them. */
function sampleOf(reached: readonly Recipient[]): readonly Recipient[] {
  const firsts = impactClasses.flatMap((each) => reached.find(({ impact }) => impact === each) ?? []);
  return [...new Set([...firsts, ...reached.slice(0, sampleSize)])].slice(0, sampleSize);
}

/** Why somebody gets nothing as things stand; null for whoever can be written to. */
export function whyUnreachable(
  { reach, optedOut, reference, entraId }: Person,
  mandatory: boolean,
): Unreachable | null {
  if (reach !== 'reachable') return reach;
  if (optedOut && !mandatory) return 'opted-out';
  return reference === null && entraId === null ? 'unknown-person' : null;
}

/** Those of the ids that nobody has, in the order in which they came. */
async function strangers(people: PeopleStore, ids: readonly string[]): Promise<readonly string[]> {
  const known = new Set<string>();
  for await (const page of pagesOf(people, { ids, sites: [], languages: [] })) {
    for (const { person } of page) known.add(person.id);
  }
  return ids.filter((id) => !known.has(id));
}

/** Lists of people and groups narrow each other: who is left is in both. */
async function filterOf({ membersOf }: AudienceParts, audience: Audience): Promise<PeopleFilter> {
  const { people, groups, sites, languages } = audience;
  const listed = [...new Set(people.map((id) => id.toLowerCase()))];
  if (groups.length === 0) return { ids: people.length === 0 ? null : listed, sites, languages };
  const members = new Set<string>();
  for (const group of groups) for (const id of await membersOf(group)) members.add(id);
  const ids = people.length === 0 ? [...members] : listed.filter((id) => members.has(id));
  return { ids, sites, languages };
}

async function* selectAll(
  people: PeopleStore,
  judge: JudgeProfile,
  audience: Pick<Audience, 'impact' | 'findings' | 'os'>,
  filter: PeopleFilter,
): AsyncGenerator<readonly Recipient[]> {
  const judged = new Map<string, ProfileJudgement>();
  for await (const page of pagesOf(people, filter)) {
    const wanted = new Set(page.flatMap(({ devices }) => devices.map(({ profile }) => profile)));
    const missing = [...wanted].filter((hash) => !judged.has(hash));
    for (const { hash, profile } of missing.length === 0 ? [] : await people.profilesOf(missing)) {
      judged.set(hash, judge(profile));
    }
    const found = page
      .filter((known) => hasFinding(known, audience, judged))
      .map((known) => toRecipient(known, judged));
    const kept = found.filter((recipient) => isMeant(recipient, audience));
    if (kept.length > 0) yield kept;
  }
}

async function* pagesOf(people: PeopleStore, filter: PeopleFilter): AsyncGenerator<readonly KnownPerson[]> {
  if (filter.ids?.length === 0) return;
  for (let after = ''; ; ) {
    const page = await people.page(filter, after, pageSize);
    const last = page.at(-1);
    if (last === undefined) return;
    yield page;
    if (page.length < pageSize) return;
    after = last.person.id;
  }
}

type Judged = ReadonlyMap<string, ProfileJudgement>;

function hasFinding(
  { devices }: KnownPerson,
  { findings }: Pick<Audience, 'findings'>,
  judged: Judged,
): boolean {
  if (findings.length === 0) return true;
  return devices.some(({ profile }) => judged.get(profile)?.findings.some((code) => findings.includes(code)));
}

function isMeant({ impact, os }: Recipient, audience: Pick<Audience, 'impact' | 'os'>): boolean {
  if (!meansClass(audience, impact)) return false;
  return audience.os.length === 0 || (os !== null && audience.os.includes(os));
}

/** From bad to good. A PC of which nothing is known is worse than one that is fine. */
const worstFirst: readonly ImpactClass[] = ['will-break', 'at-risk', 'unknown', 'fine'];

/** By the worst PC; among equals by the one that reported last, which comes first. */
function toRecipient({ person, devices }: KnownPerson, judged: Judged): Recipient {
  const impactOf = (profile: string) => judged.get(profile)?.impact ?? 'unknown';
  const deciding = worstFirst
    .map((impact) => devices.find(({ profile }) => impactOf(profile) === impact))
    .find((device) => device !== undefined);
  if (deciding === undefined) {
    return {
      person,
      impact: 'unknown',
      cause: null,
      os: null,
      device: null,
      evidenceAt: null,
      reportedAt: null,
    };
  }
  return {
    person,
    impact: impactOf(deciding.profile),
    cause: judged.get(deciding.profile)?.cause ?? null,
    os: deciding.os,
    device: deciding.device,
    evidenceAt: deciding.receivedAt,
    reportedAt: devices[0]?.receivedAt ?? null,
  };
}

function countBy(counts: readonly (readonly [ImpactClass, number])[]): Record<ImpactClass, number> {
  const byClass: Record<ImpactClass, number> = { 'will-break': 0, 'at-risk': 0, fine: 0, unknown: 0 };
  for (const [impact, count] of counts) byClass[impact] += count;
  return byClass;
}
