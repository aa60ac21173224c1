import type { Fact } from '../domain/diagnosis.ts';

/** The fact of that name; undefined means that nobody could see, which is not a "no". */
export function fact(facts: readonly Fact[], name: string): Fact | undefined {
  return facts.find((candidate) => candidate.name === name);
}

export function numberOf(found: Fact | undefined): number | null {
  return typeof found?.value === 'number' ? found.value : null;
}

export function textOf(found: Fact | undefined): string | null {
  return typeof found?.value === 'string' ? found.value : null;
}

export function listOf(found: Fact | undefined): readonly string[] | null {
  return Array.isArray(found?.value) ? found.value : null;
}

/** The report says that the value does not exist. */
export function isAbsent(found: Fact | undefined): boolean {
  return found?.value === 'absent';
}

/** `0x800`, `2048` or `-1` as an unsigned number of 32 bits; null for anything else. */
export function parseDword(text: string): number | null {
  const hex = /^0x([0-9a-f]{1,8})\b/i.exec(text);
  if (hex?.[1] !== undefined) return Number.parseInt(hex[1], 16);
  const decimal = /^(-?\d{1,10})(?: \(0x[0-9a-f]{1,8}\))?$/i.exec(text);
  if (decimal?.[1] === undefined) return null;
  const value = Number(decimal[1]);
  return value >= -0x8000_0000 && value <= 0xffff_ffff ? value >>> 0 : null;
}
