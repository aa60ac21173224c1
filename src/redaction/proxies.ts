import { isIP } from 'node:net';
import { type Found, named } from './found.ts';
import { isEverydayWord, isPublicHost } from './public-names.ts';
import { ip6 } from './shapes.ts';

/** Hosts of `[SCHEME=][SCHEME://][USER:PASSWORD@]HOST[:PORT]`, parted by `;`, `,` and blanks. `at` is its place. */
export function findProxies(value: string, at: number): readonly Found[] {
  return [...value.matchAll(/[^\s;,"']+/g)].flatMap((part) => {
    const entry = part[0];
    const lead = /^(?:[a-z]{1,10}=)?(?:[a-z]{1,10}:\/\/)?(?:[^@/]{1,100}@)?/i.exec(entry)?.[0].length ?? 0;
    const host = hostOf(entry.slice(lead));
    const start = at + part.index + lead;
    return isKept(host) ? [] : [named(isIP(host) > 0 ? 'ip' : 'host', start, host.length)];
  });
}

/** Up to the port, the path, or the end of an IPv6 address, in brackets or bare. */
function hostOf(place: string): string {
  const [address] = ip6(place.slice(0, 64));
  if (address?.start === 0) return place.slice(0, address.end);
  return /^\[[^\]]{1,60}\]/.exec(place)?.[0] ?? /^[^:/?#\\]{0,253}/.exec(place)?.[0] ?? '';
}

/** What begins with a bracket is a word of the tool, or an IPv6 address, which is found as such. */
function isKept(host: string): boolean {
  return (
    !/[\p{L}\p{N}]/u.test(host) ||
    /^[(<[]/.test(host) ||
    /^127\./.test(host) ||
    (isEverydayWord(host) && host.toLowerCase() !== 'proxy') ||
    isPublicHost(host)
  );
}

const knownFiles: readonly string[] = ['wpad.dat', 'proxy.pac'];

/** Of the address of a proxy script stay scheme, port and a file name of the usual ones. */
export function findPac(value: string, at: number): readonly Found[] {
  const found = /^([a-z]{1,10}:\/\/)([^\s/"'<>]{1,300})(\/[^\s"'<>]{0,2000})?/i.exec(value);
  if (found === null) return findProxies(/^\S{0,300}/.exec(value)?.[0] ?? '', at);
  const [, scheme = '', place = '', path] = found;
  const hosts = findProxies(place, at + scheme.length);
  if (path === undefined) return hosts;
  const file = knownFiles.find((name) => path.toLowerCase().endsWith(`/${name}`)) ?? 'path';
  const start = at + scheme.length + place.length;
  return [...hosts, { start, end: start + path.length, as: 'words', words: `/${file}` }];
}
