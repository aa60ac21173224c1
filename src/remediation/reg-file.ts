import type { RegistryChange, RegistryData } from '../domain/remedy.ts';

/** Content of a `.reg` file that sets the values. Lines end in CRLF. */
export function regFile(registry: readonly RegistryChange[]): string {
  return write(registry.map(({ path, name, set }) => ({ path, name, data: set })));
}

/** Content of a `.reg` file that puts back what the report showed. */
export function undoRegFile(registry: readonly RegistryChange[]): string {
  return write(registry.map(({ path, name, undo }) => ({ path, name, data: undo })));
}

type Assignment = { readonly path: string; readonly name: string; readonly data: RegistryData | null };

function write(assignments: readonly Assignment[]): string {
  const byPath = Map.groupBy(assignments, ({ path }) => path);
  const keys = [...byPath].flatMap(([path, values]) => [
    '',
    `[${longPath(path)}]`,
    ...values.map(({ name, data }) => `"${name}"=${data === null ? '-' : spell(data)}`),
  ]);
  return ['Windows Registry Editor Version 5.00', ...keys, ''].join('\r\n');
}

function longPath(path: string): string {
  return path.replace(/^HKLM\\/, 'HKEY_LOCAL_MACHINE\\').replace(/^HKCU\\/, 'HKEY_CURRENT_USER\\');
}

function spell(data: RegistryData): string {
  switch (data.type) {
    case 'REG_DWORD':
      return `dword:${data.value.toString(16).padStart(8, '0')}`;
    case 'REG_SZ':
      return `"${data.value}"`;
    case 'REG_MULTI_SZ':
      return `hex(7):${hexOf(data.value.map((each) => `${each}\0`).join(''))}`;
  }
}

/** UTF-16, little end first, with the zero that ends the list. */
function hexOf(text: string): string {
  const bytes = [...Buffer.from(`${text}\0`, 'utf16le')];
  return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(',');
}
