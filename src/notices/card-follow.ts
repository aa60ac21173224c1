import type { CardStore, KeptCard } from './card-store.ts';

/** A card as it should be now. `againMs` is until it is looked at next; null: this is its last form. */
export type DrawnCard = {
  readonly activity: Readonly<Record<string, unknown>>;
  readonly print: string;
  readonly againMs: number | null;
};

export type CardOutcome =
  | { readonly kind: 'sent'; readonly activityId: string | null }
  | { readonly kind: 'later'; readonly retryAfterSeconds: number }
  | { readonly kind: 'unknown'; readonly reason: string }
  | { readonly kind: 'refused'; readonly reason: string };

export type FollowParts = {
  readonly store: Pick<CardStore, 'claim' | 'shown' | 'wait' | 'end'>;
  /** Null where there is nothing to show any more. */
  readonly draw: (card: KeptCard) => Promise<DrawnCard | null>;
  /** Sends the card, or edits it where it has an activity id. Never rejects. */
  readonly deliver: (card: KeptCard, activity: DrawnCard['activity']) => Promise<CardOutcome>;
  /** Keeps what it tells of the person that Teams refused a card. */
  readonly lose: (card: KeptCard, reason: string) => Promise<void>;
  readonly now: () => Date;
};

/** As many at once as fit well into the time for which they are claimed. */
const batch = 5;
const mostTries = 5;
const pauseMs = 10_000;

/** Sends and edits the cards that are due. Several processes may do so at once: each card is one's alone. */
export async function followCards(parts: FollowParts): Promise<void> {
  for (;;) {
    const cards = await parts.store.claim(parts.now(), batch);
    await Promise.all(cards.map((card) => followOne(parts, card)));
    if (cards.length < batch) return;
  }
}

async function followOne({ store, draw, deliver, lose, now }: FollowParts, card: KeptCard): Promise<void> {
  const later = (ms: number) => new Date(now().getTime() + ms);
  const drawn = await draw(card);
  if (drawn === null) return store.end(card, 'nothing to show', now());
  const { print, againMs } = drawn;
  const isNew = card.activityId === null || card.print !== print;
  const outcome = isNew ? await deliver(card, drawn.activity) : null;
  switch (outcome?.kind) {
    case undefined:
      return againMs === null ? store.end(card, 'done', now()) : store.wait(card, later(againMs));
    case 'sent': {
      const activityId = outcome.activityId ?? card.activityId;
      await store.shown(card, { activityId, print }, later(againMs ?? 0));
      const shown = { ...card, activityId };
      if (activityId === null) return store.end(shown, 'sent, but not under which id', now());
      return againMs === null ? store.end(shown, 'done', now()) : undefined;
    }
    case 'later':
      return store.wait(card, later(outcome.retryAfterSeconds * 1_000));
    case 'unknown':
      // An edit may be made twice, and a card of an administrator may come twice; but not again and again.
      if (card.attempts < mostTries) return store.wait(card, later(pauseMs));
      return store.end(card, outcome.reason, now());
    case 'refused':
      await lose(card, outcome.reason);
      return store.end(card, outcome.reason, now());
  }
}
