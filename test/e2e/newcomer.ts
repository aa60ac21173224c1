import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';

/** `npm start` as a newcomer runs it, on a data directory of its own. */
export type Started = {
  readonly url: string;
  /** The processes that the start has begun, by id. */
  processes(): readonly number[];
  /** What Ctrl+C does in a terminal: the signal goes to all of them. */
  pressCtrlC(): Promise<void>;
};

/** Waits for the address of the chat that the start prints. */
export async function startHandshake(
  dataDirectory: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<Started> {
  const own = { DATABASE_URL: `pglite:${dataDirectory}`, PORT: String(await freePort()) };
  const child = spawn('npm', ['start', '--silent'], {
    env: { ...process.env, ...own, ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  const { pid } = child;
  if (pid === undefined) throw new Error('npm could not be started.');
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  return {
    url: await chatAddress(child),
    processes: () => processesOfGroup(pid),
    async pressCtrlC() {
      if (processesOfGroup(pid).length > 0) process.kill(-pid, 'SIGINT');
      await ended;
    },
  };
}

async function chatAddress(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('The start has no output to read.');
  const lines = createInterface(child.stdout);
  const address = await new Promise<string | null>((resolve) => {
    lines.on('line', (line) => {
      const found = /Chat here\s+(\S+)/.exec(line);
      if (found?.[1] !== undefined) resolve(found[1]);
    });
    lines.once('close', () => resolve(null));
  });
  if (address === null) throw new Error('The start ended without printing the address of the chat.');
  return address;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(address)));
    });
  });
}

/** All processes of a process group that have not ended, read from Linux's own list. */
function processesOfGroup(group: number): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      const [state, , processGroup] = statOf(pid);
      return Number(processGroup) === group && state !== 'Z';
    });
}

/** The fields after the name, which may hold blanks: state, parent, process group. */
function statOf(pid: number): readonly string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}
