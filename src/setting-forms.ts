import { z } from 'zod';
import { isTimeZone } from './domain/hours.ts';

/** The forms that several settings have in common. */

export const guid = z
  .string()
  .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i)
  .toLowerCase();

/** `30m`, `4h` or `5d`, in minutes. */
export const duration = z
  .string()
  .regex(/^\d{1,4}[mhd]$/)
  .transform((text) => Number(text.slice(0, -1)) * { m: 1, h: 60, d: 1_440 }[text.at(-1) as 'm' | 'h' | 'd'])
  .pipe(z.number().min(1));

export const timeZone = z.string().refine(isTimeZone);

export function wholeNumber(least: number, most: number) {
  return z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .pipe(z.number().min(least).max(most));
}

export function splitList(text: string): string[] {
  const parts = text.split(',').map((part) => part.trim());
  return parts.filter((part) => part !== '');
}
