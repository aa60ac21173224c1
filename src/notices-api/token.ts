import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose';
import { z } from 'zod';
import type { NoticeActor } from '../domain/notice.ts';
import { type NoticeRole, noticeRoles } from '../domain/notice.ts';

/** Where tokens for the API come from: one tenant of Entra, version 2.0. */
export type ApiIssuer = {
  /** Exactly, such as `https://login.microsoftonline.com/TENANT/v2.0`. */
  readonly issuer: string;
  readonly keysUrl: string;
  readonly tenantId: string;
  /** Client id of the API's registration. */
  readonly audience: string;
};

/** Whoever calls. `isApp`: a program without a person, which may write but not approve. */
export type Caller = { readonly actor: NoticeActor; readonly isApp: boolean };

export type Entrance =
  | { readonly kind: 'in'; readonly caller: Caller }
  /** `code` is for the log, never for the caller. */
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'unavailable'; readonly error: unknown };

export type CheckToken = (authorization: string | undefined) => Promise<Entrance>;

const longestHeader = 16 * 1024;
const roleNames: Readonly<Record<NoticeRole, string>> = {
  author: 'Notices.Author',
  approver: 'Notices.Approver',
  auditor: 'Notices.Auditor',
};
const claims = z.object({
  oid: z.guid().toLowerCase(),
  tid: z.guid().toLowerCase(),
  roles: z.array(z.string()).max(100).default([]),
  scp: z.string().optional(),
  idtyp: z.string().optional(),
  name: z.string().optional(),
  azp: z.string().optional(),
});

/** Keys are fetched at the first token, kept for a day, and asked for again at most every 30 s. */
export function createTokenCheck({ issuer, keysUrl, tenantId, audience }: ApiIssuer): CheckToken {
  const keys = createRemoteJWKSet(new URL(keysUrl), {
    cacheMaxAge: 24 * 3_600_000,
    cooldownDuration: 30_000,
    timeoutDuration: 5_000,
  });
  return async (authorization = '') => {
    const token = authorization.length > longestHeader ? undefined : bearer.exec(authorization)?.[1];
    if (token === undefined) return { kind: 'refused', code: 'no-bearer-token' };
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        audience,
        algorithms: ['RS256'],
        clockTolerance: 60,
        requiredClaims: ['exp', 'nbf', 'oid', 'tid'],
      });
      return readClaims(payload, tenantId);
    } catch (error) {
      return judgeError(error);
    }
  };
}

const bearer = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i;

function readClaims(payload: JWTPayload, tenantId: string): Entrance {
  const parsed = claims.safeParse(payload);
  if (!parsed.success) return { kind: 'refused', code: 'claims-malformed' };
  const { oid, tid, scp, idtyp, name, azp, roles: given } = parsed.data;
  // An array of audiences would let a token made out to somebody else in as well.
  if (typeof payload.aud !== 'string') return { kind: 'refused', code: 'several-audiences' };
  if (tid !== tenantId) return { kind: 'refused', code: 'other-tenant' };
  // Only a token of a signed-in person has scopes; whatever does not prove to be one counts as a program.
  const isApp = idtyp === 'app' || scp === undefined || scp === '';
  const held = noticeRoles.filter((role) => given.includes(roleNames[role]));
  // Two people decide: a program is none of them, whoever gave it the role.
  const roles = isApp ? held.filter((role) => role !== 'approver') : held;
  const actor: NoticeActor = { id: oid, name: name ?? azp ?? oid, roles, via: 'api' };
  return { kind: 'in', caller: { actor, isApp } };
}

/** Trouble in fetching keys is not the caller's fault; their token may well be good. */
function judgeError(error: unknown): Entrance {
  const isFetching =
    !(error instanceof errors.JOSEError) ||
    error instanceof errors.JWKSTimeout ||
    error instanceof errors.JWKSInvalid ||
    error.code === 'ERR_JOSE_GENERIC';
  return isFetching
    ? { kind: 'unavailable', error }
    : { kind: 'refused', code: (error as errors.JOSEError).code };
}
