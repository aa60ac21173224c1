import type { TurnContext } from 'botbuilder';
import { type Case, openCase } from '../domain/case.ts';
import type { Input, Knowledge } from '../domain/decision.ts';
import { firstArticle } from '../domain/learn.ts';
import type { QueueNow } from '../domain/queue-now.ts';
import { ticketInHand } from '../domain/relay.ts';
import type { Binder } from './binding.ts';
import { type Conversation, isGroup, readConversation, takesFiles } from './conversation.ts';
import { createDialogs } from './dialogs/dialogs.ts';
import type { Presentation } from './dialogs/presentation.ts';
import { attach, caseOf, type Draft, putDraft, record, say } from './draft.ts';
import { newCaseId, newCheckCode, newReportId, newTicketId } from './fresh-ids.ts';
import { type Diagnose, type Interpreted, interpret } from './interpret.ts';
import { deviceOf, learnedOf } from './learned.ts';
import type { FileAnswer, Received } from './received.ts';
import type { CaseRow, LoadedTurn, TurnChange } from './turn-store.ts';
import { composeTurnTickets, type TurnTicketParts, timeZoneOf } from './turn-tickets.ts';

export type Conducted = Pick<
  TurnChange,
  'state' | 'replies' | 'cases' | 'events' | 'report' | 'tickets' | 'checkCodes' | 'learned'
>;

/** Runs the dialogs on loaded state; changes nothing outside of what it returns. */
export type Conduct = (
  context: TurnContext,
  key: string,
  received: Exclude<Received, { kind: 'nothing' }>,
  loaded: LoadedTurn,
) => Promise<Conducted>;

export type ConductDependencies = {
  readonly knowledge: Knowledge;
  readonly presentation: Presentation;
  readonly binder: Binder;
  readonly diagnose: Diagnose;
  /** SHA-256 of every script that was ever handed out. */
  readonly scriptsServed: ReadonlySet<string>;
  readonly now: () => Date;
  /** False where the channel is a local chat, which has no file consent. */
  readonly canSendFiles: boolean;
  readonly tickets: TurnTicketParts;
  /** Null where tickets reach nobody by themselves. */
  readonly queueNow: (ticketId: string | null) => Promise<QueueNow | null>;
};

/** Teams tells about one install twice, within moments; a later arrival is a new look at the chat. */
const sameArrivalMs = 5_000;

export function createConduct(deps: ConductDependencies): Conduct {
  const dialogs = createDialogs(deps.knowledge, deps.presentation);

  return async (context, key, received, loaded) => {
    const conversation = readConversation(loaded.state);
    const ids = {
      case: newCaseId(),
      ticket: newTicketId(),
      report: newReportId(),
      checkCode: newCheckCode(),
    };
    const current = conversation.case ?? openCase(ids.case, firstArticle(deps.knowledge));
    conversation.case = current;
    if (received.kind === 'arrived' && isSameArrival(conversation, deps.now())) {
      return kept(context, conversation);
    }
    const reference = { now: deps.now().toISOString(), scripts: deps.scriptsServed };
    const interpreted =
      received.kind === 'file-answered'
        ? null
        : interpret(received, conversation, current, {
            key,
            ...deps,
            reportId: ids.report,
            reference,
            withPerson: ticketInHand(loaded) !== null,
          });
    const queue = await deps.queueNow(null);
    const draft = draftFor(context, key, loaded, conversation, interpreted, ids, queue, deps);
    if (received.kind === 'file-answered') sayFileAnswer(draft, received.answer, deps.presentation);
    else await dialogs.run(context);
    const tickets = await composeTurnTickets(deps.tickets, draft, context.activity);
    return { ...conducted(context, draft, interpreted, current), tickets };
  };
}

function draftFor(
  context: TurnContext,
  key: string,
  loaded: LoadedTurn,
  conversation: Conversation,
  interpreted: Interpreted | null,
  ids: Draft['ids'],
  queue: QueueNow | null,
  deps: ConductDependencies,
): Draft {
  const input: Input = interpreted?.input ?? { kind: 'stale' };
  const pressedCard = input.kind === 'pressed' ? context.activity.replyToId : undefined;
  const draft: Draft = {
    key,
    conversation,
    input,
    ids,
    now: deps.now(),
    binder: deps.binder,
    cardOnShow: pressedCard ?? loaded.lastCardId,
    group: isGroup(context.activity),
    takesFiles: deps.canSendFiles && takesFiles(context.activity),
    replies: [],
    events: [],
    checkCodes: [],
    tickets: loaded.tickets,
    queue,
    timeZone: timeZoneOf(context.activity),
    opened: null,
    acts: [],
  };
  if (interpreted !== null) conversation.pending = interpreted.pending;
  if (input.kind === 'said') record(draft, 'said-by-person', { text: input.text.slice(0, 4_000) });
  putDraft(context, draft);
  return draft;
}

function sayFileAnswer(draft: Draft, answer: FileAnswer, presentation: Presentation): void {
  if (answer.kind === 'saved') attach(draft, answer.attachment);
  say(draft, presentation.fileAnswer(draft, answer.kind));
}

function conducted(
  context: TurnContext,
  draft: Draft,
  interpreted: Interpreted | null,
  before: Case,
): Omit<Conducted, 'tickets'> {
  const { conversation, replies, events, checkCodes } = draft;
  const { input, reportText } = interpreted ?? { input: null, reportText: null };
  const report =
    input?.kind === 'report' && reportText !== null
      ? {
          id: input.examined.reportId,
          caseId: before.id,
          text: reportText,
          diagnosis: input.examined.diagnosis,
        }
      : null;
  const cases = [caseRow(context, draft, caseOf(draft))];
  if (before.id !== caseOf(draft).id) cases.unshift(caseRow(context, draft, abandoned(before)));
  const device = input?.kind === 'report' ? deviceOf(input.examined, input.doubts) : null;
  const learned = learnedOf(context.activity, device);
  return { state: conversation, replies, cases, events, report, checkCodes, learned };
}

function kept({ activity }: TurnContext, conversation: Conversation): Conducted {
  return {
    state: conversation,
    replies: [],
    cases: [],
    events: [],
    report: null,
    tickets: [],
    checkCodes: [],
    learned: learnedOf(activity, null),
  };
}

function isSameArrival(conversation: Conversation, now: Date): boolean {
  const last = conversation.arrivedAt;
  conversation.arrivedAt = now.toISOString();
  return last !== null && now.getTime() - Date.parse(last) < sameArrivalMs;
}

/** A case that the person left for a new one. */
function abandoned(current: Case): Case {
  return { ...current, outcome: current.outcome ?? { kind: 'cancelled' } };
}

function caseRow(context: TurnContext, draft: Draft, current: Case): CaseRow {
  const { channelData, conversation: chat, from } = context.activity;
  const stack = draft.conversation.dialogs.dialogStack;
  return {
    id: current.id,
    conversation: draft.key,
    tenantId: chat.tenantId ?? channelData?.tenant?.id ?? null,
    userId: from.id,
    userEntraId: from.aadObjectId ?? null,
    status: current.outcome?.kind ?? 'open',
    errorCode: current.code,
    os: current.os,
    article: current.article,
    place: stack.at(-1)?.id ?? 'code',
    outcome: outcomeText(current),
  };
}

function outcomeText({ outcome }: Case): string | null {
  return outcome?.kind === 'solved' ? `${outcome.proof}: ${outcome.helped}` : null;
}
