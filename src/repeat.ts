/** A task that runs again and again, one run at a time. */
export type Repeating = {
  /** Waits for the run under way, then ends. */
  stop(): Promise<void>;
};

/** Runs the task after every pause; a failed run is reported and the next one comes all the same. */
export function repeat(
  everyMs: number,
  task: () => Promise<unknown>,
  onError: (error: unknown) => void,
): Repeating {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let running: Promise<void> = Promise.resolve();

  function schedule(): void {
    timer = setTimeout(() => {
      running = task()
        .then(() => undefined, onError)
        .finally(() => {
          if (!stopped) schedule();
        });
    }, everyMs);
    timer.unref();
  }

  schedule();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
