export type Part = Readonly<Record<string, unknown>> & { readonly type?: unknown };

/** Every object in a card, from the outside in. */
export function partsOf(value: unknown): readonly Part[] {
  if (Array.isArray(value)) return value.flatMap(partsOf);
  if (typeof value !== 'object' || value === null) return [];
  return [value as Part, ...Object.values(value).flatMap(partsOf)];
}

export function partsOfType(value: unknown, type: string): readonly Part[] {
  return partsOf(value).filter((part) => part.type === type);
}

/** The presses that a card offers, in order. */
export function pressesOf(content: unknown): readonly unknown[] {
  return partsOfType(content, 'Action.Submit').map(({ data }) => (data as Part).press);
}

/** Everything that people read on a card, in one text. */
export function textOf(content: unknown): string {
  return partsOf(content)
    .flatMap(({ text, label, title, placeholder }) => [text, label, title, placeholder])
    .filter((words) => typeof words === 'string')
    .join('\n');
}
