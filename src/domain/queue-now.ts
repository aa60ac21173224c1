/** How the helpdesk's queue stands, as far as it is known; null is not known, and is said so or left out. */
export type QueueNow = {
  /** Tickets that nobody has taken yet. */
  readonly waiting: number | null;
  /** Of one ticket among them, 1 is next; null for none or one that is not in the queue. */
  readonly place: number | null;
  /** From opening to taking over, the median of the last 30 days. */
  readonly usualMinutes: number | null;
  /** When the helpdesk opens next; null while it is open or its hours are not known. */
  readonly opensAt: Date | null;
};
