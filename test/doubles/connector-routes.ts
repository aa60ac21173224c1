import type { Activity } from 'botbuilder';
import type { Clock } from './clock.ts';
import { type Fault, faultAnswer, forbidden, problem, throttled } from './connector-faults.ts';
import type { FileHost } from './connector-files.ts';
import { appLimits, type Limiter, memberLimits, sendLimits } from './connector-limits.ts';
import { baseOf, type Threads } from './connector-threads.ts';
import { json, type RecordedRequest, type WireAnswer } from './http-double.ts';
import type { TokenIssuer } from './token-issuer.ts';

export type Person = {
  readonly id: string;
  readonly name: string;
  readonly aadObjectId: string;
  readonly tenantId: string;
  readonly conversation: string;
  installed: boolean;
  blocksBot: boolean;
};

export type ConnectorState = {
  readonly appId: string;
  readonly clock: Clock;
  readonly issuer: TokenIssuer | null;
  readonly threads: Threads;
  readonly limiter: Limiter;
  readonly files: FileHost;
  readonly people: Person[];
  readonly channels: Set<string>;
  readonly faults: Fault[];
  readonly requests: RecordedRequest[];
  nextId(): string;
};

const biggestMessage = 100 * 1024;

type Route = { readonly verb: string; readonly conversation: string; readonly activity: string };

/** Answers one call of the Bot Connector protocol as Teams would. */
export async function answerConnector(state: ConnectorState, request: RecordedRequest): Promise<WireAnswer> {
  const route = routeOf(request);
  if (route === null) return problem(404, 'NotFound', 'No such operation.');
  if (!(await isFromBot(state, request))) {
    return problem(401, 'BotNotRegistered', 'Unauthorized');
  }
  if (request.method === 'GET') return answerMembers(state, route, request);
  return write(state, route, request);
}

function routeOf(request: RecordedRequest): Route | null {
  const path = request.path.split('?')[0] ?? '';
  const match =
    /\/v3\/conversations(?:\/([^/]+)(?:\/(activities|members|pagedmembers)(?:\/([^/]+))?)?)?$/.exec(path);
  if (match === null) return null;
  const [, conversation, noun, id] = match;
  return {
    verb: `${request.method} ${noun ?? 'conversations'}`,
    conversation: decodeURIComponent(conversation ?? ''),
    activity: decodeURIComponent(id ?? ''),
  };
}

async function isFromBot(state: ConnectorState, request: RecordedRequest): Promise<boolean> {
  if (state.issuer === null) return true;
  return state.issuer.isBotToken(String(request.headers.authorization ?? ''));
}

function write(state: ConnectorState, route: Route, request: RecordedRequest): WireAnswer {
  const fault = state.faults.shift();
  if (fault !== undefined) {
    if ('accepted' in fault && fault.accepted) accept(state, route, request);
    return faultAnswer(fault);
  }
  const size = Buffer.byteLength(JSON.stringify(request.body ?? null));
  if (size > biggestMessage) return problem(413, 'MessageSizeTooBig', 'Message size too large');
  const wait = waitBefore(state, route, request);
  if (wait > 0) return throttled(wait);
  const outcome = accept(state, route, request);
  if (outcome.kind === 'forbidden') return forbidden(outcome.reason);
  if (outcome.kind === 'missing') return problem(404, outcome.code, 'Not found.');
  return json(outcome.status, outcome.body);
}

function waitBefore(state: ConnectorState, route: Route, request: RecordedRequest): number {
  const now = state.clock.now();
  const app = state.limiter.take('app', appLimits, now);
  if (app > 0 || !route.verb.startsWith('POST')) return app;
  const thread = route.conversation === '' ? threadToCreate(state, request) : baseOf(route.conversation);
  return state.limiter.take(`send ${thread}`, sendLimits, now);
}

type CreateBody = {
  readonly members?: readonly { readonly id: string }[];
  readonly channelData?: { readonly channel?: { readonly id?: string } };
  readonly activity?: Partial<Activity>;
};

function threadToCreate(state: ConnectorState, request: RecordedRequest): string {
  const body = request.body as CreateBody;
  return body.channelData?.channel?.id ?? personOf(state, body.members?.[0]?.id)?.conversation ?? 'unknown';
}

