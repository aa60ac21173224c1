import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { App, AppOptions } from '../../src/app.ts';
import { type Config, readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { startApp } from '../../src/main.ts';
import { listCases } from '../../src/storage/cases.ts';
import { objectsOf } from '../bot/chat.ts';
import { startTeamsConnector, type TeamsConnector } from '../doubles/teams-connector.ts';
import type { TeamsUser } from '../doubles/teams-user.ts';
import { startTokenIssuer, type TokenIssuer } from '../doubles/token-issuer.ts';

/** The real server with its database, and a Teams (or a local chat) around it; all on loopback. */
export type World = {
  readonly app: App;
  readonly config: Config;
  readonly connector: TeamsConnector;
  readonly issuer: TokenIssuer;
  /** Everything that the server logged, at level `trace`. */
  readonly logged: readonly string[];
  /** Stops the server and starts it again on the same data. */
  restart(): Promise<void>;
  /** Brings forward what the outbox would do later. */
  letTimePass(): Promise<void>;
  close(): Promise<void>;
};

export type WorldOptions = {
  readonly mode: 'teams' | 'local';
  readonly data: 'memory' | 'disk';
  /** Settings of the operator over the usual ones. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly app?: Partial<AppOptions>;
};

export async function startWorld({ mode, data, settings, app: options }: WorldOptions): Promise<World> {
  const issuer = await startTokenIssuer();
  const connector = await startTeamsConnector(mode === 'teams' ? { issuer } : {});
  const directory = await mkdtemp(join(tmpdir(), 'handshake-e2e-'));
  const path = data === 'memory' ? 'memory://' : join(directory, 'db');
  const config = readConfig({
    ...(mode === 'teams' ? teamsSettings(connector, issuer) : {}),
    HOST: '127.0.0.1',
    PORT: '0',
    PUBLIC_URL: 'https://bot.example.com',
    HELPDESK_CONTACT: 'extension 4711',
    DATABASE_URL: `pglite:${path}`,
    ...settings,
  });
  const logged: string[] = [];
  const log = createLog('trace', { write: (line) => logged.push(line) });

  const start = async (): Promise<App> => {
    // The server's own sweeper would come at a moment of its own.
    const started = await startApp(config, log, { sweepEveryMs: 3_600_000, ...options });
    connector.connectBot(`${started.url}/api/messages`);
    return started;
  };
  let app = await start();

  return {
    get app() {
      return app;
    },
    config,
    connector,
    issuer,
    logged,
    async restart() {
      await app.close();
      app = await start();
    },
    async letTimePass() {
      await sql`update outbox set due_at = now() where state = 'pending'`.execute(app.database.db);
      await sql`update tickets set cards_due_at = now() where cards_due_at is not null`.execute(
        app.database.db,
      );
    },
    async close() {
      await app.close();
      await connector.close();
      await issuer.close();
      await rm(directory, { recursive: true });
    },
  };
}

/** What an operator sets for a tenant, with the endpoints of the test's issuer. */
export function teamsSettings(connector: TeamsConnector, issuer: TokenIssuer): Record<string, string> {
  return {
    MICROSOFT_APP_ID: connector.appId,
    MICROSOFT_APP_TENANT_ID: connector.tenantId,
    MICROSOFT_APP_PASSWORD: 'known to nobody',
    ALLOWED_TENANTS: connector.tenantId,
    ATTACHMENT_HOSTS: 'contoso-my.sharepoint.com',
    TEST_CHANNEL: JSON.stringify(issuer.settings()),
  };
}

/** Milliseconds: PGlite takes a few seconds, and a busy machine makes minutes of them. */
export const databaseStarts = 120_000;

let shared: Promise<World> | null = null;

/** One Teams for all files, since a database takes longest to start; every test brings people of its own. */
export function teamsWorld(): Promise<World> {
  shared ??= startWorld({ mode: 'teams', data: 'memory' });
  return shared;
}

// At the root of the run: after the tests of all files.
after(async () => {
  const world = await shared;
  shared = null;
  await world?.close();
});

/** The words of each message on show, cards included, edits applied. */
export function wordsSeenBy(user: Pick<TeamsUser, 'messages'>): readonly string[] {
  return user.messages().map(({ activity }) => {
    const card = activity.attachments?.[0]?.content;
    return activity.text ? activity.text : textOf(card);
  });
}

/** Everything readable in a card, one text a line. */
export function textOf(card: unknown): string {
  return objectsOf(card)
    .filter(({ type }) => type === 'TextBlock' || type === 'TextRun')
    .map(({ text }) => String(text))
    .join('\n');
}

export function conversationOf(user: Pick<TeamsUser, 'conversation'>): string {
  return `msteams/${user.conversation}`;
}

/** What the database holds of one conversation. */
export async function storedOf(world: World, conversation: string) {
  const { db } = world.app.database;
  const found = await db.selectFrom('conversations').selectAll().where('key', '=', conversation).execute();
  const rowsOf = <Table extends 'inbox' | 'cases' | 'outbox'>(table: Table) =>
    db
      .selectFrom(table as 'outbox')
      .selectAll()
      .where('conversation', '=', conversation);
  return {
    version: Number(found[0]?.version ?? 0),
    activityIds: (await rowsOf('inbox').execute()).map(({ activity_id }) => activity_id),
    cases: await listCases(world.app.database, { conversation, limit: 100 }),
    outbox: await rowsOf('outbox').orderBy('id').execute(),
  };
}
