import { type Activity, ActivityTypes, type TurnContext } from 'botbuilder';
import { askedByNotice } from './asked-by-notice.ts';
import { handoffNewsOf } from './handoff-news.ts';
import type { FileAnswer, Received } from './received.ts';
import { readPressed } from './received.ts';
import { webReportText } from './web-report.ts';

export type Receive = (context: TurnContext) => Promise<Received>;

/** What an attachment came to: the text of a file, or the reason why there is none. */
export type Brought =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'no-report'; readonly problem: string };

export type ReceiveDependencies = {
  /** Fetches the file that a message brings; null when it brings none. */
  readonly fetchFile: (activity: Activity) => Promise<Brought | null>;
  /** True when `fetchFile` will go to the network for this activity. */
  readonly bringsFile: (activity: Activity) => boolean;
  /** Saves the script to where the person allowed it; null when the value is no file consent of ours. */
  readonly answerConsent: (value: unknown) => Promise<FileAnswer | null>;
  /** Tells the person that something slow began. */
  readonly showTyping: (context: TurnContext) => Promise<void>;
};

const nothing: Received = { kind: 'nothing' };

/** Reads an activity, fetching what it points to. The rest of the turn works on this alone. */
export function createReceive(deps: ReceiveDependencies): Receive {
  return async (context) => {
    const { activity } = context;
    const asked = askedByNotice(context);
    if (asked !== null) return { kind: 'asked', press: asked };
    switch (activity.type) {
      case ActivityTypes.Message:
        return receiveMessage(deps, context);
      case ActivityTypes.InstallationUpdate:
        return activity.action?.startsWith('add') ? { kind: 'arrived' } : nothing;
      case ActivityTypes.ConversationUpdate:
        return isBotAdded(activity) ? { kind: 'arrived' } : nothing;
      case ActivityTypes.Event:
        return receiveEvent(context);
      case ActivityTypes.Invoke:
        return receiveInvoke(deps, activity);
      default:
        return nothing;
    }
  };
}

async function receiveMessage(deps: ReceiveDependencies, context: TurnContext): Promise<Received> {
  const { activity } = context;
  if (activity.value !== undefined && activity.value !== null) {
    const pressed = readPressed(activity.value);
    return pressed === null ? { kind: 'pressed', pressed: unknownPress } : { kind: 'pressed', pressed };
  }
  if (deps.bringsFile(activity)) await deps.showTyping(context);
  const brought = await deps.fetchFile(activity);
  const text = activity.text?.trim() ?? '';
  const name = brought === null ? '' : fileNameOf(activity);
  if (brought?.kind === 'text') return { kind: 'file', text: brought.text, name, words: text };
  if (brought !== null && text === '') return { ...brought, name };
  return text === '' ? nothing : { kind: 'text', text, attached: name };
}

/** For showing alone. */
function fileNameOf({ attachments }: Activity): string {
  const named = attachments?.find(({ name }) => (name ?? '') !== '')?.name ?? '';
  return (named.split(/[/\\]/).at(-1) ?? '').slice(0, 200);
}

/** An event of our own; what it brings is no part of the activity, which others can send too. */
function receiveEvent(context: TurnContext): Received {
  const text = webReportText(context);
  if (text !== null) return { kind: 'file', text, name: '', words: '' };
  const what = handoffNewsOf(context);
  return what === null ? nothing : { kind: 'handoff', what };
}

/** A press that no card of ours made matches no showing, so it is answered like an old one. */
const unknownPress = { name: 'continue', value: null, binding: '' } as const;

async function receiveInvoke(deps: ReceiveDependencies, activity: Activity): Promise<Received> {
  if (activity.name !== 'fileConsent/invoke') return nothing;
  const answer = await deps.answerConsent(activity.value);
  return answer === null ? nothing : { kind: 'file-answered', answer };
}

function isBotAdded({ membersAdded, recipient }: Activity): boolean {
  return membersAdded?.some(({ id }) => id === recipient?.id) ?? false;
}
