import type { FindingCode } from '../domain/diagnosis.ts';
import type { Audience, ImpactClass, NoticeSubject } from '../domain/notice.ts';
import type { OsFamily } from '../domain/os.ts';

/** Somebody whom the bot knows, from installs and messages or from an administrator's list. */
export type Person = {
  /** Entra object id where it is known, else the channel's id for them. */
  readonly id: string;
  readonly tenantId: string | null;
  readonly name: string | null;
  readonly entraId: string | null;
  /** BCP 47 such as `de-CH`, and IANA such as `Europe/Zurich`; null where nobody said. */
  readonly locale: string | null;
  readonly timeZone: string | null;
  readonly site: string | null;
  readonly reach: Reach;
  readonly optedOut: boolean;
  /** Where to write to; null while there is no conversation, which can be created by Entra id. */
  readonly reference: Readonly<Record<string, unknown>> | null;
};

/**
 * Whether anything may be sent. `removed`: the app was taken out. `blocked`: by the person, until they write.
 * `disabled`: by an administrator, until anyone writes. `not-installed`: Teams said so.
 */
export type Reach = 'reachable' | 'removed' | 'blocked' | 'disabled' | 'not-installed';

/** Somebody in the audience, judged. `cause` is the finding that decides, null where all is fine or unknown. */
export type Recipient = {
  readonly person: Person;
  readonly impact: ImpactClass;
  readonly cause: FindingCode | null;
  readonly os: OsFamily | null;
  /** Pseudonym of the PC that decides. */
  readonly device: string | null;
  /** When its report came in, ISO, UTC. */
  readonly evidenceAt: string | null;
  /** When the last report of any PC of theirs came in, ISO, UTC. */
  readonly reportedAt: string | null;
};

/** Why somebody in the audience gets nothing. */
export type Unreachable =
  | 'opted-out'
  | 'removed'
  | 'blocked'
  | 'disabled'
  | 'not-installed'
  | 'unknown-person';

export type Figure = {
  readonly impact: ImpactClass;
  readonly cause: FindingCode | null;
  readonly os: OsFamily | null;
  readonly site: string | null;
  readonly people: number;
};

export type Figures = {
  readonly people: number;
  readonly byClass: Readonly<Record<ImpactClass, number>>;
  /** One row for each combination that somebody has. */
  readonly rows: readonly Figure[];
};

export type DryRun = {
  /** Those who would get it. */
  readonly count: number;
  readonly byClass: Readonly<Record<ImpactClass, number>>;
  /** A few of them, with somebody of each class that they have. */
  readonly sample: readonly Recipient[];
  readonly unreachable: readonly {
    readonly id: string;
    readonly name: string | null;
    readonly why: Unreachable;
  }[];
};

/** As administrators see it: without what the bot needs to write to people. */
export function withoutReferences({ sample, ...rest }: DryRun) {
  return {
    ...rest,
    sample: sample.map(({ person: { id, name }, impact, cause, os, reportedAt }) => ({
      ...{ id, name, impact, cause, os, reportedAt },
    })),
  };
}

export type AudienceFinder = {
  /** Everyone whom the bot knows, judged under the policy before and after. */
  figures(subject: NoticeSubject): Promise<Figures>;
  /** Nobody is written to. `mandatory` counts those who opted out as reachable. */
  dryRun(subject: NoticeSubject, audience: Audience, mandatory: boolean): Promise<DryRun>;
  /** The whole audience, reachable or not, in pages; a recipient without reach is skipped when it is sent. */
  select(subject: NoticeSubject, audience: Audience): AsyncIterable<readonly Recipient[]>;
  /** These people as their reports are now: whoever has become fine was fixed. Ids that nobody has are left out. */
  judge(subject: NoticeSubject, personIds: readonly string[]): Promise<readonly Recipient[]>;
};

/** Microsoft Graph did not say who is in a group; nothing is sent on half a list. */
export class GroupUnavailable extends Error {
  readonly code = 'group-unavailable';
}
