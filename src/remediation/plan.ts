import type { FindingCode } from '../domain/diagnosis.ts';
import type { RegistryChange, RemedyKind } from '../domain/remedy.ts';

/** A list of Windows that has cmdlets of its own. */
export type Listed = 'suites' | 'curves';

/** What is to change, before it is written down as files and commands. */
export type Plan = {
  readonly kind: RemedyKind;
  readonly finding: FindingCode;
  readonly policyPath: string;
  readonly registry: readonly RegistryChange[];
  /** Names to be switched on by cmdlet; none of them was on before. */
  readonly switchOn: { readonly list: Listed; readonly names: readonly string[] } | null;
};

/** For settings that have no policy of their own, Group Policy can give out registry values. */
export const preferences = 'Computer Configuration > Preferences > Windows Settings > Registry';

const ssl = 'Computer Configuration > Administrative Templates > Network > SSL Configuration Settings';
const internet =
  'Administrative Templates > Windows Components > Internet Explorer > Internet Control Panel > Advanced Page';
export const policyPaths = {
  suites: `${ssl} > SSL Cipher Suite Order`,
  curves: `${ssl} > ECC Curve Order`,
  machine: `Computer Configuration > ${internet} > Turn off encryption support`,
  user: `User Configuration > ${internet} > Turn off encryption support`,
  userPreferences: 'User Configuration > Preferences > Windows Settings > Registry',
} as const;
