/** Picks one of so many options, by its place; the first `well` of them are no faults. */
export type Choose = (options: number, well: number) => number;

/**
 * Runs once with every sequence of choices of this depth; what comes after takes the first option. Only picks among
 * two or more count. Answers how many runs that were.
 */
export async function withEveryChoice(
  depth: number,
  run: (choose: Choose) => Promise<void>,
): Promise<number> {
  let path: readonly number[] | null = [];
  let runs = 0;
  for (; path !== null; runs++) {
    const from: readonly number[] = path;
    const widths: number[] = [];
    await run((options) => {
      if (options < 2 || widths.length === depth) return 0;
      widths.push(options);
      return from[widths.length - 1] ?? 0;
    });
    path = nextPath(widths.map((width, at) => ({ width, taken: from[at] ?? 0 })));
  }
  return runs;
}

/** Runs once with each fault at each step of one order: the first that can go on goes on. Answers how many runs. */
export async function withEveryFault(run: (choose: Choose) => Promise<void>): Promise<number> {
  let [runs, step, fault] = [0, 0, 0];
  for (let steps = 1; step < steps; runs++) {
    let [at, faults] = [0, 0];
    await run((options, well) => {
      if (at++ !== step) return 0;
      faults = options - well;
      return faults > 0 ? well + fault : 0;
    });
    steps = Math.max(steps, at);
    fault += 1;
    if (fault >= faults) [step, fault] = [step + 1, 0];
  }
  return runs;
}

function nextPath(
  taken: readonly { readonly width: number; readonly taken: number }[],
): readonly number[] | null {
  const last = taken.findLastIndex((choice) => choice.taken + 1 < choice.width);
  if (last < 0) return null;
  const path = taken.slice(0, last + 1).map((choice) => choice.taken);
  return path.map((choice, at) => (at === last ? choice + 1 : choice));
}
