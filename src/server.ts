import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as patience } from 'node:timers/promises';
import type { Activity, TurnContext } from 'botbuilder';
import type { Logger } from 'pino';
import restify, { type Request, type Response, type Server } from 'restify';
import { type Answer, inTime, notSaved } from './bot/answer-in-time.ts';
import { type Envelope, readEnvelope } from './bot/envelope.ts';
import type { Turn } from './bot/turn.ts';
import type { Config } from './config.ts';
import type { ConnectorLane } from './connector-lane.ts';
import { connectorPath, serveConnectors } from './connector-routes.ts';
import { type Download, serveDownloads } from './downloads.ts';
import {
  answerJson,
  identifyClient,
  limitBody,
  limitRate,
  type RateLimit,
  refuseCompressed,
  repairWriteHead,
  requireJson,
  requireLoopback,
  securityHeaders,
} from './http-guards.ts';
import { type Api, apiPaths } from './notices-api/serve.ts';
import type { Upload } from './upload/upload.ts';
import { serveUpload, uploadPaths } from './upload-routes.ts';

repairWriteHead();

export type ServerOptions = {
  readonly config: Pick<Config, 'mode' | 'host' | 'port' | 'trustedProxyHops'>;
  readonly adapter: {
    receive(
      authorization: string,
      activity: Activity,
      onTurn: (context: TurnContext) => Promise<void>,
    ): Promise<Answer>;
  };
  readonly onTurn: Turn;
  readonly scripts: readonly Download[];
  /** The page that takes reports; without it nothing is served there. */
  readonly upload?: Upload;
  /** Files that people fetch, beside the scripts. */
  readonly pages?: readonly Page[];
  /** The HTTP API for notices; null where there is none. */
  readonly api?: Api | null;
  /** Other helpdesk systems: their calls, and how they are. */
  readonly connectors?: Pick<ConnectorLane, 'receive' | 'health'>;
  readonly isReady: () => Promise<boolean>;
  readonly log: Pick<Logger, 'warn' | 'error'>;
  readonly rateLimit?: RateLimit;
  /** How long the channel waits for an answer before it sends the same activity again. */
  readonly answerWithinMilliseconds?: number;
};

/** Answers GET requests to one path, in restify's form (`/remediation/:file`). */
export type Page = {
  readonly path: string;
  readonly serve: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
};

export type HttpServer = {
  /** Rejects when the port is taken. */
  listen(): Promise<{ readonly host: string; readonly port: number }>;
  /** Takes no more requests, lets running turns finish, and ends. */
  close(): Promise<void>;
};

const bodyLimit = 256 * 1024;
/** `maxBodySize` is missing in the type of the options, but is read. */
const bodyOptions = { maxBodySize: bodyLimit, mapParams: false };
/** After this, whoever is still connected is cut off. */
const closeWithin = 20_000;
const defaultRate: RateLimit = { requests: 1000, seconds: 10 };
/** For calls of other helpdesk systems. */
const callRate: RateLimit = { requests: 100, seconds: 10 };

/** Transport only: who may ask, what a request must look like, and what goes back. */
export function createServer(options: ServerOptions): HttpServer {
  const server = restify.createServer({ name: '', handleUpgrades: false });
  // The time in which a whole request must arrive; turns may take longer.
  Object.assign(server.server, { requestTimeout: 15_000, headersTimeout: 10_000, keepAliveTimeout: 75_000 });
  server.pre(securityHeaders, identifyClient(options.config.trustedProxyHops));
  server.pre(limitRate(options.rateLimit ?? defaultRate), refuseCompressed);
  if (options.config.mode === 'local') server.pre(requireLoopback);
  answerErrors(server, options.log);

  const running = new Set<Promise<unknown>>();
  const downloads = serveDownloads(options.scripts);
  server.get('/healthz', async (_request, response) => answerHealth(options, response));
  server.get('/scripts/:version/:name', downloads);
  server.head('/scripts/:version/:name', downloads);
  if (options.upload !== undefined) routeUpload(server, options.upload);
  if (options.connectors !== undefined) routeConnectors(server, options.connectors);
  if (options.api) routeApi(server, options.api);
  for (const { path, serve } of options.pages ?? []) {
    server.get(path, async (request: Request, response: Response) => serve(request, response));
  }
  server.post(
    '/api/messages',
    requireJson,
    limitBody(bodyLimit),
    ...restify.plugins.jsonBodyParser(bodyOptions),
    async (request: Request, response: Response) => answerActivity(options, running, request, response),
  );
  return { listen: () => listen(server, options.config), close: () => close(server, running) };
}

