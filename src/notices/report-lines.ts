import type { DeliveryRow } from './notice-desk.ts';

type Pages = AsyncIterable<readonly DeliveryRow[]>;

const columns = [
  ...(['personId', 'name', 'impact', 'cause', 'os', 'site', 'state', 'reason', 'reasonInWords'] as const),
  ...(['sentAt', 'acknowledgedAt', 'checkedAt', 'fixedAt'] as const),
];

/** By it, Excel knows that the file is in UTF-8; else it shows umlauts as two signs each. */
const byteOrderMark = '\ufeff';

/** The report as CSV (RFC 4180), page by page: lines end in CR LF, the first one names the columns. */
export async function* csvOf(pages: Pages, sayReason: (reason: string) => string): AsyncGenerator<string> {
  yield `${byteOrderMark}${columns.join(',')}\r\n`;
  for await (const page of pages) yield page.map((row) => lineOf(row, sayReason)).join('');
}

function lineOf(row: DeliveryRow, sayReason: (reason: string) => string): string {
  const said = { ...row, reasonInWords: row.reason === null ? null : sayReason(row.reason) };
  return `${columns.map((column) => cell(said[column])).join(',')}\r\n`;
}

/** The report as one JSON object, page by page: `{"deliveries":[…]}`. */
export async function* jsonOf(pages: Pages): AsyncGenerator<string> {
  yield '{"deliveries":[';
  let isFirst = true;
  for await (const page of pages) {
    if (page.length === 0) continue;
    yield `${isFirst ? '' : ','}${page.map((row) => JSON.stringify(row)).join(',')}`;
    isFirst = false;
  }
  yield ']}';
}

/** People choose their names: a spreadsheet would run one that begins like a formula. */
function cell(value: string | null): string {
  const text = value ?? '';
  const safe = /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
