import { type NoticeRole, noticeRoles } from '../domain/notice.ts';

/** Somebody named by their Entra object id, or everybody in a group; ids in lower case. */
export type RoleHolder = { readonly kind: 'person' | 'group'; readonly id: string };

export type RoleParts = {
  readonly holders: Readonly<Record<NoticeRole, readonly RoleHolder[]>>;
  /** Whether somebody is in the group. Rejects when it cannot be told. */
  readonly inGroup: (group: string, entraId: string) => Promise<boolean>;
  readonly now: () => Date;
  /** Hears why a group could not be asked. */
  readonly unanswered: (group: string, error: unknown) => void;
};

/** The roles of somebody, by their Entra object id; empty for anybody who has none, or of whom it cannot be told. */
export type RolesOf = (entraId: string) => Promise<readonly NoticeRole[]>;

/** Whoever is taken out of a group loses the role after so long at the latest. */
const freshMs = 60_000;
const mostKept = 1_000;

/** Looks roles up at each action. A group that cannot be asked gives no role, and is asked again the next time. */
export function createRolesOf({ holders, inGroup, now, unanswered }: RoleParts): RolesOf {
  const kept = new Map<string, { readonly isIn: boolean; readonly until: number }>();

  async function ask(group: string, entraId: string): Promise<boolean> {
    const key = `${group} ${entraId}`;
    const known = kept.get(key);
    if (known !== undefined && known.until > now().getTime()) return known.isIn;
    try {
      const isIn = await inGroup(group, entraId);
      if (kept.size >= mostKept) kept.clear();
      kept.set(key, { isIn, until: now().getTime() + freshMs });
      return isIn;
    } catch (error) {
      unanswered(group, error);
      return false;
    }
  }

  async function has(role: NoticeRole, entraId: string): Promise<boolean> {
    const those = holders[role];
    if (those.some(({ kind, id }) => kind === 'person' && id === entraId)) return true;
    const groups = those.filter(({ kind }) => kind === 'group');
    return (await Promise.all(groups.map(({ id }) => ask(id, entraId)))).includes(true);
  }

  return async (entraId) => {
    const id = entraId.toLowerCase();
    if (id === '') return [];
    const held = await Promise.all(noticeRoles.map((role) => has(role, id)));
    return noticeRoles.filter((_, index) => held[index]);
  };
}
