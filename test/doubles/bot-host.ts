import type { Activity } from 'botbuilder';
import { type Adapter, type AdapterConfig, createAdapter } from '../../src/bot/adapter.ts';
import type { Turn } from '../../src/bot/turn.ts';
import type { TeamsConfig } from '../../src/config.ts';
import { createServer, type HttpServer, type ServerOptions } from '../../src/server.ts';
import { startTeamsConnector, type TeamsConnector } from './teams-connector.ts';
import { startTokenIssuer, type TokenIssuer } from './token-issuer.ts';

/** What was logged, one entry a line. */
export type Logged = { readonly level: 'warn' | 'error'; readonly fields: unknown; readonly text: unknown };

export type BotHost = {
  readonly connector: TeamsConnector;
  readonly issuer: TokenIssuer;
  readonly adapter: Adapter;
  readonly server: HttpServer;
  /** Base URL of the server. */
  readonly url: string;
  readonly config: AdapterConfig;
  /** Activities that reached a turn. */
  readonly turns: Activity[];
  readonly logged: Logged[];
  close(): Promise<void>;
};

export type BotHostOptions = {
  readonly mode?: 'local' | 'teams';
  readonly onTurn?: Turn;
  readonly server?: Partial<ServerOptions>;
  readonly timeoutMilliseconds?: number;
};

/** The real server and adapter, on loopback, between a Teams and a token issuer of our own. */
export async function startBotHost(options: BotHostOptions = {}): Promise<BotHost> {
  const { mode = 'teams', onTurn = async () => undefined } = options;
  const issuer = await startTokenIssuer();
  const connector = await startTeamsConnector(mode === 'teams' ? { issuer } : {});
  const config = mode === 'local' ? { mode } : teamsConfig(connector, issuer);
  const logged: Logged[] = [];
  const log = logInto(logged);
  const { timeoutMilliseconds } = options;
  const adapter = createAdapter(
    config,
    log,
    timeoutMilliseconds === undefined ? {} : { timeoutMilliseconds },
  );
  const turns: Activity[] = [];
  const server = createServer({
    config: { mode, host: '127.0.0.1', port: 0, trustedProxyHops: 0 },
    adapter,
    onTurn: async (context, onSaved) => {
      turns.push(context.activity);
      await onTurn(context, onSaved);
    },
    scripts: [],
    isReady: async () => true,
    log,
    ...options.server,
  });
  const { port } = await server.listen();
  const url = `http://127.0.0.1:${port}`;
  connector.connectBot(`${url}/api/messages`);
  return {
    connector,
    issuer,
    adapter,
    server,
    url,
    config,
    turns,
    logged,
    async close() {
      await server.close();
      adapter.close();
      await connector.close();
      await issuer.close();
    },
  };
}

/** The settings of a bot in a tenant of its own, with the endpoints of the issuer. */
export function teamsConfig(
  connector: Pick<TeamsConnector, 'appId' | 'tenantId'>,
  issuer: TokenIssuer,
): Extract<AdapterConfig, { mode: 'teams' }> {
  return {
    mode: 'teams',
    appId: connector.appId,
    tenantId: connector.tenantId,
    allowedTenants: [connector.tenantId],
    identity: { kind: 'secret', secret: 'known to nobody' },
    cloud: 'public',
    testChannel: issuer.settings() as NonNullable<TeamsConfig['testChannel']>,
  };
}

function logInto(logged: Logged[]): ServerOptions['log'] {
  const write =
    (level: Logged['level']) =>
    (fields: unknown, text?: unknown): void => {
      logged.push({ level, fields, text });
    };
  return { warn: write('warn'), error: write('error') };
}
