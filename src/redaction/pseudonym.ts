/** What a name is the name of; the table in docs/report-format.md. */
export const nameKinds = ['user', 'mail', 'host', 'domain', 'tenant', 'id', 'sid', 'ip', 'token'] as const;
export type NameKind = (typeof nameKinds)[number];

const pseudonyms =
  /(?<![\p{L}\p{N}-])(user|mail|host|domain|tenant|id|sid|ip|token)-([1-9]\d{0,5})(?![\p{L}\p{N}])/gu;

export type Standing = {
  readonly start: number;
  readonly end: number;
  readonly kind: NameKind;
  readonly count: number;
};

/** The pseudonyms that a text holds already, in their order. */
export function findPseudonyms(text: string): readonly Standing[] {
  return [...text.matchAll(pseudonyms)].map((found) => ({
    start: found.index,
    end: found.index + found[0].length,
    kind: found[1] as NameKind,
    count: Number(found[2]),
  }));
}
