/**
 * Expressions that the checker cannot settle although their time is linear: every repeat in them has an upper bound,
 * so the work from one place of the text is bounded too.
 */
export const bounded: readonly string[] = [
  // The folder of a person in a path: at most 115 characters from each slash. The checker finds no answer in time.
  String.raw`[\\/]{1,4}(?:Users|Documents and Settings|home)[\\/]{1,4}([^\\/:*?"<>|\r\n]{1,100})([\\/:*?"<>|]?)`,
];

/** Where an expression is put together from parts that are constants of the same file. */
export const constructed: readonly string[] = [
  'src/domain/check-code.ts',
  'src/domain/spoken-codes.ts',
  'src/downloads.ts',
];
