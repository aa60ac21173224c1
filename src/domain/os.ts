/** The versions of Windows that the bot knows, newest first; the order in which people are asked. */
export const osFamilies = [
  'windows-11',
  'windows-10',
  'windows-8.1',
  'windows-8',
  'windows-7',
  'server-2025',
  'server-2022',
  'server-2019',
  'server-2016',
  'server-2012-r2',
  'server-2012',
  'server-2008-r2',
] as const;

export type OsFamily = (typeof osFamilies)[number];

/** `other` is a system that the bot cannot check (macOS, Linux, a phone); `unknown` is "I don't know". */
export type Os = OsFamily | 'other' | 'unknown';

export const allOs: readonly Os[] = [...osFamilies, 'other', 'unknown'];

export function isOs(value: unknown): value is Os {
  return allOs.some((os) => os === value);
}
