/** Runs a task at once when told to; told to while it runs, once more after that. */
export type Nudge = {
  /** Resolves when a run that began after the call is over. Never rejects. */
  run(): Promise<void>;
  /** Resolves when nothing runs. */
  settle(): Promise<void>;
};

export function createNudge(task: () => Promise<unknown>, onError: (error: unknown) => void): Nudge {
  let running: Promise<void> | null = null;
  let again = false;

  async function loop(): Promise<void> {
    do {
      again = false;
      await task().catch(onError);
    } while (again);
    running = null;
  }

  return {
    run() {
      again = true;
      running ??= loop();
      return running;
    },
    settle: async () => running ?? undefined,
  };
}
