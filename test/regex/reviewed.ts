/**
 * Expressions that the checker cannot settle although their time is linear: every repeat in them has an upper bound,
 * so the work from one place of the text is bounded too.
 */
export const bounded: readonly string[] = [];

/** Where an expression is put together from parts that are constants of the same file. */
export const constructed: readonly string[] = [
  'src/domain/check-code.ts',
  'src/domain/spoken-codes.ts',
  'src/downloads.ts',
];
