import { checkSync, type Parameters } from 'recheck';
import type { Expression } from './collect.ts';

export type Judgement = { readonly isLinear: boolean; readonly why: string };

// The JavaScript of the package itself; it would prefer a Java or a native program.
process.env.RECHECK_SYNC_BACKEND = 'pure';

/**
 * Milliseconds; what is undecided after the first is attacked with made-up texts instead. An attack is judged by its
 * steps alone: by the clock, a busy machine makes everything look slow.
 */
const attempts: readonly Parameters[] = [
  { checker: 'auto', timeout: 10_000, attackTimeout: null },
  { checker: 'fuzz', timeout: 300_000, attackTimeout: null },
];

/** Whether the time of an expression grows only as fast as the text that it is tried on. */
export function judgeExpression({ source, flags }: Pick<Expression, 'source' | 'flags'>): Judgement {
  for (const attempt of attempts) {
    const found = checkSync(source, flags, attempt);
    if (found.status === 'safe') return { isLinear: true, why: found.complexity.summary };
    if (found.status === 'vulnerable') {
      return { isLinear: false, why: `${found.complexity.summary}: ${found.attack.pattern.slice(0, 200)}` };
    }
  }
  return { isLinear: false, why: 'no answer in time' };
}
