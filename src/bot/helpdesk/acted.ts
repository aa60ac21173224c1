import type { DeskAction } from '../../cards/helpdesk-actions.ts';

/** A sentence of the catalogue, under `helpdesk.agent`. */
export type Say = (name: string, values?: Readonly<Record<string, string>>) => string;

export type Overview = 'queue' | 'mine' | 'breaching';

export type Acted = {
  readonly changed: boolean;
  /** What the agent hears in the thread; most actions show on the card, and say nothing. */
  readonly answer:
    | { readonly kind: 'none' }
    | { readonly kind: 'text'; readonly text: string }
    | { readonly kind: 'overview'; readonly of: Overview };
};

export const none: Acted = { changed: false, answer: { kind: 'none' } };

export function text(words: string): Acted {
  return { changed: false, answer: { kind: 'text', text: words } };
}

export function withAnswer(acted: Acted, words: string): Acted {
  return acted.changed ? { ...acted, answer: { kind: 'text', text: words } } : acted;
}

const telling: ReadonlySet<DeskAction> = new Set(['reply', 'solve', 'hand-back', 'reject']);

/** A button posts nothing in the thread: without this, colleagues would not see what the person was told. */
export function quoting(
  acted: Acted,
  say: Say,
  press: { readonly action: DeskAction; readonly text: string },
  names: { readonly by: string; readonly name: string },
): Acted {
  const { action, text: words } = press;
  const isQuoted = telling.has(action) && words !== '';
  return isQuoted ? withAnswer(acted, say('told', { ...names, text: words })) : acted;
}