type Accepted =
  | { readonly kind: 'done'; readonly status: number; readonly body: unknown }
  | { readonly kind: 'missing'; readonly code: 'ConversationNotFound' | 'ActivityNotFoundInConversation' }
  | {
      readonly kind: 'forbidden';
      readonly reason:
        | 'ConversationBlockedByUser'
        | 'BotNotInConversationRoster'
        | 'ForbiddenOperationException';
    };

function accept(state: ConnectorState, route: Route, request: RecordedRequest): Accepted {
  if (route.verb === 'POST conversations') return create(state, request.body as CreateBody);
  const person = state.people.find((someone) => someone.conversation === route.conversation);
  if (person?.blocksBot) return { kind: 'forbidden', reason: 'ConversationBlockedByUser' };
  if (person && !person.installed) return { kind: 'forbidden', reason: 'BotNotInConversationRoster' };
  if (!person && !state.channels.has(baseOf(route.conversation))) {
    return { kind: 'missing', code: 'ConversationNotFound' };
  }
  return change(state, route, request.body as Partial<Activity>);
}

function change(state: ConnectorState, route: Route, activity: Partial<Activity>): Accepted {
  const done: Accepted = { kind: 'done', status: 200, body: { id: route.activity } };
  const missing: Accepted = { kind: 'missing', code: 'ActivityNotFoundInConversation' };
  switch (route.verb) {
    case 'POST activities': {
      const isChannel = state.channels.has(route.conversation) && route.activity !== '';
      const thread = isChannel ? `${route.conversation};messageid=${route.activity}` : route.conversation;
      const id = state.threads.post(thread, activity);
      return { kind: 'done', status: 201, body: id === null ? {} : { id } };
    }
    case 'PUT activities':
      return state.threads.update(route.conversation, route.activity, activity) ? done : missing;
    case 'DELETE activities':
      return state.threads.remove(route.conversation, route.activity) ? done : missing;
    default:
      return missing;
  }
}

/** A person is reached by channel id or Entra object id, and only while the bot is installed for them. */
function create(state: ConnectorState, body: CreateBody): Accepted {
  const channel = body.channelData?.channel?.id;
  if (channel !== undefined) return openThread(state, channel, body.activity ?? {});
  const person = personOf(state, body.members?.[0]?.id);
  if (person === undefined || !person.installed) {
    return { kind: 'forbidden', reason: 'ForbiddenOperationException' };
  }
  if (body.activity) state.threads.post(person.conversation, body.activity);
  return { kind: 'done', status: 201, body: { id: person.conversation } };
}

function openThread(state: ConnectorState, channel: string, activity: Partial<Activity>): Accepted {
  if (!state.channels.has(channel)) return { kind: 'forbidden', reason: 'BotNotInConversationRoster' };
  // The first message's id names the thread, so it is posted to the channel and the thread at once.
  const root = state.threads.openThread(channel, activity);
  return { kind: 'done', status: 201, body: { id: `${channel};messageid=${root}`, activityId: root } };
}

function personOf(state: ConnectorState, id: string | undefined): Person | undefined {
  return state.people.find((person) => person.id === id || person.aadObjectId === id);
}

function answerMembers(state: ConnectorState, route: Route, request: RecordedRequest): WireAnswer {
  const wait = state.limiter.take(`members ${baseOf(route.conversation)}`, memberLimits, state.clock.now());
  if (wait > 0) return throttled(wait);
  const isChannel = state.channels.has(baseOf(route.conversation));
  const present = state.people.filter((person) => isChannel || person.conversation === route.conversation);
  const members = present.map(memberOf);
  if (route.activity !== '') {
    const member = members.find((one) => one.id === route.activity || one.aadObjectId === route.activity);
    if (member === undefined) return problem(404, 'MemberNotFoundInConversation', 'Not found.');
    return json(200, member);
  }
  if (route.verb === 'GET pagedmembers') return json(200, pageOf(members, request.path));
  return json(200, members);
}

function memberOf(person: Person) {
  const { id, name, aadObjectId, tenantId } = person;
  return {
    id,
    name,
    aadObjectId,
    tenantId,
    userRole: 'user',
    userPrincipalName: `${name.toLowerCase().replaceAll(' ', '.')}@contoso.example`,
  };
}

function pageOf(members: readonly unknown[], path: string): unknown {
  const query = new URL(path, 'http://loopback').searchParams;
  const size = Number(query.get('pageSize') ?? 200);
  const start = Number(query.get('continuationToken') ?? 0);
  const next = start + size;
  const page = { members: members.slice(start, next) };
  return next < members.length ? { ...page, continuationToken: String(next) } : page;
}
