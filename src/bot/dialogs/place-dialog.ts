import type { TurnContext } from 'botbuilder';
import { Dialog, type DialogContext, type DialogInstance, type DialogTurnResult } from 'botbuilder-dialogs';
import type { Place, PlaceName } from '../../domain/case.ts';

/** What a place dialog needs from the rest of the bot. */
export type Conduct = {
  show(context: TurnContext, place: Place): void;
  /** Takes what came in, decides, and moves the stack. */
  takeInput(dialogs: DialogContext): Promise<void>;
};

/** One place of a conversation as a Bot Framework dialog; the stack of dialogs is the way that was come. */
export class PlaceDialog extends Dialog<{ place: Place }> {
  private readonly conduct: Conduct;

  constructor(at: PlaceName, conduct: Conduct) {
    super(at);
    this.conduct = conduct;
  }

  override async beginDialog(dialogs: DialogContext, { place }: { place: Place }): Promise<DialogTurnResult> {
    (dialogs.activeDialog as DialogInstance).state = { place };
    this.conduct.show(dialogs.context, place);
    return Dialog.EndOfTurn;
  }

  override async continueDialog(dialogs: DialogContext): Promise<DialogTurnResult> {
    await this.conduct.takeInput(dialogs);
    return Dialog.EndOfTurn;
  }

  /** Going back over several places shows only the last of them, so showing is left to repromptDialog. */
  override async resumeDialog(): Promise<DialogTurnResult> {
    return Dialog.EndOfTurn;
  }

  override async repromptDialog(context: TurnContext, instance: DialogInstance): Promise<void> {
    this.conduct.show(context, placeOf(instance));
  }
}

export function placeOf(instance: DialogInstance): Place {
  return (instance.state as { place: Place }).place;
}
