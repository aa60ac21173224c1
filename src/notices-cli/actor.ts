import { userInfo } from 'node:os';
import { type NoticeActor, noticeRoles } from '../domain/notice.ts';

export type OsUser = { readonly uid: number; readonly name: string | null; readonly sudoUser: string | null };

/** Whoever may run commands here may do anything, but approve their own words. */
export function actorOf({ uid, name, sudoUser }: OsUser): NoticeActor {
  // Of root alone, who could be anybody anyway: others could set the variable to get around the second person.
  const known = (uid === 0 ? sudoUser : null) ?? name ?? String(uid);
  return { id: `os:${known}`, name: known, roles: noticeRoles, via: 'command' };
}

export function readOsUser(env: Readonly<Record<string, string | undefined>>): OsUser {
  return { uid: process.getuid?.() ?? -1, name: readName(), sudoUser: env.SUDO_USER || null };
}

/** In a container, an id may have no name. */
function readName(): string | null {
  try {
    return userInfo().username;
  } catch {
    return null;
  }
}
