import type { TurnContext } from 'botbuilder';
import type { Logger } from 'pino';
import type { App, AppOptions } from './app.ts';
import { loadErrorCodes } from './articles/error-codes.ts';
import { loadArticles } from './articles/load.ts';
import { createAdapter } from './bot/adapter.ts';
import { createBinder } from './bot/binding.ts';
import { createConduct } from './bot/conduct.ts';
import { createDeliver } from './bot/deliver.ts';
import { createPresentation } from './bot/dialogs/presentation.ts';
import { withDesk } from './bot/helpdesk/desk.ts';
import { limitPerson } from './bot/limit-person.ts';
import { withNotices } from './bot/notices/entrance.ts';
import { createReceive } from './bot/receive.ts';
import { withRemovals } from './bot/removals.ts';
import { sweepOutbox } from './bot/sweeper.ts';
import { createTurn } from './bot/turn.ts';
import { createCards } from './cards/cards.ts';
import { createTexts } from './cards/texts.ts';
import { loadWording, type Wording } from './cards/wording.ts';
import { startChores } from './chores.ts';
import { type Config, findDoubts } from './config.ts';
import { connectorChores, createConnectorLane, loadConnectors } from './connector-lane.ts';
import { decode, sniff } from './diagnosis/decode.ts';
import type { Knowledge } from './domain/decision.ts';
import { firstArticle } from './domain/learn.ts';
import { listenOn, settlePort } from './free-port.ts';
import { newSecret } from './fresh-secret.ts';
import { createChangeParts, createTurnTickets, tellingOfTickets } from './handoff-parts.ts';
import { createHelpdeskLane } from './helpdesk-lane.ts';
import { fileConsentAttachment } from './intake/file-consent.ts';
import { createIntake } from './intake/intake.ts';
import { createNoticesDoor } from './notices-door.ts';
import { createNoticesLane } from './notices-lane.ts';
import { createNoticesSender } from './notices-sender.ts';
import { watchChores } from './notices-watch.ts';
import { createNudge } from './nudge.ts';
import { createPersonLane } from './person-lane.ts';
import { loadPolicyHistory } from './policy/organisation.ts';
import { remediationPage, remediationPath } from './remediation-download.ts';
import { createDiagnose } from './report-judge.ts';
import { loadScripts, type Script } from './scripts/catalogue.ts';
import { createLanes } from './scripts/lanes.ts';
import { createServer } from './server.ts';
import { findDiagnosis } from './storage/cases.ts';
import { type Database, openDatabase } from './storage/connection.ts';
import { prune, prunePeople } from './storage/housekeeping.ts';
import { rememberScripts, settingOrCreate } from './storage/settings.ts';
import { createTicketStore } from './storage/ticket-store.ts';
import { createTurnStore } from './storage/turn-store.ts';
import { createWebLane } from './web-lane.ts';

const defaults: AppOptions = { now: () => new Date(), sweepEveryMs: 5_000, cardsEveryMs: 2_000 };

