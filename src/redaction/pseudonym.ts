/** What a name is the name of; the table in docs/report-format.md. */
export const nameKinds = ['user', 'mail', 'host', 'domain', 'tenant', 'id', 'sid', 'ip', 'token'] as const;
export type NameKind = (typeof nameKinds)[number];

const pseudonym =
  /(?<![\p{L}\p{N}])(user|mail|host|domain|tenant|id|sid|ip|token)-([1-9]\d{0,5})(?![\p{L}\p{N}])/gu;

export type Standing = {
  readonly start: number;
  readonly end: number;
  readonly kind: NameKind;
  readonly count: number;
};

/** The pseudonyms that a text holds already, in their order. */
export function findPseudonyms(text: string): readonly Standing[] {
  const standing: Standing[] = [];
  for (const { 0: whole, 1: kind, 2: count, index } of text.matchAll(pseudonym)) {
    // Behind a hyphen it is the end of a longer word, unless another pseudonym stands before that.
    const isPart = /[\p{L}\p{N}]-{1,3}$/u.test(text.slice(Math.max(index - 4, 0), index));
    if (isPart && standing.at(-1)?.end !== index - 1) continue;
    standing.push({ start: index, end: index + whole.length, kind: kind as NameKind, count: Number(count) });
  }
  return standing;
}
