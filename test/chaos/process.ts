import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** `handshake serve` as a process of its own. */
export type ServerProcess = {
  /** The base URL once it listens; null when it ended before. */
  readonly url: Promise<string | null>;
  /** Ends it without warning, as a power cut does. */
  kill(): Promise<void>;
  /** Asks it to stop, as an operator does; answers its exit code. */
  stop(): Promise<number | null>;
  /** What it wrote, after it ended by itself. */
  ended(): Promise<{ readonly code: number | null; readonly output: string }>;
};

const command = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));

/** `script` is a server of the test's own, next to this file. */
export type ProcessOptions = {
  readonly settings?: Readonly<Record<string, string>>;
  readonly script?: string;
};

export function startProcess(databaseUrl: string, { settings, script }: ProcessOptions = {}): ServerProcess {
  const env = {
    PATH: process.env.PATH,
    DATABASE_URL: databaseUrl,
    PORT: '0',
    LOG_LEVEL: 'error',
    ...settings,
  };
  const started =
    script === undefined ? [command, 'serve'] : [fileURLToPath(new URL(script, import.meta.url))];
  const child = spawn(process.execPath, started, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const output: string[] = [];
  child.stderr.on('data', (bytes) => output.push(String(bytes)));
  const closed = once(child, 'close');
  return {
    url: firstUrl(child, output),
    async kill() {
      child.kill('SIGKILL');
      await closed;
    },
    async stop() {
      child.kill('SIGTERM');
      await closed;
      return child.exitCode;
    },
    async ended() {
      await closed;
      return { code: child.exitCode, output: output.join('') };
    },
  };
}

async function firstUrl({ stdout }: ChildProcess, output: string[]): Promise<string | null> {
  if (stdout === null) return null;
  return new Promise((resolve) => {
    const lines = createInterface({ input: stdout });
    lines.on('line', (line) => {
      output.push(`${line}\n`);
      const url = /listens on (http:\S+)/.exec(line)?.[1];
      if (url !== undefined) resolve(url);
    });
    lines.on('close', () => resolve(null));
  });
}
