import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Clock, createClock } from './clock.ts';
import type { Fault } from './connector-faults.ts';
import { createFileHost, type FileHost } from './connector-files.ts';
import { createLimiter } from './connector-limits.ts';
import { answerConnector, type ConnectorState } from './connector-routes.ts';
import { createThreads, type ShownMessage } from './connector-threads.ts';
import { bodyOf, jsonOf, listen, type RecordedRequest, send } from './http-double.ts';
import { createTeamsUser, type TeamsUser, type UserProfile } from './teams-user.ts';
import type { TokenIssuer } from './token-issuer.ts';

export type ConnectorOptions = {
  /** Signs what users send and checks what the bot sends; without it nobody needs a token. */
  readonly issuer?: TokenIssuer;
  readonly appId?: string;
  readonly tenantId?: string;
  readonly clock?: Clock;
  /** How long a person takes before each action, on the connector's clock. */
  readonly paceMilliseconds?: number;
};

/**
 * A Teams of its own on loopback: the Bot Connector for the bot, and people who chat with it.
 *
 *     const connector = await startTeamsConnector();
 *     connector.connectBot(`http://127.0.0.1:${port}/api/messages`);
 *     const maria = connector.user({ name: 'Maria' });
 *     await maria.says('0x8004de40');
 *     maria.lastCard();
 */
export type TeamsConnector = {
  /** The serviceUrl of every activity. */
  readonly url: string;
  readonly appId: string;
  readonly tenantId: string;
  readonly clock: Clock;
  /** Everything the bot asked for, in order, refused requests too. */
  readonly requests: readonly RecordedRequest[];
  readonly files: FileHost;
  connectBot(messagesUrl: string): void;
  user(profile?: Partial<UserProfile>): TeamsUser;
  /** Opens a team's channel to the bot; answers its conversation id. */
  channel(name: string): string;
  /** Messages as seen in a conversation or channel. */
  shown(conversation: string): readonly ShownMessage[];
  /** The next `count` writes (sends, edits, deletes, creates) end in this fault. */
  failNext(count: number, fault: Fault): void;
  /** The posts of messages among `requests`; no edits, no typing. */
  sent(): readonly RecordedRequest[];
  close(): Promise<void>;
};

export async function startTeamsConnector(options: ConnectorOptions = {}): Promise<TeamsConnector> {
  const clock = options.clock ?? createClock();
  const appId = options.appId ?? '0b07f9c2-5d1e-4f3a-9a51-3a8f0e6c7d21';
  const tenantId = options.tenantId ?? '7c1b2f66-8d0e-4f0a-b1de-52c1d35f9e07';
  let counter = 0;
  const nextId = () => String(clock.now() + ++counter);
  let botUrl: string | null = null;

  const state: ConnectorState = {
    appId,
    clock,
    issuer: options.issuer ?? null,
    threads: createThreads(nextId),
    limiter: createLimiter(),
    files: createFileHost(nextId, async (header) => (await options.issuer?.isBotToken(header)) ?? true),
    people: [],
    channels: new Set(),
    faults: [],
    requests: [],
    nextId,
  };
  const server = await listen((request, response) => answer(state, request, response));
  const url = `${server.url}/teams/`;

  const post = async (activity: unknown) => {
    if (botUrl === null) throw new Error('connectBot() comes before the first action of a user');
    clock.advance(options.paceMilliseconds ?? 10_000);
    return postActivity(botUrl, activity, await options.issuer?.token({ appId, serviceUrl: url }));
  };

  return {
    url,
    appId,
    tenantId,
    clock,
    requests: state.requests,
    files: state.files,
    connectBot(messagesUrl) {
      botUrl = messagesUrl;
    },
    user: (profile = {}) => createTeamsUser({ state, url, appId, tenantId, post, profile }),
    channel(name) {
      const id = `19:${name}@thread.tacv2`;
      state.channels.add(id);
      return id;
    },
    shown: (conversation) => state.threads.shown(conversation),
    failNext(count, fault) {
      for (let index = 0; index < count; index++) state.faults.push(fault);
    },
    sent: () => state.requests.filter(isMessagePost),
    close: () => server.close(),
  };
}

async function answer(
  state: ConnectorState,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (await state.files.answer(request, response)) return;
  const recorded: RecordedRequest = {
    method: request.method ?? '',
    path: request.url ?? '',
    headers: request.headers,
    body: jsonOf(await bodyOf(request)),
    at: state.clock.now(),
  };
  state.requests.push(recorded);
  send(await answerConnector(state, recorded), response);
}

function isMessagePost(request: RecordedRequest): boolean {
  const isMessage = (request.body as { type?: string } | undefined)?.type === 'message';
  return request.method === 'POST' && request.path.includes('/activities') && isMessage;
}

export type BotAnswer = { readonly status: number; readonly body: unknown };

async function postActivity(
  botUrl: string,
  activity: unknown,
  token: string | undefined,
): Promise<BotAnswer> {
  const response = await fetch(botUrl, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(activity),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : jsonOf(Buffer.from(text)) };
}
