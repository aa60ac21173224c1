import type { NoticeRole } from '../domain/notice.ts';
import type { Person } from './people.ts';
import type { PeopleStore } from './people-store.ts';
import type { RoleHolder, RoleParts } from './roles.ts';

export type HolderParts = {
  readonly holders: RoleParts['holders'];
  readonly people: Pick<PeopleStore, 'page'>;
  /** Ids in lower case. Rejects when the group cannot be read. */
  readonly membersOf: (group: string) => Promise<ReadonlySet<string>>;
  readonly now: () => Date;
  /** Hears why a group could not be read. */
  readonly unanswered: (group: string, error: unknown) => void;
};

/** Cards go to people; a group with more members than this was meant for something else. */
const mostPeople = 50;
/** A directory is not asked every few seconds, whether it answered or not. */
const freshMs = 5 * 60_000;

/** Those who have a role and whom the bot knows, members of groups included: first those who are named. */
export function createHoldersOf(parts: HolderParts): (role: NoticeRole) => Promise<readonly Person[]> {
  const kept = new Map<string, { readonly ids: readonly string[]; readonly until: number }>();

  async function membersOf(group: string): Promise<readonly string[]> {
    const known = kept.get(group);
    if (known !== undefined && known.until > parts.now().getTime()) return known.ids;
    const ids = await parts.membersOf(group).then(
      (members) => [...members],
      (error: unknown) => {
        parts.unanswered(group, error);
        return known?.ids ?? [];
      },
    );
    kept.set(group, { ids, until: parts.now().getTime() + freshMs });
    return ids;
  }

  async function find(ids: readonly string[]): Promise<readonly Person[]> {
    if (ids.length === 0) return [];
    const found = await parts.people.page({ ids, sites: [], languages: [] }, '', mostPeople);
    return found.map(({ person }) => person);
  }

  return async (role) => {
    const ofKind = (kind: RoleHolder['kind']) =>
      parts.holders[role].filter((holder) => holder.kind === kind).map(({ id }) => id);
    const named = ofKind('person');
    const members = await Promise.all(ofKind('group').map(membersOf));
    const others = members.flat().filter((id) => !named.includes(id));
    return [...(await find(named)), ...(await find(others))].slice(0, mostPeople);
  };
}
