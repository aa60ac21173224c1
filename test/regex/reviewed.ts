/**
 * Expressions that the checker cannot settle although their time is linear: every repeat in them has an upper bound,
 * so the work from one place of the text is bounded too.
 */
export const bounded: readonly string[] = [
  // An account `DOMAIN\\user`: at most 160 characters from each place. The checker runs out of memory.
  String.raw`(?<![\p{L}\p{N}\\/:._-])([\p{L}\p{N}][\p{L}\p{N}.-]{0,62})(\\{1,2})(\p{L}[\p{L}\p{N}._$-]{0,63})(?![\p{L}\p{N}\\/:_]|[^\S\r\n]?[\p{L}\p{N}. ]{0,30}\\)`,
];

/** Where an expression is put together from parts that are constants of the same file. */
export const constructed: readonly string[] = [
  'src/domain/check-code.ts',
  'src/domain/spoken-codes.ts',
  'src/downloads.ts',
];