/** Composition root: builds the parts from the settings, connects them, and listens. */
export async function startApp(given: Config, log: Logger, options: Partial<AppOptions> = {}): Promise<App> {
  const config = await settlePort(given);
  const knowledge: Knowledge = { articles: loadArticles(), codes: loadErrorCodes() };
  const database = await openDatabase(config.databaseUrl);
  try {
    return await connect(config, log, { ...defaults, ...options }, knowledge, database);
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function connect(
  config: Config,
  log: Logger,
  { now, sweepEveryMs, cardsEveryMs, channelLimits }: AppOptions,
  knowledge: Knowledge,
  database: Database,
): Promise<App> {
  for (const { setting, problem } of findDoubts(config))
    log.warn({ setting, problem }, 'please check a setting');
  const scripts = loadScripts(config.publicUrl, config.scriptsFolder);
  const wording = loadWording('en');
  const { failed, slowDown } = createTexts(wording);
  const adapter = createAdapter(config, log, { sayFailed: failed });
  const lanes = createLanes(scripts, config.publicUrl);
  const intake = createIntake({
    hosts: { allowedHosts: config.attachmentHosts, allowLoopback: isOnLoopback(config) },
    decode,
    sniff,
    findOffer: (id) => Object.values(scripts).find(({ sha256 }) => sha256 === id),
    log,
  });
  const closing = new AbortController();
  const follow = createNudge(
    async () => {
      await sweep();
      await helpdesk.refreshCards(closing.signal);
      await person.bringNews(turn);
      await sweep();
    },
    (error) => log.error({ err: error }, 'what follows from a ticket waits for the next round'),
  );
  const changed = () => {
    void follow.run();
    void others.deliver();
  };
  const store = tellingOfTickets(createTurnStore(database), changed);
  const history = loadPolicyHistory(config.policyFile);
  const diagnose = createDiagnose(knowledge, history, now);
  const sender = await createNoticesSender({ config, database, adapter, now, log });
  const cards = createCards(wording);
  const notices = createNoticesLane({
    ...{ config, database, history, cards, wording, wake: sender.wake, now, log },
  });
  const tickets = createTicketStore(database);
  const secret = await settingOrCreate(database, 'card-secret', newSecret);
  const connectors = await loadConnectors(config, { secret, wording });
  const handoff = createChangeParts(
    wording,
    connectors.map(({ name }) => name),
    now,
  );
  const others = createConnectorLane({
    ...{ connectors, database, tickets, handoff, wording, changed, stop: closing.signal, log },
  });
  const binder = createBinder(secret);
  const person = createPersonLane({
    ...{ config, database, adapter, tickets, handoff, wording, changed, now, log },
  });
  const { queueNow } = person;
  const helpdesk = createHelpdeskLane({
    ...{ config, database, adapter, deliver: createDeliver(adapter), tickets, handoff, cards },
    ...{ wording, binder, secret, queueNow, changed, channelLimits, now, log },
  });
  const { deliver } = helpdesk;
  const sweep = (olderThanSeconds?: number) =>
    sweepOutbox({ store, deliver, log }, { olderThanSeconds, stop: closing.signal });
  const conduct = createConduct({
    knowledge,
    presentation: createPresentation({
      cards,
      wording,
      knowledge,
      lanes,
      consentCard: (os, code) => offerFile(lanes.scriptFor(os, code), wording),
      contact: config.helpdesk.contact,
      remediationUrl: (reportId) => `${config.publicUrl}${remediationPath(reportId)}`,
    }),
    binder,
    diagnose,
    scriptsServed: await rememberScripts(
      database,
      Object.values(scripts).map(({ sha256 }) => sha256),
    ),
    canSendFiles: config.mode === 'teams',
    now,
    tickets: createTurnTickets(handoff, wording, tickets),
    queueNow,
  });
  const turn = createTurn({
    store,
    conduct,
    deliver,
    receive: createReceive({ ...intake, showTyping }),
    log,
  });
  const known = withRemovals(person.follow(turn), (id) => notices.people.setReach(id, 'removed'));
  const door = createNoticesDoor({
    ...{ config, database, history, lane: notices, cards, wording, binder, secret, deliver, now, log },
  });
  await sender.start(door.compose);
  const entrance = withDesk(withNotices(known, door.parts), helpdesk.desk);
  const article = firstArticle(knowledge);
  const web = createWebLane({ database, adapter, turn, diagnose, article, scripts, wording, now, log });
  const server = createServer({
    config,
    adapter,
    upload: web.upload,
    connectors: others,
    api: notices.api,
    // In local mode nobody signs in, so a sender's name proves nothing.
    onTurn: config.mode === 'local' ? entrance : limitPerson(entrance, { deliver, slowDown, log }),
    scripts: Object.values(scripts),
    pages: [
      remediationPage({ findDiagnosis: (id) => findDiagnosis(database, id), wording }),
      helpdesk.transcripts,
      door.reports,
    ],
    isReady: async () => (await database.query({ name: 'is-ready', text: 'select 1' }, [])).length === 1,
    log,
  });
  const { host, port } = await listenOn(config.port, server.listen);
  const chores = startChores(log, {
    sweepOutbox: { everyMs: sweepEveryMs, task: () => sweep() },
    refreshCards: { everyMs: cardsEveryMs, task: () => follow.run() },
    windClock: { everyMs: 60_000, task: () => person.windClock() },
    watchChannel: { everyMs: 60_000, task: () => helpdesk.watch() },
    prune: { everyMs: 24 * 3_600_000, task: () => prune(database) },
    prunePeople: { everyMs: 24 * 3_600_000, task: () => prunePeople(database) },
    ...notices.chores,
    ...sender.chores,
    ...door.follow.chores,
    ...watchChores({ config, database, history, lane: notices, wording, deliver, now, log }),
    ...(connectors.length > 0 ? connectorChores(others) : {}),
  });
  // A PGlite database has one process at a time: what waits there was left by the one before. No turn can have
  // saved anything yet, since it has to ask the same database for its conversation first.
  const leftBehind = database.kind === 'pglite' ? sweep(0) : Promise.resolve(0);
  leftBehind.catch((error: unknown) => log.error({ err: error }, 'replies left behind were not sent yet'));
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    database,
    sweep,
    followUp: follow.run,
    connectors: others,
    windClock: person.windClock,
    watchChannel: helpdesk.watch,
    notices: {
      ...{ windClock: notices.windClock, followUp: notices.followUp, sweep: sender.sweep },
      followCards: door.follow.run,
    },
    async close() {
      closing.abort();
      const chored = Promise.allSettled([leftBehind, ...chores.map((chore) => chore.stop())]);
      await server.close();
      await web.settle();
      await chored;
      await follow.settle();
      await others.settle();
      await door.follow.settle();
      await sender.stop();
      adapter.close();
      await database.close();
    },
  };
}

/** Local mode and the tests' own channel serve files from this machine. */
function isOnLoopback(config: Config): boolean {
  return config.mode === 'local' || config.testChannel !== null;
}

function offerFile({ sha256, fileName, size }: Script, wording: Wording) {
  const description = wording.text('bot.script.consent');
  return fileConsentAttachment({ id: sha256, name: fileName, description, sizeInBytes: size });
}

async function showTyping(context: TurnContext): Promise<void> {
  await context.sendActivity({ type: 'typing' }).catch(() => undefined);
}
