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
  /** Resolves when the report is saved, now or before, and the chat was told. Rejects when it is not saved. */
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
  readonly onTurn: (context: TurnContext) => Promise<void>;
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
    async take({ reference, activityId, text }) {
      const activity = { type: ActivityTypes.Event, name: 'handshake/report', id: activityId };
      const turn = continueConversation(reference, activity, (context) => {
        context.turnState.set(textKey, text);
        return onTurn(context);
      });
      running.add(turn);
      try {
        await turn;
      } catch (error) {
        log.error({ err: error, conversation: reference.conversation?.id }, 'report by web not handled');
        throw error;
      } finally {
        running.delete(turn);
      }
    },
    async settle() {
      await Promise.allSettled(running);
    },
  };
}
