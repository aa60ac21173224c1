import type { Notice } from '../domain/notice.ts';

/**
 * A card of an administrator that is edited when its notice goes on. `waiting`: the notice as it was at `version`, until
 * the next one; `progress`: how it is sent, of one version for ever, 0; `news`: what its author has to hear of a version,
 * sent once and not edited.
 */
export type CardKey = {
  readonly noticeId: string;
  /** Entra object id. */
  readonly official: string;
  readonly kind: 'waiting' | 'progress' | 'news';
  readonly version: number;
};

type Reference = Readonly<Record<string, unknown>>;

export type PlannedCard = CardKey & { readonly reference: Reference };

export type KeptCard = PlannedCard & {
  /** Null while it was not sent. */
  readonly activityId: string | null;
  /** What it shows, in a form that can be compared. */
  readonly print: string | null;
  /** Since it was last edited, this one included. */
  readonly attempts: number;
};

/** What somebody, or the clock, did to a notice. */
export type NoticeEvent = { readonly what: string; readonly name: string; readonly reason: string };

export type Seer = { readonly id: string; readonly name: string };

/** A card as it was when it was claimed. */
export type CardInHand = CardKey & Pick<KeptCard, 'activityId'>;

export type CardStore = {
  /** Cards to be sent, each once: those that are there already stay as they are. Returns how many are new. */
  plan(cards: readonly PlannedCard[], now: Date): Promise<number>;
  /** The message shows this from now on, and nothing else; it is looked at again at `dueAt`. */
  keep(card: PlannedCard & { readonly activityId: string }, dueAt: Date, now: Date): Promise<void>;
  /** Cards that have to be sent or looked at, for a minute for this process alone. */
  claim(now: Date, limit: number): Promise<readonly KeptCard[]>;
  /**
   * This and the next two end a claim. They change nothing where another message shows the card since: what became of
   * the old one is of no interest any more.
   */
  shown(card: CardInHand, shown: Pick<KeptCard, 'activityId' | 'print'>, dueAt: Date): Promise<void>;
  wait(card: CardInHand, dueAt: Date): Promise<void>;
  /** It is not edited any more; the reason is for whoever looks into the database. */
  end(card: CardInHand, reason: string, now: Date): Promise<void>;
  /** Who was shown this version of the notice. */
  seenBy(noticeId: string, version: number): Promise<readonly Seer[]>;
  /** What made this version of the notice; null where nothing is known of it. */
  eventAt(noticeId: string, version: number): Promise<NoticeEvent | null>;
  listAwaiting(): Promise<readonly Notice[]>;
  /** Notices that were rejected or stopped by themselves lately, and whose authors were not told. */
  listUntold(since: Date): Promise<readonly Notice[]>;
  /** Notices whose sending began lately, and of whose progress nobody has a card. */
  listUnshown(since: Date): Promise<readonly Notice[]>;
};
