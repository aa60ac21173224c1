import { describeFault, isSetting, type SettingProblem, type TeamsSettings } from './settings.ts';

/** How the bot proves to Microsoft who it is. */
export type Identity =
  | { readonly kind: 'secret'; readonly secret: string }
  /** A PEM file that holds the certificate and its private key. */
  | { readonly kind: 'certificate'; readonly path: string }
  /** The app id is the client id of a managed identity that this machine has. */
  | { readonly kind: 'managed-identity'; readonly clientId: string }
  /** The app registration trusts the managed identity with this client id. */
  | { readonly kind: 'federated'; readonly clientId: string };

export function readIdentity(data: TeamsSettings): Identity {
  switch (data.MICROSOFT_APP_TYPE) {
    case 'UserAssignedMSI':
      return { kind: 'managed-identity', clientId: data.MICROSOFT_APP_ID };
    case 'Federated':
      return { kind: 'federated', clientId: data.MICROSOFT_APP_MANAGED_IDENTITY ?? '' };
    case 'SingleTenant': {
      const path = data.MICROSOFT_APP_CERTIFICATE_PATH;
      return path
        ? { kind: 'certificate', path }
        : { kind: 'secret', secret: data.MICROSOFT_APP_PASSWORD ?? '' };
    }
  }
}

const proofs = [
  'MICROSOFT_APP_PASSWORD',
  'MICROSOFT_APP_CERTIFICATE_PATH',
  'MICROSOFT_APP_MANAGED_IDENTITY',
] as const;

/** Exactly one proof of identity: with two, nobody could tell which one a deployment rests on. */
export function checkIdentity(given: Readonly<Record<string, string>>): readonly SettingProblem[] {
  const type = given.MICROSOFT_APP_TYPE ?? 'SingleTenant';
  const allowed: readonly string[] | null = proofsOf(type);
  if (allowed === null) return [];
  const present = proofs.filter((name) => given[name] !== undefined);
  const misplaced = present.filter((name) => !allowed.includes(name));
  const problems: SettingProblem[] = misplaced.map((setting) => ({
    setting,
    problem: `leave it out with the type ${type}.`,
  }));
  const fitting = present.filter((name) => allowed.includes(name));
  if (fitting.length > 1) {
    problems.push({ setting: fitting.join(' and '), problem: 'give one of them, not both.' });
  } else if (fitting.length === 0) {
    const wanted = allowed.slice(0, 1).filter(isSetting);
    problems.push(...wanted.map((setting) => ({ setting, problem: describeFault(setting, undefined) })));
  }
  return problems;
}

/** The settings that prove an identity of this type; null for an unknown type, which is a fault of its own. */
function proofsOf(type: string): readonly (typeof proofs)[number][] | null {
  switch (type) {
    case 'SingleTenant':
      return ['MICROSOFT_APP_PASSWORD', 'MICROSOFT_APP_CERTIFICATE_PATH'];
    case 'Federated':
      return ['MICROSOFT_APP_MANAGED_IDENTITY'];
    case 'UserAssignedMSI':
      return [];
    default:
      return null;
  }
}
