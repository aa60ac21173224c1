import type { Logger } from 'pino';
import { type Repeating, repeat } from './repeat.ts';

/** Something that the program does again and again. */
export type Chore = { readonly everyMs: number; readonly task: () => Promise<unknown> };

/** A chore that fails is logged, and tried again when its time comes. */
export function startChores(log: Logger, chores: Readonly<Record<string, Chore>>): readonly Repeating[] {
  return Object.entries(chores).map(([chore, { everyMs, task }]) =>
    repeat(everyMs, task, (error) => log.error({ err: error, chore }, 'a chore failed; it is tried again')),
  );
}
