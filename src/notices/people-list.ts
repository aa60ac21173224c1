import { CsvError, parse } from 'csv-parse/sync';
import { isTimeZone } from '../domain/hours.ts';
import type { ListedPerson } from './people-store.ts';

/** What is wrong with a line; `got` is what stands there. */
export type ListProblem = {
  readonly line: number;
  readonly why:
    | 'unreadable'
    | 'header'
    | 'columns'
    | 'entra-id'
    | 'twice'
    | 'language'
    | 'time-zone'
    | 'long';
  readonly got: string;
};

export type PeopleList =
  | { readonly kind: 'list'; readonly people: readonly ListedPerson[] }
  | { readonly kind: 'broken'; readonly problems: readonly ListProblem[] };

const columns = ['entra id', 'name', 'site', 'language', 'time zone'] as const;
type Column = (typeof columns)[number];
type Row = { readonly line: number; readonly cells: readonly string[] };

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const language = /^[a-z]{2,3}(-[a-z0-9]{2,8}){0,3}$/i;
const longest = 200;

/**
 * Reads a CSV file with a header row; `Entra id` must be there, the other columns may. Fields are parted by commas or, as
 * some spreadsheets do, by semicolons. All of it is right, or none of it is taken.
 */
export function readPeopleList(text: string): PeopleList {
  const rows = readRows(text);
  if ('why' in rows) return { kind: 'broken', problems: [rows] };
  const [header, ...lines] = rows;
  const names = header?.cells.map((cell) => cell.toLowerCase()) ?? [];
  const isKnown = names.every((name, index) => isColumn(name) && names.indexOf(name) === index);
  if (!isKnown || !names.includes('entra id')) {
    return { kind: 'broken', problems: [{ line: 1, why: 'header', got: header?.cells.join(', ') ?? '' }] };
  }
  const seen = new Set<string>();
  const problems = lines.flatMap((row) => problemsOf(row, names, seen));
  if (problems.length > 0) return { kind: 'broken', problems };
  return { kind: 'list', people: lines.map((row) => personOf(row, names)) };
}

function readRows(text: string): readonly Row[] | ListProblem {
  const [first = ''] = text.split('\n', 1);
  const delimiter = first.includes(';') && !first.includes(',') ? ';' : ',';
  try {
    const options = { bom: true, trim: true, info: true, skip_empty_lines: true, relax_column_count: true };
    const records: readonly unknown[] = parse(text, { ...options, delimiter, max_record_size: 20_000 });
    return (records as readonly { info: { lines: number }; record: string[] }[]).map(({ info, record }) => ({
      line: info.lines,
      cells: record,
    }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error.lines === 'number' ? error.lines : 1;
    return { line, why: 'unreadable', got: error.code };
  }
}

function isColumn(name: string): name is Column {
  return columns.some((column) => column === name);
}

function problemsOf(row: Row, names: readonly string[], seen: Set<string>): readonly ListProblem[] {
  const { line, cells } = row;
  if (cells.length !== names.length) return [{ line, why: 'columns', got: String(cells.length) }];
  const found: ListProblem[] = [];
  const problem = (why: ListProblem['why'], got: string) => found.push({ line, why, got: got.slice(0, 60) });
  const entraId = cellOf(row, names, 'entra id')?.toLowerCase() ?? '';
  if (!guid.test(entraId)) problem('entra-id', entraId);
  else if (seen.has(entraId)) problem('twice', entraId);
  seen.add(entraId);
  const spoken = cellOf(row, names, 'language');
  if (spoken !== null && !language.test(spoken)) problem('language', spoken);
  const zone = cellOf(row, names, 'time zone');
  if (zone !== null && !isTimeZone(zone)) problem('time-zone', zone);
  const long = cells.find((cell) => cell.length > longest);
  if (long !== undefined) problem('long', long);
  return found;
}

function personOf(row: Row, names: readonly string[]): ListedPerson {
  return {
    entraId: cellOf(row, names, 'entra id')?.toLowerCase() ?? '',
    name: cellOf(row, names, 'name'),
    site: cellOf(row, names, 'site'),
    language: cellOf(row, names, 'language'),
    timeZone: cellOf(row, names, 'time zone'),
  };
}

/** Null where the list does not have the column, or the cell is empty. */
function cellOf({ cells }: Row, names: readonly string[], column: Column): string | null {
  return cells[names.indexOf(column)] || null;
}
