import type { Card } from './card.ts';

/** Bytes. Teams takes 28 KB; mobile clients get slow well before. */
export const largestCard = 24_000;

/** The first of the sizes at which the card fits into a message, else the last; they go from the most to the least. */
export function fitCard<Size>(sizes: readonly [Size, ...Size[]], draw: (size: Size) => Card): Card {
  const [first, ...smaller] = sizes;
  let card = draw(first);
  for (const size of smaller) {
    if (bytesOf(card) <= largestCard) break;
    card = draw(size);
  }
  return card;
}

export function bytesOf({ content }: Card): number {
  return Buffer.byteLength(JSON.stringify(content));
}
