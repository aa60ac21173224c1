import { isDeepStrictEqual } from 'node:util';
import type { DialogContext } from 'botbuilder-dialogs';
import type { Place } from '../../domain/case.ts';
import type { Move } from '../../domain/decision.ts';
import { placeOf } from './place-dialog.ts';

/** Moves the dialog stack as decided and shows the place that is then on top. */
export async function moveStack(dialogs: DialogContext, move: Move): Promise<void> {
  switch (move.to) {
    case 'stay':
      return;
    case 'again':
      return dialogs.repromptDialog();
    case 'forward':
      return forward(dialogs, move.place);
    case 'back':
      return back(dialogs, move.past);
    case 'start':
      await dialogs.cancelAllDialogs();
      await dialogs.beginDialog(move.place.at, { place: move.place });
  }
}

/** The place on top, null on an empty stack. */
export function placeOnTop(dialogs: DialogContext): Place | null {
  return dialogs.activeDialog === undefined ? null : placeOf(dialogs.activeDialog);
}

/** The place that was shown before the one on top. */
export function placeBefore(dialogs: DialogContext): Place | null {
  const before = dialogs.stack.at(-2);
  return before === undefined ? null : placeOf(before);
}

/** A place that was already passed is returned to, so that the stack never holds one twice. */
async function forward(dialogs: DialogContext, place: Place): Promise<void> {
  if (!dialogs.stack.some((instance) => isDeepStrictEqual(placeOf(instance), place))) {
    await dialogs.beginDialog(place.at, { place });
    return;
  }
  while (!isDeepStrictEqual(placeOnTop(dialogs), place)) await dialogs.endDialog();
  await dialogs.repromptDialog();
}

async function back(dialogs: DialogContext, past: readonly string[]): Promise<void> {
  if (past.length === 0) await dialogs.endDialog();
  while (dialogs.stack.length > 1 && past.includes(placeOnTop(dialogs)?.at ?? '')) await dialogs.endDialog();
  const top = placeOnTop(dialogs);
  if (top === null || past.includes(top.at))
    return moveStack(dialogs, { to: 'start', place: { at: 'code' } });
  await dialogs.repromptDialog();
}
