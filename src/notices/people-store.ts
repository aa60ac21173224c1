import type { FindingCode } from '../domain/diagnosis.ts';
import type { ImpactClass } from '../domain/notice.ts';
import type { OsFamily } from '../domain/os.ts';
import type { TlsProfile } from '../domain/tls-profile.ts';
import type { Figure, Person, Reach } from './people.ts';

/** What the database can tell apart by itself. */
export type PeopleFilter = {
  /** Ids of people; null is all. */
  readonly ids: readonly string[] | null;
  /** Empty is all; so are languages, BCP 47 prefixes in lower case. */
  readonly sites: readonly string[];
  readonly languages: readonly string[];
};

/** A PC by its last report. */
export type KnownDevice = {
  readonly device: string;
  readonly os: OsFamily | null;
  /** Hash of its profile. */
  readonly profile: string;
  /** ISO, UTC. */
  readonly receivedAt: string;
};

export type KnownPerson = { readonly person: Person; readonly devices: readonly KnownDevice[] };
export type StoredProfile = { readonly hash: string; readonly profile: TlsProfile };
export type JudgedProfile = {
  readonly hash: string;
  readonly impact: ImpactClass;
  readonly cause: FindingCode | null;
};

/** A line of an administrator's list; null leaves what is known. */
export type ListedPerson = {
  readonly entraId: string;
  readonly name: string | null;
  readonly site: string | null;
  readonly language: string | null;
  readonly timeZone: string | null;
};

export type PeopleStore = {
  find(id: string): Promise<Person | null>;
  /** In order of id, those after the one given. */
  page(filter: PeopleFilter, after: string, limit: number): Promise<readonly KnownPerson[]>;
  profilesOf(hashes: readonly string[]): Promise<readonly StoredProfile[]>;
  /** In order of hash, those after the one given. */
  profiles(after: string, limit: number): Promise<readonly StoredProfile[]>;
  /** Everyone counted by their worst PC. A PC whose profile is not among those judged is unknown. */
  figures(judged: readonly JudgedProfile[]): Promise<readonly Figure[]>;
  /** What Teams said when something was sent, or that the app was taken out. */
  setReach(id: string, reach: Reach): Promise<void>;
  /** Whoever did not have the app is written to again, because it can be installed for them now. */
  tryUninstalled(): Promise<void>;
  /** The conversation leads nowhere any more; one that is known since then stays. */
  forgetConversation(id: string, conversation: string): Promise<void>;
  /** False where nobody has that id. */
  setOptOut(id: string, optedOut: boolean): Promise<boolean>;
  /** All or nothing. What people's own Teams says of language and time zone stays. Returns how many are new. */
  keepListed(list: readonly ListedPerson[]): Promise<number>;
};
