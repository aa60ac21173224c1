import type { ShownMessage } from './connector-threads.ts';

// biome-ignore lint/suspicious/noExplicitAny: tests read into cards freely
export type ShownCard = { readonly id: string; readonly content: any };

const cardType = 'application/vnd.microsoft.card.adaptive';

/** The card of a message; none or one. */
export function cardOf(message: ShownMessage): ShownCard[] {
  const card = message.activity.attachments?.find((attachment) => attachment.contentType === cardType);
  return card === undefined ? [] : [{ id: message.id, content: card.content }];
}

type CardAction = {
  readonly type: string;
  readonly title?: string;
  readonly verb?: string;
  readonly data?: object;
};

/** Looks through the whole card, since buttons also sit in action sets and cells. */
export function findAction(card: unknown, title: string): CardAction {
  const found: CardAction[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const action = value as CardAction;
    if (typeof action.type === 'string' && action.type.startsWith('Action.')) found.push(action);
    for (const part of Object.values(value)) visit(part);
  };
  visit(card);
  const action = found.find((one) => one.title === title);
  if (action === undefined) {
    throw new Error(`no button "${title}"; there are: ${found.map((one) => one.title).join(', ')}`);
  }
  return action;
}

export function lastOf<T>(list: readonly T[], complaint: string): T {
  const last = list.at(-1);
  if (last === undefined) throw new Error(complaint);
  return last;
}
