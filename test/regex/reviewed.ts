/**
 * Expressions that the checker calls polynomial although their time is linear: every repeat in them has an upper
 * bound, so the work from one place of the text is bounded too. The checker takes a large bound for none.
 */
export const bounded: readonly string[] = [];

/** Where an expression is put together from parts that are constants of the same file. */
export const constructed: readonly string[] = [
  'src/domain/check-code.ts',
  'src/domain/spoken-codes.ts',
  'src/downloads.ts',
];
