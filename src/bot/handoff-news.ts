import { ActivityTypes, type TurnContext } from 'botbuilder';
import type { Logger } from 'pino';
import type { HandoffNews } from '../domain/decision.ts';
import type { PendingNews } from './turn-store.ts';
import type { WebReportDependencies } from './web-report.ts';

export type HandoffNewsDependencies = Pick<WebReportDependencies, 'continueConversation' | 'onTurn'> & {
  /** News whose turn has not been saved yet. */
  readonly listPending: () => Promise<readonly PendingNews[]>;
  readonly log: Pick<Logger, 'warn'>;
};

const newsKey = Symbol('handoff-news');

/** What the turn brings; never a part of the activity, which others can send too. */
export function handoffNewsOf({ turnState }: TurnContext): HandoffNews | null {
  return turnState.get<HandoffNews | undefined>(newsKey) ?? null;
}

/** The activity of the turn has this id, so that the same news has one effect. */
export function newsActivityId({ ticketId, version }: Pick<PendingNews, 'ticketId' | 'version'>): string {
  return `handshake-handoff/${ticketId}/${version}`;
}

/** Runs a turn in the conversation for each news; what fails is pending still. Returns how many it took up. */
export async function bringNews(deps: HandoffNewsDependencies): Promise<number> {
  const pending = await deps.listPending();
  for (const news of pending) {
    await bring(deps, news).catch((error: unknown) =>
      deps.log.warn({ err: error, ticket: news.ticketId, version: news.version }, 'news not brought yet'),
    );
  }
  return pending.length;
}

function bring({ continueConversation, onTurn }: HandoffNewsDependencies, news: PendingNews): Promise<void> {
  const activity = { type: ActivityTypes.Event, name: 'handshake/handoff', id: newsActivityId(news) };
  return continueConversation(news.reference, activity, (context) => {
    context.turnState.set(newsKey, news.what);
    return onTurn(context);
  });
}
