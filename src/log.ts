import { type DestinationStream, type LevelWithSilent, type Logger, pino } from 'pino';

/**
 * The log of a server. pino would write every field of an error, and those of a database hold the values of the
 * statement: people's words, their reports, the rows of a case. Of errors only these fields are written.
 */
export function createLog(level: LevelWithSilent, to: DestinationStream = pino.destination(1)): Logger {
  return pino({ level, serializers: { err: describeError } }, to);
}

const deepest = 4;

function describeError(error: unknown, depth = 0): unknown {
  // What is no error may be anything, a person's text as well.
  if (!(error instanceof Error)) return { type: typeof error };
  const { name, message, stack, cause } = error;
  const code = 'code' in error ? String(error.code) : undefined;
  const hasCause = cause !== undefined && depth < deepest;
  return {
    type: name,
    code,
    message,
    stack,
    ...(hasCause ? { cause: describeError(cause, depth + 1) } : {}),
  };
}
