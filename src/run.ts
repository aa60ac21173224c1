import { once } from 'node:events';
import type { App } from './app.ts';
import { type Config, findDoubts, readConfig } from './config.ts';
import { createLog } from './log.ts';
import { startApp } from './main.ts';
import { startNoticesWorker } from './notices-worker.ts';
import { type Playground, startPlayground } from './playground/playground.ts';

type Env = Readonly<Record<string, string | undefined>>;
type WriteLine = (line: string) => void;

/** `handshake serve`: the server alone, until it is told to stop. */
export async function serve(env: Env, writeLine: WriteLine): Promise<void> {
  const config = readConfig(env);
  const app = await startApp(config, createLog(config.logLevel));
  writeLine(`Handshake listens on ${app.url} (${describeMode(config)}). Stop it with Ctrl+C.`);
  for (const line of describeDoubts(config)) writeLine(line);
  await untilStopped();
  await app.close();
}

/** `handshake worker`: sends notices beside the server, until it is told to stop. */
export async function work(env: Env, writeLine: WriteLine): Promise<void> {
  const config = readConfig(env);
  const stopped = untilStopped();
  const worker = await startNoticesWorker(config, createLog(config.logLevel));
  writeLine('Handshake sends notices. Stop it with Ctrl+C.');
  await stopped;
  await worker.close();
}

/** `npm start`: the server with a chat window in the browser, for one person on one machine. */
export async function start(env: Env, writeLine: WriteLine): Promise<void> {
  const config = readConfig(env);
  const stopped = untilStopped();
  writeLine('Handshake is starting …');
  const app = await startApp(config, createLog(env.LOG_LEVEL ? config.logLevel : 'warn'));
  try {
    const playground = config.mode === 'local' ? await startPlayground(`${app.url}/api/messages`) : null;
    for (const line of describeStart(config, app, playground)) writeLine(line);
    await stopped;
    writeLine('Stopping …');
    await playground?.close();
  } finally {
    await app.close();
  }
}

function describeStart(config: Config, app: App, playground: Playground | null): readonly string[] {
  return [
    '',
    ...(playground ? [`  Chat here    ${playground.url}`] : []),
    `  Bot          ${app.url}/api/messages (${describeMode(config)})`,
    `  Data         ${describeDatabase(config.databaseUrl)}`,
    '  Stop         Ctrl+C',
    '',
    ...describeDoubts(config),
  ];
}

function describeDoubts(config: Config): readonly string[] {
  return findDoubts(config).map(({ setting, problem }) => `Please check ${setting}: ${problem}`);
}

function describeMode({ mode }: Config): string {
  return mode === 'local' ? 'local mode: no sign-in, this machine only' : 'Teams';
}

/** A database URL may hold a password. */
function describeDatabase(url: string): string {
  return url.startsWith('pglite:') ? url.slice('pglite:'.length) : `PostgreSQL on ${new URL(url).host}`;
}

async function untilStopped(): Promise<void> {
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
}
