import type { TeamsUser } from '../doubles/teams-user.ts';

/** Picks by a seed, so that a failed run can be had again. */
export type Random = () => number;

export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    // mulberry32: short, and even enough for choosing what a person does next.
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A person who goes on and on, and says everything again until the server has taken it, as Teams does. */
export type Walker = {
  readonly user: TeamsUser;
  /** Words that are in no other message, of the messages that the server has taken. */
  readonly said: readonly string[];
  /** The same of pasted tool output. */
  readonly pasted: readonly string[];
  /** How many activities the server has taken in all. */
  readonly taken: () => number;
  /** Does one thing; false when the server did not take it, which the next call tries again. */
  act(): Promise<boolean>;
  /** Only tries again what the server has not taken yet. */
  settle(): Promise<boolean>;
};

const phrases = [
  '0x8004de40 on windows 10',
  'guide me step by step',
  'still broken',
  'back',
  'status',
  'check my pc',
  'no idea what you mean',
  'start over',
  'can I talk to a person',
];

type Pending = { readonly kind: 'said' | 'pasted' | 'pressed'; readonly mark: string };

export function createWalker(user: TeamsUser, random: Random): Walker {
  const said: string[] = [];
  const pasted: string[] = [];
  let pending: Pending | null = null;
  let taken = 0;
  let count = 0;

  const isTaken = async (answer: Promise<{ readonly status: number }>): Promise<boolean> => {
    const { status } = await answer.catch(() => ({ status: 0 }));
    if (status < 200 || status > 299) return false;
    taken += 1;
    if (pending?.kind === 'said') said.push(pending.mark);
    if (pending?.kind === 'pasted') pasted.push(pending.mark);
    pending = null;
    return true;
  };

  const next = (): Promise<boolean> => {
    const mark = `mark-${user.profile.id.slice(3)}-${++count}.`;
    const chance = random();
    const button = chance < 0.4 ? anyButton(user, random) : null;
    if (button !== null) {
      pending = { kind: 'pressed', mark };
      return isTaken(user.presses(button.value, button.card));
    }
    if (chance > 0.9) {
      pending = { kind: 'pasted', mark };
      return isTaken(user.says(`Name\n----\nTLS_RSA_WITH_AES_128_CBC_SHA\n${mark}`));
    }
    pending = { kind: 'said', mark };
    return isTaken(user.says(`${phrases[Math.floor(random() * phrases.length)]} ${mark}`));
  };
  const settle = async () => pending === null || isTaken(user.repeats());

  return {
    user,
    said,
    pasted,
    taken: () => taken,
    settle,
    act: () => (pending === null ? next() : settle()),
  };
}

/** A button of the newest card, if it has any, with an answer filled in. */
function anyButton(user: TeamsUser, random: Random) {
  const [card] = user.cardsShown().slice(-1);
  const actions = (card?.content.actions ?? []).filter(
    ({ type }: { type: string }) => type === 'Action.Submit',
  );
  if (card === undefined || actions.length === 0) return null;
  const { data } = actions[Math.floor(random() * actions.length)];
  return { card: card.id, value: { value: 'unknown', ...data } };
}
