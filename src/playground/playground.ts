import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** Microsoft's local chat client, running beside the bot. */
export type Playground = { readonly url: string; close(): Promise<void> };

/** The chat client is a development dependency; production installs do without it. */
export class PlaygroundMissing extends Error {
  readonly code = 'playground-missing';
}

const preferredPort = 56_150;
const startSeconds = 60;

/** Without ids of its own the chat would be another one at each start, and the case in it lost. */
const localChat = fileURLToPath(new URL('chat.yml', import.meta.url));

/** Starts the Agents Playground on loopback and waits until it answers; `chatFile` says who is in it. */
export async function startPlayground(botUrl: string, chatFile = localChat): Promise<Playground> {
  const port = await findPort(preferredPort);
  const child = spawnPlayground(botUrl, port, chatFile);
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  if (!(await waitUntilOpen(port, child))) {
    child.kill();
    throw new Error(`The Agents Playground did not answer on port ${port} within ${startSeconds} seconds.`);
  }
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      child.kill('SIGTERM');
      // A timer that counts would hold up the end of the process for its whole time.
      await Promise.race([exited, wait(3_000, undefined, { ref: false })]);
      child.kill('SIGKILL');
    },
  };
}

function spawnPlayground(botUrl: string, port: number, chatFile: string): ChildProcess {
  const options = ['-e', botUrl, '-c', 'msteams', '-p', String(port), '--disable-telemetry'];
  return spawn(process.execPath, [findPlayground(), 'start', ...options], {
    env: {
      ...process.env,
      NODE_OPTIONS: `--import=${new URL('loopback-only.ts', import.meta.url).href}`,
      M365_AGENTS_PLAYGROUND_CONFIG_PATH: chatFile,
      // It would make a folder devTools/ wherever it is started.
      M365_AGENTS_PLAYGROUND_LOGFILE: join(tmpdir(), `handshake-playground-${port}.log`),
      TEAMSAPPTESTER_BROWSER: 'none',
    },
    stdio: 'ignore',
  });
}

function findPlayground(): string {
  try {
    return createRequire(import.meta.url).resolve('@microsoft/m365agentsplayground/cli.js');
  } catch (cause) {
    const message = 'The Agents Playground is not installed; run "npm ci", or "serve" for the server alone.';
    throw new PlaygroundMissing(message, { cause });
  }
}

/** The usual port, or any free one. */
async function findPort(preferred: number): Promise<number> {
  for (const port of [preferred, 0]) {
    const found = await new Promise<number | null>((resolve) => {
      const server = createServer();
      server.once('error', () => resolve(null));
      server.listen(port, '127.0.0.1', () => {
        const address = server.address();
        server.close(() => resolve(typeof address === 'object' ? (address?.port ?? null) : null));
      });
    });
    if (found !== null) return found;
  }
  throw new Error('No free port on 127.0.0.1.');
}

async function waitUntilOpen(port: number, child: ChildProcess): Promise<boolean> {
  for (let attempt = 0; attempt < startSeconds * 10 && child.exitCode === null; attempt++) {
    if (await isOpen(port)) return true;
    await wait(100);
  }
  return false;
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
