import type { RegistryChange, RegistryData } from '../domain/remedy.ts';
import type { Listed, Plan } from './plan.ts';

const nouns: Readonly<Record<Listed, string>> = { suites: 'TlsCipherSuite', curves: 'TlsEccCurve' };

/** `reg add` lines, or lines of PowerShell for lists that have cmdlets. */
export function commandsFor({ registry, switchOn }: Plan): readonly string[] {
  const cmdlets = (switchOn?.names ?? []).map(
    // The last one comes to stand first, so that the order is that of the names.
    (name) => `Enable-${nouns[switchOn?.list ?? 'suites']} -Name "${name}" -Position 0`,
  );
  return [...registry.map(({ path, name, set }) => addLine(path, name, set)), ...cmdlets.toReversed()];
}

export function undoCommandsFor({ registry, switchOn }: Plan): readonly string[] {
  const cmdlets = (switchOn?.names ?? []).map(
    (name) => `Disable-${nouns[switchOn?.list ?? 'suites']} -Name "${name}"`,
  );
  return [...registry.map(undoLine), ...cmdlets];
}

function undoLine({ path, name, undo }: RegistryChange): string {
  return undo === null ? `reg delete "${path}" /v ${name} /f` : addLine(path, name, undo);
}

function addLine(path: string, name: string, data: RegistryData): string {
  return `reg add "${path}" /v ${name} /t ${data.type} /d ${quoted(dataOf(data))} /f`;
}

/** As `reg add` takes it: hexadecimal numbers, lists parted by `\0`. */
export function dataOf(data: RegistryData): string {
  switch (data.type) {
    case 'REG_DWORD':
      return `0x${data.value.toString(16)}`;
    case 'REG_SZ':
      return data.value;
    case 'REG_MULTI_SZ':
      return data.value.join('\\0');
  }
}

function quoted(text: string): string {
  return text.startsWith('0x') ? text : `"${text}"`;
}
