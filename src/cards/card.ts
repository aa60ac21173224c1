import type { Binding, PressName } from '../domain/press.ts';

/** An Adaptive Card, ready to be attached to an activity. */
export type Card = {
  readonly contentType: 'application/vnd.microsoft.card.adaptive';
  readonly content: Readonly<Record<string, unknown>>;
  /** Heading of the card: what its answered form and a notification show. */
  readonly title: string;
};

/** A button as the templates draw it: `Action.Submit` with this data. */
export type Button = {
  readonly title: string;
  readonly data: { readonly press: PressName; readonly value?: string; readonly binding: Binding };
};
