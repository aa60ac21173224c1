import type { Os } from './os.ts';

/** What a person's message says, as far as the bot understands it. Several things can be said at once. */
export type Understanding = {
  /** Error codes named, normalised to `0x8004de40`, in the order named, without repeats. */
  readonly codes: readonly string[];
  readonly os: Os | null;
  readonly command: Command | null;
  readonly answer: SpokenAnswer | null;
};

/** Things that can be asked for at any time. */
export type Command = 'help' | 'back' | 'start-over' | 'status' | 'cancel' | 'person' | 'check' | 'guide';

/** Words that stand for a button of the card on show. */
export type SpokenAnswer =
  | 'yes'
  | 'no'
  | 'works'
  | 'broken'
  | 'cannot'
  | 'unknown'
  | 'done'
  | 'greeting'
  | 'thanks';
