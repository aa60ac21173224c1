import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants, copyFileSync, existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';

const program = '/usr/share/request-tracker5/libexec/rt-server';
/** As Debian's packages made it when they were installed; only ever copied. */
const pristine = '/var/lib/dbconfig-common/sqlite3/request-tracker5/rtdb';

/** Why Request Tracker cannot be started here; null when it can. */
function lacksRequestTracker(): string | null {
  const missing = [program, pristine].filter((path) => !existsSync(path));
  if (missing.length === 0) return null;
  return `Request Tracker 5 is not installed (no ${missing[0]}); .ci/run says which Debian packages it takes.`;
}

/** For a suite's `before`: starts it; where it is missing, skips the suite with the reason, or fails it under CI. */
export async function beforeRequestTracker(context: Mocha.Context): Promise<RequestTrackerServer> {
  const lack = lacksRequestTracker();
  if (lack === null) return startRequestTracker();
  if (process.env.CI) throw new Error(lack);
  console.log(`    skipped: ${lack}`);
  return context.skip();
}

export type RequestTrackerServer = {
  readonly port: number;
  readonly url: string;
  readonly tokens: { readonly handshake: string; readonly grace: string };
  /** Its own database, for counting and for clearing. */
  readonly database: DatabaseSync;
  /** Takes all tickets away. */
  clear(): void;
  close(): Promise<void>;
};

/** Starts the real Request Tracker on loopback, with a copy of its database and settings of its own. */
async function startRequestTracker(): Promise<RequestTrackerServer> {
  // In memory where possible: every request saves when its token was used last.
  const folder = await mkdtemp(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'handshake-rt-'));
  const file = join(folder, 'rtdb');
  copyFileSync(pristine, file, constants.COPYFILE_FICLONE);
  const port = await freePort();
  const env = { ...process.env, ...(await writeSettings(folder, file, port)) };
  const setup = fileURLToPath(new URL('request-tracker-setup.pl', import.meta.url));
  const { stdout } = await promisify(execFile)('perl', [setup], { env });
  const tokens = z.object({ handshake: z.string(), grace: z.string() }).parse(JSON.parse(stdout));
  // In a group of its own: it has worker processes, which end with it.
  const server = spawn(program, ['--host', '127.0.0.1', '--port', String(port)], {
    env,
    detached: true,
    stdio: 'ignore',
  });
  const url = `http://127.0.0.1:${port}`;
  const database = new DatabaseSync(file, { timeout: 30_000 });
  const close = async () => {
    database.close();
    if (server.exitCode === null && server.pid !== undefined) {
      process.kill(-server.pid, 'SIGKILL');
      await once(server, 'exit');
    }
    await rm(folder, { recursive: true, force: true });
  };
  await answers(url, () => server.exitCode !== null).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  return { port, url, tokens, database, clear: () => clear(database), close };
}

async function writeSettings(folder: string, database: string, port: number) {
  const directory = join(folder, 'settings');
  await mkdir(directory);
  const settings = {
    rtname: 'desk.example',
    Organization: 'desk.example',
    WebDomain: '127.0.0.1',
    WebPort: String(port),
    WebPath: '',
    DatabaseType: 'SQLite',
    DatabaseName: database,
    Timezone: 'Europe/Zurich',
    // Mail is written to files, and goes nowhere.
    MailCommand: 'testfile',
    LogToSTDERR: 'error',
    // Every request checks its token: at the usual cost that is most of the time it takes.
    BcryptCost: '4',
  };
  const lines = Object.entries(settings).map(([name, value]) => `Set($${name}, '${value}');`);
  await writeFile(join(directory, '50-test.pm'), `${lines.join('\n')}\nSet($LogToSyslog, undef);\n1;\n`);
  const site = join(folder, 'site.pm');
  await writeFile(site, '1;\n');
  return { RT_SITE_CONFIG: site, RT_SITE_CONFIG_DIR: directory, TMPDIR: folder };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

async function answers(url: string, hasEnded: () => boolean): Promise<void> {
  for (let attempt = 0; attempt < 600 && !hasEnded(); attempt++) {
    const answer = await fetch(`${url}/REST/2.0/rt`).catch(() => null);
    if (answer !== null) return;
    await setTimeout(100);
  }
  throw new Error('Request Tracker did not start.');
}

function clear(database: DatabaseSync): void {
  const owned = "'RT::Ticket-Role', 'RT::Ticket'";
  database.exec(`
    BEGIN IMMEDIATE;
    DELETE FROM Attachments;
    DELETE FROM Transactions WHERE ObjectType = 'RT::Ticket';
    DELETE FROM Links;
    DELETE FROM CachedGroupMembers WHERE GroupId IN (SELECT id FROM Groups WHERE Domain IN (${owned}));
    DELETE FROM GroupMembers WHERE GroupId IN (SELECT id FROM Groups WHERE Domain IN (${owned}));
    DELETE FROM Groups WHERE Domain IN (${owned});
    DELETE FROM Tickets;
    COMMIT;`);
}
