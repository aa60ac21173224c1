/** Encoded queries of ServiceNow, as far as our connector uses them; anything else is an error of the connector. */

export type Row = Readonly<Record<string, string>>;

type Condition = (row: Row, now: number) => boolean;
export type Query = { readonly conditions: readonly Condition[]; readonly orderBy: string | null };

/**
 * Source: https://www.servicenow.com/docs, "Operators available for filters and queries". A real instance leaves
 * out a condition that it does not understand, and so finds too much; this one throws.
 */
export function readQuery(text: string): Query {
  const parts = text.split('^').filter((part) => part !== '');
  const order = parts.find((part) => part.startsWith('ORDERBY'));
  return {
    conditions: parts.filter((part) => part !== order).map(readCondition),
    orderBy: order?.slice('ORDERBY'.length) ?? null,
  };
}

function readCondition(part: string): Condition {
  const relative = /^([a-z_.]+)RELATIVEGT@minute@ago@(\d+)$/.exec(part);
  if (relative !== null) {
    const [, field = '', minutes = ''] = relative;
    return (row, now) => Date.parse(`${row[field]?.replace(' ', 'T')}Z`) > now - Number(minutes) * 60_000;
  }
  const [, field = '', operator = '', value = ''] = /^([a-z_.]+)(=|IN|LIKE)(.*)$/s.exec(part) ?? [];
  switch (operator) {
    case '=':
      return (row) => (row[field] ?? '').toLowerCase() === value.toLowerCase();
    case 'IN':
      return (row) => value.split(',').includes(row[field] ?? '');
    case 'LIKE':
      return (row) => (row[field] ?? '').toLowerCase().includes(value.toLowerCase());
  }
  throw new Error(`not a condition that is known here: ${part}`);
}

export function select<R extends Row>(rows: readonly R[], { conditions, orderBy }: Query, now: number): R[] {
  const found = rows.filter((row) => conditions.every((holds) => holds(row, now)));
  if (orderBy === null) return found;
  return found.sort((a, b) => (a[orderBy] ?? '').localeCompare(b[orderBy] ?? ''));
}
