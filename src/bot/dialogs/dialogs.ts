import type { StatePropertyAccessor, TurnContext } from 'botbuilder';
import { type DialogContext, DialogSet, type DialogState } from 'botbuilder-dialogs';
import type { PlaceName } from '../../domain/case.ts';
import { decide } from '../../domain/decide.ts';
import type { Decision, Knowledge } from '../../domain/decision.ts';
import { caseOf, type Draft, draftOf, edit, record } from '../draft.ts';
import { moveStack, placeBefore, placeOnTop } from './move-stack.ts';
import { type Conduct, PlaceDialog } from './place-dialog.ts';
import type { Presentation } from './presentation.ts';

const places: Readonly<Record<PlaceName, true>> = {
  code: true,
  'other-code': true,
  os: true,
  way: true,
  node: true,
  script: true,
  'by-hand': true,
  result: true,
  cannot: true,
  person: true,
  preview: true,
  withdraw: true,
  solved: true,
  closed: true,
};

export type Dialogs = { run(context: TurnContext): Promise<void> };

/** The bot's dialog stack: one dialog a kind of place. */
export function createDialogs(knowledge: Knowledge, presentation: Presentation): Dialogs {
  const conduct: Conduct = {
    show: (context, place) => presentation.showPlace(draftOf(context), place),
    takeInput: (dialogs) => takeInput(dialogs, knowledge, presentation),
  };
  const dialogs = new DialogSet(stackAccessor);
  for (const at of Object.keys(places) as PlaceName[]) dialogs.add(new PlaceDialog(at, conduct));

  return {
    async run(context) {
      const stack = await dialogs.createContext(context);
      if (stack.activeDialog === undefined) await conduct.takeInput(stack);
      else await stack.continueDialog();
    },
  };
}

/** The stack lives in the draft, so that it is saved with everything else of the turn or not at all. */
const stackAccessor = {
  get: async (context: TurnContext) => draftOf(context).conversation.dialogs,
  set: async (context: TurnContext, value: DialogState) => {
    draftOf(context).conversation.dialogs = value;
  },
  delete: async (context: TurnContext) => {
    draftOf(context).conversation.dialogs = { dialogStack: [] };
  },
} as StatePropertyAccessor<DialogState>;

async function takeInput(
  dialogs: DialogContext,
  knowledge: Knowledge,
  presentation: Presentation,
): Promise<void> {
  const draft = draftOf(dialogs.context);
  const situation = {
    case: caseOf(draft),
    place: placeOnTop(dialogs),
    before: placeBefore(dialogs),
    tickets: draft.tickets,
  };
  const decision = decide(situation, draft.input, knowledge, draft.ids);
  const { shownTitle, serial } = draft.conversation;
  draft.conversation.case = decision.case;
  for (const { kind, data } of decision.events) record(draft, kind, data);
  for (const note of decision.notes) presentation.sayNote(draft, note, placeOnTop(dialogs));
  await moveStack(dialogs, decision.move);
  draft.opened = decision.ticket;
  draft.acts = decision.acts;
  const answered = shownTitle !== null && draft.conversation.serial > serial;
  if (answered) markAnswered(draft, shownTitle, decision, presentation);
}

/** The card that was on show loses its buttons, so that nothing can be pressed twice. */
function markAnswered(draft: Draft, title: string, decision: Decision, presentation: Presentation): void {
  if (draft.cardOnShow === null) return;
  edit(draft, draft.cardOnShow, presentation.answeredCard(title, decision));
}
