import type { Logger } from 'pino';
import { createCredential, createTokenSource } from './bot/credentials.ts';
import { transcriptText } from './cards/transcript-text.ts';
import type { Wording } from './cards/wording.ts';
import type { Chore } from './chores.ts';
import { type Config, ConfigInvalid } from './config.ts';
import type { HandoffCommand } from './domain/handoff.ts';
import { type Changed, type ChangeParts, changeTicket } from './helpdesk/change.ts';
import type { ConnectorHealth, HelpdeskConnector, InboundCall } from './helpdesk/connector.ts';
import { deliverDue } from './helpdesk/deliveries.ts';
import { openSecrets } from './helpdesk/key-vault.ts';
import { type NewsParts, pollNews, receiveCall } from './helpdesk/news.ts';
import { chooseConnectors } from './helpdesk/registry.ts';
import type { Actor, Source, TicketStore } from './helpdesk/ticket-store.ts';
import { createNudge } from './nudge.ts';
import type { Database } from './storage/connection.ts';
import { createDeliveryStore } from './storage/delivery-store.ts';
import { findTranscript } from './transcript-page.ts';

/** The connectors that the settings switch on. Throws ConfigInvalid or SecretUnavailable. */
export async function loadConnectors(
  config: Config,
  { secret, wording }: { readonly secret: string; readonly wording: Wording },
): Promise<readonly HelpdeskConnector[]> {
  const allowLoopback = config.mode === 'local' || config.testChannel !== null;
  const token = tokensOf(config);
  const settings = await openSecrets(config.connectorSettings, { token, allowLoopback });
  const text = (key: string, values?: Readonly<Record<string, string>>) => wording.text(key, values);
  const chosen = chooseConnectors(settings, { allowLoopback, secret, text });
  if (chosen.kind === 'chosen') return chosen.connectors;
  throw new ConfigInvalid(chosen.problems, 'docs/helpdesk.md explains the settings of each connector.');
}

/** The same identity that signs the bot in. */
function tokensOf(config: Config): (scope: string) => Promise<string> {
  if (config.mode === 'local') {
    return () => Promise.reject(new Error('In local mode the bot has no identity of its own.'));
  }
  const credential = createCredential(config);
  return (scope) => createTokenSource(credential, scope)();
}

export type ConnectorLaneDependencies = {
  readonly connectors: readonly HelpdeskConnector[];
  readonly database: Database;
  readonly tickets: TicketStore;
  readonly handoff: ChangeParts;
  readonly wording: Wording;
  /** A ticket has changed: what follows can go out. */
  readonly changed: () => void;
  readonly stop: AbortSignal;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
};

export type ConnectorLane = {
  /** Brings over what is due, now; never rejects. */
  deliver(): Promise<void>;
  /** Asks the other systems for news. */
  poll(): Promise<void>;
  /** Finds out how each connector is; `health` has it afterwards. */
  check(): Promise<void>;
  health(): Readonly<Record<string, 'well' | 'unwell' | 'not-known'>>;
  /** Answers a call of another system with an HTTP status. */
  receive(name: string, call: InboundCall): Promise<number>;
  /** Resolves when nothing is under way any more. */
  settle(): Promise<void>;
};

/** Connects tickets with other helpdesk systems. */
export function createConnectorLane(deps: ConnectorLaneDependencies): ConnectorLane {
  const { connectors, database, stop, log, changed } = deps;
  const store = createDeliveryStore(database);
  const news: NewsParts = {
    store,
    connectors,
    change: (...given) => changeHere(deps, ...given),
    waitingText: deps.wording.text('helpdesk.elsewhere.waiting'),
    log,
  };
  const transcriptOf = (id: string) => readTranscriptText(deps, id);
  const deliveries = createNudge(
    () => deliverDue({ store, connectors, transcriptOf, random: Math.random, log }, stop),
    (error) => log.error({ err: error }, 'what goes to other systems waits for the next round'),
  );
  const health = new Map<string, ConnectorHealth>();
  return {
    deliver: deliveries.run,
    async poll() {
      if ((await pollNews(news, stop)) > 0) changed();
    },
    async check() {
      await Promise.all(connectors.map((connector) => checkOne(connector, health, log)));
    },
    health: () =>
      Object.fromEntries(connectors.map(({ name }) => [name, health.get(name)?.kind ?? 'not-known'])),
    async receive(name, call) {
      const status = await receiveCall(news, name, call);
      if (status === 204) changed();
      return status;
    },
    settle: deliveries.settle,
  };
}

async function readTranscriptText(
  { tickets, database, wording, handoff }: ConnectorLaneDependencies,
  ticketId: string,
): Promise<string | null> {
  const found = await findTranscript(tickets, database, ticketId);
  return found === null ? null : transcriptText(wording, found, handoff.now());
}

function changeHere(
  { handoff, tickets }: ConnectorLaneDependencies,
  ticketId: string,
  command: HandoffCommand,
  by: Actor,
  source: Source,
): Promise<Changed> {
  return changeTicket({ ...handoff, store: tickets }, ticketId, command, by, source);
}

/** Said once when it changes, not at every check. */
async function checkOne(
  connector: HelpdeskConnector,
  known: Map<string, ConnectorHealth>,
  log: ConnectorLaneDependencies['log'],
): Promise<void> {
  const before = known.get(connector.name)?.kind ?? 'well';
  const now = await connector.check();
  known.set(connector.name, now);
  if (now.kind === before) return;
  if (now.kind === 'well') log.info({ connector: connector.name }, 'a connector is well again');
  else log.warn({ connector: connector.name, reason: now.reason }, 'a connector is unwell');
}

/** None where no connector is on. */
export function connectorChores({ deliver, poll, check }: ConnectorLane): Readonly<Record<string, Chore>> {
  return {
    deliverToConnectors: { everyMs: 5_000, task: deliver },
    askConnectors: { everyMs: 20_000, task: poll },
    checkConnectors: { everyMs: 300_000, task: check },
  };
}
