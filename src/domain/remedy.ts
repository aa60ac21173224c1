import type { Diagnosis, FindingCode } from './diagnosis.ts';

export type RegistryData =
  | { readonly type: 'REG_DWORD'; readonly value: number }
  | { readonly type: 'REG_SZ'; readonly value: string }
  | { readonly type: 'REG_MULTI_SZ'; readonly value: readonly string[] };

export type RegistryChange = {
  /** `HKLM\…` or `HKCU\…`, as the 64-bit tools of a 64-bit Windows see it. */
  readonly path: string;
  readonly name: string;
  readonly set: RegistryData;
  /** Bits to add to whatever a PC has, where `set` is such a sum; null where the value is set as it is. */
  readonly bits: number | null;
  /** What the report showed; null where there was no such value. */
  readonly undo: RegistryData | null;
};

/** Files for an Intune remediation: exit code 1 of `detect` calls for `remediate`. Windows PowerShell 5.1. */
export type IntuneScripts = {
  /** `user`: with the credentials of the signed-in person, because the values are theirs. */
  readonly runAs: 'system' | 'user';
  readonly detect: string;
  readonly remediate: string;
  readonly undo: string;
};

export type RemedyKind =
  | 'schannel'
  | 'winhttp'
  | 'wininet-user'
  | 'wininet-user-policy'
  | 'wininet-machine-policy'
  | 'suites'
  | 'suites-policy'
  | 'curves'
  | 'curves-policy'
  | 'algorithms';

/** What an administrator can do about a finding that fails, ready to be used, and the way back. */
export type Remedy = {
  readonly kind: RemedyKind;
  readonly finding: FindingCode;
  /** Id of the article's step that is recommended for it; null where another one is. */
  readonly step: string | null;
  /** Where the Group Policy editor has the setting, or where it can be given out as a registry value. */
  readonly policyPath: string;
  readonly registry: readonly RegistryChange[];
  /** Content of a `.reg` file; null where no registry value is changed. */
  readonly regFile: string | null;
  readonly undoRegFile: string | null;
  /** Lines for an elevated prompt, or for one of the person's own where the values are theirs. */
  readonly commands: readonly string[];
  readonly undoCommands: readonly string[];
  readonly intune: IntuneScripts;
};

/** Findings that settings mend, in the order in which they depend on each other. */
export const mendable = [
  'tls12-schannel',
  'tls12-winhttp',
  'tls12-wininet',
  'cipher-suites',
  'curves',
  'key-exchange',
] as const satisfies readonly FindingCode[];

/** Systems on which no cmdlet switches suites and curves, and which lack the suites that are accepted. */
const withoutCmdlets: readonly Diagnosis['os'][] = [
  'windows-7',
  'windows-8',
  'windows-8.1',
  'server-2008-r2',
  'server-2012',
  'server-2012-r2',
];

export function hasSuiteCmdlets(os: Diagnosis['os']): boolean {
  return !withoutCmdlets.includes(os);
}

/** True where an administrator can do something about what fails. */
export function isMendable({ findings, os }: Pick<Diagnosis, 'findings' | 'os'>): boolean {
  return findings.some(({ code, severity, variant }) => {
    // What the organisation withholds by a rule of its own is not a mistake of the PC.
    if (severity !== 'fail' || variant === 'organisation') return false;
    if (code === 'cipher-suites') return hasSuiteCmdlets(os);
    return mendable.some((each) => each === code);
  });
}
