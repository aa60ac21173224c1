import { z } from 'zod';
import { type PressName, pressNames } from '../domain/press.ts';

/** What an activity brought, after everything that needs the network was done; not judged yet. */
export type Received =
  /** Nothing that the bot answers: typing, reactions, somebody else joining. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'arrived' }
  | { readonly kind: 'pressed'; readonly pressed: Pressed }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'file'; readonly text: string }
  | { readonly kind: 'no-report'; readonly problem: string }
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

export type Pressed = { readonly name: PressName; readonly value: string | null; readonly binding: string };

const pressed = z.object({
  press: z.enum(pressNames),
  value: z.string().max(8_000).optional(),
  binding: z.string().max(200),
});

/** Reads the `value` of a card's Action.Submit; null when it is not one of ours. */
export function readPressed(value: unknown): Pressed | null {
  const parsed = pressed.safeParse(value);
  if (!parsed.success) return null;
  return { name: parsed.data.press, value: parsed.data.value ?? null, binding: parsed.data.binding };
}
