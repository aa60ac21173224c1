/** An answer that is kept, to be given again. */
export type KeptAnswer = {
  readonly status: number;
  readonly type: string;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
};

/** A request that its caller can send again: their id, and the Idempotency-Key that they chose. */
export type RequestKey = { readonly caller: string; readonly key: string };

export type Claim =
  | { readonly kind: 'new' }
  | { readonly kind: 'answered'; readonly answer: KeptAnswer }
  /** Under way, or cut off by a crash: nobody knows yet what came of it. */
  | { readonly kind: 'open' }
  /** The key was used for another request. */
  | { readonly kind: 'other' };

/** Requests of the last day, of all processes. */
export type RequestMemory = {
  /** The first one who claims the key may run the request; `print` tells requests apart. */
  claim(request: RequestKey, print: string, now: Date): Promise<Claim>;
  keep(request: RequestKey, answer: KeptAnswer): Promise<void>;
  /** Nothing came of it, so it may be sent again. */
  release(request: RequestKey): Promise<void>;
};
