import { type Finder, type Found, findMatches, named } from './found.ts';
import { isEverydayWord, isSharedProfile } from './public-names.ts';

/** The folder of a person: the part behind `Users`, which may hold blanks where a separator ends it. */
const profile: Finder = (text) =>
  [
    ...text.matchAll(/[\\/](?:Users|Documents and Settings|home)[\\/]+([^\\/:*?"<>|\r\n]+)([\\/:*?"<>|]?)/gi),
  ].flatMap((found) => {
    const [whole, folder = '', end = ''] = found;
    const name = /^[\\/">]$/.test(end) ? folder.trimEnd() : firstWords(folder);
    const start = found.index + whole.length - end.length - folder.length;
    return name === '' || isSharedProfile(name) ? [] : [named('user', start, name.length)];
  });

/** Prose may follow: the first word, and those after it that begin like a name. */
function firstWords(folder: string): string {
  return (/^[^\s,;)\]}']+(?: \p{Lu}[^\s,;)\]}']*)*/u.exec(folder)?.[0] ?? '').replace(/[.!]$/, '');
}

/** Work accounts put the organisation's name into the folder's: `OneDrive - Contoso`. */
const syncFolder = findMatches(
  'domain',
  /[\\/]OneDrive - ([^\\/:*?"<>|\r\n]{1,60})/gi,
  (name) => !isEverydayWord(name),
);

const server = findMatches(
  'host',
  /(?<![\\\p{L}\p{N}:_])\\{2,4}([\p{L}\p{N}][\p{L}\p{N}._-]{0,252})/gu,
  (name) => !isEverydayWord(name),
);

/** Words of registry and file paths, which have the form of an account without being one. */
const pathWords: ReadonlySet<string> = new Set(
  `hklm hkcu hku hkcr hkey_local_machine hkey_current_user hkey_users software system sam security hardware policies
  classes microsoft windows currentversion currentcontrolset control wow6432node schannel protocols ciphers hashes
  winhttp internet settings client server cryptography configuration ssl 00010002 lsa fipsalgorithmpolicy users
  system32 syswow64 programs program files temp desktop documents downloads appdata local roaming computer registry
  onedrive registry:: core bin etc explorer connections cache zones lockdown passport services parameters network
  builtin authority service nt interface drivers`.split(/\s+/),
);

/** `DOMAIN\user`, standing alone: no drive, no further backslash. */
const account: Finder = (text) =>
  [
    ...text.matchAll(
      /(?<![\p{L}\p{N}\\/:._-])([\p{L}\p{N}][\p{L}\p{N}.-]{0,62})(\\{1,2})(\p{L}[\p{L}\p{N}._$-]{0,63})(?![\p{L}\p{N}\\/:_]|[^\S\r\n]?[\p{L}\p{N}. ]{0,30}\\)/gu,
    ),
  ].flatMap((found) => {
    const [, left = '', slashes = '', right = ''] = found;
    const user = right.replace(/\.$/, '');
    if (isPathWord(left) || isPathWord(user) || isFile(user)) return [];
    const parts: Found[] = [named('user', found.index + left.length + slashes.length, user.length)];
    return isEverydayWord(left) ? parts : [named('domain', found.index, left.length), ...parts];
  });

function isPathWord(word: string): boolean {
  return pathWords.has(word.toLowerCase()) || !/\p{L}/u.test(word);
}

function isFile(name: string): boolean {
  return /\.(?:exe|dll|txt|log|ps1|cmd|bat|reg|cpl|msi|sys|ini|xml|json|csv|dat|pac|docx?|xlsx?|pdf|png|zip)$/i.test(
    name,
  );
}

/** Each part of a directory's name in an issuer: `DC=fabrikam, DC=example`. */
const directory = findMatches('domain', /\bDC ?= ?([\p{L}\p{N}-]{1,63})/giu);

export const pathFinders: readonly Finder[] = [profile, syncFolder, server, account, directory];
