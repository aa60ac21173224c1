import { z } from 'zod';
import type { HandoffNews } from '../domain/decision.ts';
import { type FormInputs, type PressName, pressNames } from '../domain/press.ts';
import type { AskedByNotice } from './asked-by-notice.ts';

/** What an activity brought, after everything that needs the network was done; not judged yet. */
export type Received =
  /** Nothing that the bot answers: typing, reactions, somebody else joining. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'arrived' }
  | { readonly kind: 'pressed'; readonly pressed: Pressed }
  /** `attached` names a file that came along and could not be read; empty where there was none. */
  | { readonly kind: 'text'; readonly text: string; readonly attached: string }
  /** `words` is what was written with it. */
  | { readonly kind: 'file'; readonly text: string; readonly name: string; readonly words: string }
  | { readonly kind: 'no-report'; readonly problem: string; readonly name: string }
  | { readonly kind: 'handoff'; readonly what: HandoffNews }
  /** A button of a notice, whose binding was checked. */
  | { readonly kind: 'asked'; readonly press: AskedByNotice }
  /** The person answered the question whether a file may be saved to their OneDrive. */
  | { readonly kind: 'file-answered'; readonly answer: FileAnswer };

/** `failed` is the lane's end, not the conversation's: the link and the command are still there. */
export type FileAnswer =
  | { readonly kind: 'declined' }
  | { readonly kind: 'failed' }
  | {
      readonly kind: 'saved';
      readonly attachment: { readonly contentType: string; readonly content: unknown };
    };

export type Pressed = {
  readonly name: PressName;
  readonly value: string | null;
  readonly binding: string;
  readonly form?: FormInputs;
};

const pressed = z.object({
  press: z.enum(pressNames),
  value: z.string().max(8_000).optional(),
  binding: z.string().max(200),
  note: z.string().max(8_000).optional(),
  stars: z.string().max(10).optional(),
  urgency: z.string().max(20).optional(),
  contact: z.string().max(8_000).optional(),
  time: z.string().max(8_000).optional(),
});

/** Reads the `value` of a card's Action.Submit; null when it is not one of ours. */
export function readPressed(value: unknown): Pressed | null {
  const parsed = pressed.safeParse(value);
  if (!parsed.success) return null;
  const { press: name, binding, urgency, contact, time } = parsed.data;
  const read = { name, value: answerOf(parsed.data), binding };
  if (name !== 'send-ticket') return read;
  const form = { urgency, contact, time };
  return { ...read, form: Object.fromEntries(Object.entries(form).filter(([, text]) => text !== undefined)) };
}

/** The card of a ticket has two inputs; each of its buttons means its own. */
function answerOf({ press, value, note, stars }: z.infer<typeof pressed>): string | null {
  if (press === 'ticket-note') return note ?? null;
  return (press === 'ticket-rate' ? stars : value) ?? null;
}
