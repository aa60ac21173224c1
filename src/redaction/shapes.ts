import { isIPv6 } from 'node:net';
import { type Finder, type Found, findMatches, named } from './found.ts';
import { isPublicHost, looksLikeHost } from './public-names.ts';

/** A JSON web token, also one that lost its tail, and what Entra hands out as codes. */
const tokens: readonly Finder[] = [
  findMatches('token', /eyJ[\w-]{8,}(?:\.[\w-]*){0,4}/g),
  findMatches('token', /(?<![\w.])[01]\.A[\w-]{20,}(?:\.[\w-]{2,200}){0,4}/g),
  findMatches('token', /\bbearer[ :=]{1,3}([\w.~+/=-]{8,})/gi),
  findMatches(
    'token',
    /(?:access_?token|refresh_?token|id_?token|auth_?code|client_?secret|tempauth|api_?key|pass(?:word|wort|wd|phrase)|kennwort|contraseña|mot de passe)["']? ?[:=] ?["']?([^\s"'&;,<>]{4,})/giu,
  ),
  findMatches('token', /[?&](?:code|sig|state|session_state|token|tempauth)=([^\s"'&<>]{4,})/gi),
  findMatches('token', /\bpass(?:word|wort|phrase) (?:is|ist|was|lautet) ["']?([^\s"'<>]{4,})/gi, (name) =>
    /[\d!#$%&*+?^~]/.test(name),
  ),
  findMatches('token', /:\/\/([^\s/@"'<>]{1,200}(?=@))/g),
];

const mail: Finder = (text) =>
  [
    ...text.matchAll(/(?<![\p{L}\p{N}._%+#-])([\p{L}\p{N}._%+#-]+)@([\p{L}\p{N}][\p{L}\p{N}.-]{0,252})/gu),
  ].map((found) => named('mail', found.index, found[0].replace(/[.-]{1,9}$/, '').length));

const sid = findMatches('sid', /S-1-(?:5-21|12-1)(?:-\d{1,12}){1,20}/gi);

const guid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
/** What stands before the id of a tenant: a label, or the address of a token service. */
const beforeTenant =
  /(?:tenant ?id|\btid|microsoftonline\.com\/|sts\.windows\.net\/|login\.windows\.net\/)["']?[ \t:={]{0,60}["']?$/i;

const tenant = findMatches('tenant', guid, (_, { index, input = '' }) =>
  beforeTenant.test(input.slice(Math.max(index - 100, 0), index)),
);
const id: Finder = findMatches('id', guid);
const hardware = findMatches(
  'id',
  /(?<![0-9a-f:-])(?:[0-9a-f]{2}(?::[0-9a-f]{2}){5}|[0-9a-f]{2}(?:-[0-9a-f]{2}){5})(?![0-9a-f:-])/gi,
);

const privateNetwork = /^(?:192\.168|169\.254|172\.(?:1[6-9]|2\d|3[01]))\./;
/** A number of four parts is a version where the words before it say so, or a single letter does. */
const beforeVersion =
  /(?:vers|wers|build|release|revision|compila|верси|版本|バージョン|버전)[^.;,\r\n]{0,30}$|[a-z]$/i;

const ip4: Finder = findMatches(
  'ip',
  /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?!\d)(?!\.\d)/g,
  (address, { index, input = '' }) => {
    if (address.split('.').some((part) => Number(part) > 255)) return false;
    if (/^(?:127\.|255\.)|^0\.0\.0\.0$/.test(address)) return false;
    return privateNetwork.test(address) || !beforeVersion.test(input.slice(Math.max(index - 60, 0), index));
  },
);

export const ip6: Finder = (text) =>
  [...text.matchAll(/(?<![\w:.])[0-9a-f]{0,4}:[0-9a-f:]{1,40}(?:\.\d{1,3}){0,3}(?!\w)/gi)].flatMap(
    (found) => {
      const address = found[0].replace(/(?<!:):$/, '');
      const isLoopback = /^(?:0{0,4}:){1,7}0{0,3}1?$/.test(address);
      return isIPv6(address) && !isLoopback ? [named('ip', found.index, address.length)] : [];
    },
  );

/** The names that Windows gives to a PC by itself. */
const givenHost = findMatches('host', /(?<![\w-])(?:DESKTOP|LAPTOP|WIN|TABLET)-[A-Z0-9]{3,15}(?![\w-])/g);

/** Host of any address with a scheme; the user before it is a token already. */
const urlHost: Finder = (text) =>
  [...text.matchAll(/:\/\/([^\s/"'<>\\|,;)\]]{1,300})/g)].flatMap((found) => {
    const place = found[1] ?? '';
    const at = place.lastIndexOf('@') + 1;
    const host = /^[^:?#]{1,253}/.exec(place.slice(at))?.[0] ?? '';
    const start = found.index + 3 + at;
    return /\p{L}/u.test(host) ? hostFound(host, start) : [];
  });

const dotted: Finder = (text) =>
  [
    ...text.matchAll(
      /(?<![\p{L}\p{N}_-])(?:\*\.)?[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,9}(?![\p{L}\p{N}_])/gu,
    ),
  ].flatMap((found) => {
    const bare = found[0].replace(/^\*\./, '');
    const probed = probeKey.exec(bare);
    const host = probed === null ? bare : bare.slice(0, probed.index);
    return looksLikeHost(host) ? hostFound(host, found.index + found[0].length - bare.length) : [];
  });

/** A host that a report says something about is part of the key. */
const probeKey = /\.(?:dns|via|tcp443|tls12|issuer)$/i;

/** Hosts that a tenant has from the service: a rule may need the rest of the name. */
const tenantHost = /^([^.]{1,63}?)(?:-my|-admin)?\.(?:onmicrosoft|sharepoint)\.com$/i;

/** A name of two parts is a domain, a longer one a host. */
function hostFound(host: string, start: number): readonly Found[] {
  const name = host.replace(/\.{1,9}$/, '');
  if (isPublicHost(name)) return [];
  const tenant = tenantHost.exec(name)?.[1];
  if (tenant !== undefined) return [named('domain', start, tenant.length)];
  return [named(name.split('.').length === 2 ? 'domain' : 'host', start, name.length)];
}

/** Whatever gives itself away by its shape, wherever it stands; what comes first wins. */
export const shapeFinders: readonly Finder[] = [...tokens, mail, sid, tenant, id, hardware];
/** What is read only after the places where names are expected: less certain. */
export const addressFinders: readonly Finder[] = [urlHost, dotted, ip6, ip4, givenHost];
