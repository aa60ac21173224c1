import { type Activity, ActivityTypes, type ConversationReference, type TurnContext } from 'botbuilder';
import type { Logger } from 'pino';

/** A report that came in outside of the channel, and the conversation that it belongs to. */
export type WebReport = {
  readonly reference: Partial<ConversationReference>;
  /** The same for the same report: a second turn with this id has no effect. */
  readonly activityId: string;
  readonly text: string;
};

export type WebReports = {
  /** Resolves once the report is saved, or was saved before; the chat is told after that. Rejects when it is not. */
  take(report: WebReport): Promise<void>;
  /** Resolves when no turn is running any more. */
  settle(): Promise<void>;
};

export type WebReportDependencies = {
  readonly continueConversation: (
    reference: Partial<ConversationReference>,
    activity: Partial<Activity>,
    onTurn: (context: TurnContext) => Promise<void>,
  ) => Promise<void>;
  readonly onTurn: (context: TurnContext, onSaved?: () => void) => Promise<void>;
  readonly log: Pick<Logger, 'error'>;
};

const textKey = Symbol('web-report');

/** The text that the turn brings; never a part of the activity, which others can send too. */
export function webReportText({ turnState }: TurnContext): string | null {
  return turnState.get<string | undefined>(textKey) ?? null;
}

/** Brings reports into their conversations, each by a turn like that of any activity. */
export function createWebReports({ continueConversation, onTurn, log }: WebReportDependencies): WebReports {
  const running = new Set<Promise<void>>();
  return {
    take({ reference, activityId, text }) {
      const saved = Promise.withResolvers<void>();
      const activity = { type: ActivityTypes.Event, name: 'handshake/report', id: activityId };
      const turn = continueConversation(reference, activity, (context) => {
        context.turnState.set(textKey, text);
        return onTurn(context, saved.resolve);
      });
      const ended = turn.then(saved.resolve, (error: unknown) => {
        log.error({ err: error, conversation: reference.conversation?.id }, 'report by web not handled');
        saved.reject(error);
      });
      running.add(ended);
      ended.finally(() => running.delete(ended));
      return saved.promise;
    },
    async settle() {
      await Promise.all(running);
    },
  };
}
