import type { TurnContext } from 'botbuilder';

/** What a notice can ask of the dialogs; each is a press of their own. */
export type AskedByNotice = 'choose-check' | 'person';

const askedKey = Symbol('asked-by-notice');

/** A button of a notice begins a turn; never a part of the activity, which others can send too. */
export function askByNotice({ turnState, activity }: TurnContext, asked: AskedByNotice): void {
  turnState.set(askedKey, asked);
  // The notice is no card of the dialogs: without this they would replace it by the answered form of theirs.
  activity.replyToId = undefined as unknown as string;
}

export function askedByNotice({ turnState }: TurnContext): AskedByNotice | null {
  return turnState.get<AskedByNotice | undefined>(askedKey) ?? null;
}
