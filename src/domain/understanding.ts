import type { Os } from './os.ts';

/** What a person's message says, as far as the bot understands it. Several things can be said at once. */
export type Understanding = {
  /** Error codes named, normalised to `0x8004de40`, in the order named, without repeats. */
  readonly codes: readonly string[];
  readonly os: Os | null;
  /** True when the OS was given as a number alone ("10"): it counts only where the OS was asked for. */
  readonly bareOs: boolean;
  /** What it is instead of a Windows PC; `os` is `other` then. */
  readonly device: Device | null;
  readonly command: Command | null;
  readonly answer: SpokenAnswer | null;
};

export type Device = 'mac' | 'phone' | 'linux';

/** Things that can be asked for at any time. */
export type Command =
  | 'help'
  | 'back'
  | 'start-over'
  | 'status'
  | 'cancel'
  | 'person'
  /** A ticket is to be taken back. */
  | 'withdraw'
  /** On with the bot, while a person has the case. */
  | 'bot'
  | 'check'
  | 'guide';

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
