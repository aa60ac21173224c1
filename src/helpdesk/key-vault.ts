import { z } from 'zod';
import { isLoopback } from '../settings.ts';
import { callOnce } from './http-call.ts';

/** A setting names a secret in a vault that cannot be had. */
export class SecretUnavailable extends Error {
  override readonly name = 'SecretUnavailable';
  readonly code = 'secret-unavailable';
}

export type VaultParts = {
  /** A token of the app's own identity for a scope such as `https://vault.azure.net/.default`. */
  readonly token: (scope: string) => Promise<string>;
  readonly allowLoopback: boolean;
};

const mark = 'keyvault:';
const clouds = ['vault.azure.net', 'vault.usgovcloudapi.net'] as const;

/**
 * Settings with every `keyvault:https://VAULT.vault.azure.net/secrets/NAME` replaced by the secret itself, which
 * stays in memory. Throws SecretUnavailable, with the name of the setting and never a value.
 */
export async function openSecrets(
  given: Readonly<Record<string, string>>,
  parts: VaultParts,
): Promise<Readonly<Record<string, string>>> {
  const opened = await Promise.all(
    Object.entries(given).map(async ([name, value]) => {
      if (!value.startsWith(mark)) return [name, value] as const;
      return [name, await readSecret(name, value.slice(mark.length), parts)] as const;
    }),
  );
  return Object.fromEntries(opened);
}

const secret = z.object({ value: z.string().min(1) });

/** https://learn.microsoft.com/rest/api/keyvault/secrets/get-secret */
async function readSecret(setting: string, address: string, parts: VaultParts): Promise<string> {
  const place = placeOf(address, parts.allowLoopback);
  if (place === null) {
    throw new SecretUnavailable(
      `${setting}: expected keyvault:https://VAULT.vault.azure.net/secrets/NAME, with a version after it or not.`,
    );
  }
  const token = await parts.token(place.scope).catch((cause: unknown) => {
    throw new SecretUnavailable(`${setting}: the bot's identity got no token for Key Vault.`, { cause });
  });
  const headers = { authorization: `Bearer ${token}` };
  const answer = await callOnce(place.url, { method: 'GET', headers, within: 10_000 });
  const body = answer.kind === 'answer' && answer.status === 200 ? parseJson(answer.body) : null;
  const parsed = secret.safeParse(body);
  if (parsed.success) return parsed.data.value;
  const why = answer.kind === 'answer' ? `http-${answer.status}` : answer.reason;
  throw new SecretUnavailable(
    `${setting}: Key Vault did not give the secret (${why}). The bot's identity needs the role ` +
      '"Key Vault Secrets User" on it, and the network has to let the bot through.',
  );
}

/** Null where it is no secret of a vault: a token for vaults must go nowhere else. */
function placeOf(
  address: string,
  allowLoopback: boolean,
): { readonly url: URL; readonly scope: string } | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  const cloud = clouds.find((suffix) => url.hostname.endsWith(`.${suffix}`));
  const here = allowLoopback && url.protocol === 'http:' && isLoopback(url.hostname);
  if (!here && (cloud === undefined || url.protocol !== 'https:' || url.port !== '')) return null;
  if (!/^\/secrets\/[A-Za-z0-9-]{1,127}(\/[0-9a-f]{32})?$/.test(url.pathname)) return null;
  if (url.username !== '' || url.search !== '' || url.hash !== '') return null;
  url.searchParams.set('api-version', '7.4');
  return { url, scope: `https://${cloud ?? clouds[0]}/.default` };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