function routeUpload(server: Server, upload: Upload): void {
  const serve = serveUpload(upload);
  const handler = async (request: Request, response: Response) => serve(request, response);
  for (const path of uploadPaths.get) server.get(path, handler);
  for (const path of uploadPaths.post) server.post(path, handler);
}

function routeConnectors(server: Server, { receive }: Pick<ConnectorLane, 'receive'>): void {
  const serve = serveConnectors(receive, bodyLimit);
  const handler = async (request: Request, response: Response) => serve(request, response);
  server.post(connectorPath, limitRate(callRate), requireJson, limitBody(bodyLimit), handler);
}

/** Which paths and methods there are is the API's own to say. */
function routeApi(server: Server, api: Api): void {
  const handler = async (request: Request, response: Response) => api(request, response);
  for (const path of apiPaths) {
    for (const method of ['get', 'post', 'put', 'patch', 'del'] as const) {
      server[method](path, limitRate(callRate), handler);
    }
  }
}

async function answerActivity(
  options: ServerOptions,
  running: Set<Promise<unknown>>,
  request: Request,
  response: Response,
): Promise<void> {
  const envelope: Envelope = readEnvelope(request.body);
  if (envelope.kind === 'malformed') {
    answerJson(response, 400, { error: 'not-an-activity', fields: envelope.fields });
    return;
  }
  const { activity } = envelope;
  const saved = notSaved();
  const turn = options.adapter.receive(request.headers.authorization ?? '', activity, (context) =>
    options.onTurn(context, saved.happened),
  );
  running.add(turn);
  turn.finally(() => running.delete(turn)).catch(() => undefined);
  const { status, body } = await inTime(turn, saved, activity, options);
  if (body !== undefined) return answerJson(response, status, body);
  response.statusCode = status;
  response.end();
}

/** A helpdesk system that is down is told, and is no reason to restart this one. */
async function answerHealth({ isReady, connectors }: ServerOptions, response: Response): Promise<void> {
  const ready = await isReady().catch(() => false);
  const health = connectors?.health() ?? {};
  const others = Object.keys(health).length > 0 ? { connectors: health } : {};
  answerJson(response, ready ? 200 : 503, { status: ready ? 'ok' : 'unavailable', ...others });
}

/**
 * Answers what restify refuses, such as unknown paths, without echoing anything of the request. restify's own
 * last word is held back: it would answer a second time, and the error of that ends the process.
 */
function answerErrors(server: Server, log: ServerOptions['log']): void {
  server.on('restifyError', (_request: Request, response: Response, error: unknown) => {
    const status = statusOf(error);
    if (status >= 500) log.error({ err: error }, 'request failed');
    if (!response.headersSent) answerJson(response, status, { error: codes[status] ?? 'refused' });
  });
}

const codes: Readonly<Record<number, string>> = {
  400: 'invalid-json',
  404: 'not-found',
  405: 'method-not-allowed',
  413: 'body-too-large',
  500: 'internal',
};

function statusOf(error: unknown): number {
  const status =
    typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : 500;
  return typeof status === 'number' ? status : 500;
}

function listen(
  server: Server,
  { host, port }: ServerOptions['config'],
): Promise<{ readonly host: string; readonly port: number }> {
  return new Promise((resolve, reject) => {
    // restify passes errors of the socket on, and one that nobody hears ends the process.
    server.on('error', reject);
    server.listen(port, host, () => {
      const address = server.address() as AddressInfo;
      resolve({ host: address.address, port: address.port });
    });
  });
}

async function close(server: Server, running: ReadonlySet<Promise<unknown>>): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // Connections are kept open for a next request, so each is ended when its last answer is out.
  const sweep = setInterval(() => server.server.closeIdleConnections(), 20);
  const lateTurns = setTimeout(() => server.server.closeAllConnections(), closeWithin);
  try {
    await closed;
    await Promise.race([Promise.allSettled(running), patience(closeWithin, undefined, { ref: false })]);
  } finally {
    clearInterval(sweep);
    clearTimeout(lateTurns);
  }
}
