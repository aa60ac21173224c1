import type { Fact } from '../../domain/diagnosis.ts';
import type { Line } from '../lines.ts';
import { hasMark, mark } from '../marks.ts';
import { isChange, isPrompt } from './commands.ts';
import type { Reading } from './reading.ts';
import { type SuiteLine, scanSuiteLine } from './suite-tokens.ts';

type Block = {
  readonly fact: 'cipher.cmdlet' | 'cipher.local' | 'cipher.policy';
  readonly names: string[];
  readonly lines: number[];
  /** A command, a table header or a field name says that this is what the machine printed. */
  trusted: boolean;
  cut: boolean;
};

type Context = 'none' | 'listing' | 'filtered' | 'ignored';
type Reader = { context: Context; block: Block | null; prose: number; readonly blocks: Block[] };

const field =
  /^"?(?:KeyType|Certificate|M(?:ax|in)imumExchangeLength|Exchange|HashLength|Hash|CipherBlockLength|CipherLength|BaseCipherSuite|CipherSuite|Cipher|Protocols|PS\w{2,20})"? ?:/i;
/** `Name : TLS_…`, in JSON `"Name": "TLS_…"`, in CLIXML `<S N="Name">TLS_…` or, of bare names, `<S>TLS_…`. */
const namedField = /(?:^|[{,] ?)["']?Name["']? ?[:=] ?["']?TLS|<S(?: N="Name")?>TLS/i;
const header = /^(?:\| ?)?["']?(?:KeyType|Certificate|Name|TlsCipherSuiteName|#TYPE)\b["']?(?:[ ,]|$)/i;
/** What stands between the names in CLIXML. */
const element = /^<[/?]?[A-Za-z]/;
const punctuation = /^[\s[\]{},;|+=_-]*$/;
const cutMark = /^\W{0,3}(?:\.\.\.|…|truncated|snip(?:ped)?|more)\W{0,5}$/i;

/**
 * Reads suite lists: Get-TlsCipherSuite as list, table, JSON or CSV, and bare names. Names that occur in
 * prose, in commands or beside a label such as "Missing" are not what the machine offers.
 */
export function readSuites(lines: readonly Line[], trusted = false): Reading {
  const reader: Reader = { context: trusted ? 'listing' : 'none', block: null, prose: 0, blocks: [] };
  let taken = 0;
  lines.forEach((line, index) => {
    if (line.plain === '') {
      endIgnored(reader);
      taken = 0;
      return;
    }
    const scanned = scanSuiteLine(line, lines[index + 1], taken);
    readSuiteLine(reader, scanned);
    taken = scanned.taken;
  });
  const blocks = chooseBlocks(reader);
  return {
    kind: 'cipher-suites',
    facts: toFacts(blocks),
    used: new Set(blocks.flatMap((block) => block.lines)),
  };
}

function readSuiteLine(reader: Reader, scanned: SuiteLine): void {
  // Names alone are no command and no prose.
  if (scanned.pure) {
    readNames(reader, scanned);
    return;
  }
  const plain = scanned.text.trim();
  const { marks } = scanned.line;
  const hasSuites = scanned.names.length > 0 || scanned.cut;
  if (plain === '') return;
  if (isChange(plain, marks)) {
    startContext(reader, 'ignored');
    return;
  }
  if (!hasSuites && hasMark(marks, mark.hyphen) && /get-tlsciphersuite/i.test(plain)) {
    startListing(reader, plain);
    return;
  }
  if (isPrompt(plain)) {
    startContext(reader, 'none');
    return;
  }
  if (hasSuites) {
    readNames(reader, scanned);
    return;
  }
  if (header.test(plain) && !plain.includes(' : ')) {
    reader.context = reader.context === 'filtered' ? 'filtered' : 'listing';
    return;
  }
  // Where nothing is open, only prose is counted.
  if (reader.context === 'none' && reader.block === null && !hasWords(plain, 8)) return;
  const isCut = cutMark.test(plain);
  if (isCut && reader.block !== null) reader.block.cut = true;
  if (isCut || field.test(plain) || punctuation.test(plain) || element.test(plain)) return;
  if (hasWords(plain, 8)) reader.prose += 1;
  startContext(reader, 'none');
}

/** True when single blanks part at least so many words. */
function hasWords(text: string, least: number): boolean {
  let words = 1;
  for (let at = text.indexOf(' '); at >= 0 && words < least; at = text.indexOf(' ', at + 1)) words += 1;
  return words >= least;
}

function endIgnored(reader: Reader): void {
  if (reader.context === 'ignored') startContext(reader, 'none');
}

function startContext(reader: Reader, context: Context): void {
  reader.context = context;
  reader.block = null;
}

/** A command that asks for some suites only shows a part; a sentence about the command is not one. */
function startListing(reader: Reader, plain: string): void {
  const isCommand = isPrompt(plain) || !hasWords(plain, 9);
  if (!isCommand) {
    reader.prose += 1;
    startContext(reader, 'none');
    return;
  }
  const filter = /-name\b|where|\?|select-string|findstr|-first|-last|-match|-like/i;
  const rest = plain.slice(plain.toLowerCase().indexOf('get-tlsciphersuite'));
  startContext(reader, filter.test(rest) ? 'filtered' : 'listing');
}

function readNames(reader: Reader, scanned: SuiteLine): void {
  const plain = scanned.text.trim();
  const { marks } = scanned.line;
  const hasColon = hasMark(marks, mark.colon);
  const label = hasColon ? /^([^:]{1,80}): ?(?=TLS_)/i.exec(plain)?.[1] : undefined;
  const isField = hasColon || hasMark(marks, mark.equals) || hasMark(marks, mark.less);
  const named = isField && namedField.test(plain);
  if (reader.context === 'ignored') return;
  if (label !== undefined && !named && !scanned.pure) {
    readLabelled(reader, scanned, label);
    return;
  }
  const listed = reader.context === 'listing' || reader.context === 'filtered';
  if (!named && !scanned.pure && !listed) {
    reader.prose += 1;
    reader.block = null;
    return;
  }
  addNames(reader, 'cipher.cmdlet', scanned, named || listed);
}

/** A checker prints only those suites that it requires, so what it allows is a part of the list. */
function readLabelled(reader: Reader, scanned: SuiteLine, label: string): void {
  startContext(reader, 'ignored');
  if (!/\ballowed\b/i.test(label)) return;
  addNames(reader, /\b(?:gp|policy)\b/i.test(label) ? 'cipher.policy' : 'cipher.local', scanned, true);
  if (reader.block !== null) reader.block.cut = true;
  reader.block = null;
}

function addNames(reader: Reader, fact: Block['fact'], scanned: SuiteLine, trusted: boolean): void {
  if (reader.block?.fact !== fact) {
    reader.block = { fact, names: [], lines: [], trusted: false, cut: reader.context === 'filtered' };
    reader.blocks.push(reader.block);
  }
  const { block } = reader;
  block.names.push(...scanned.names);
  block.lines.push(scanned.line.number);
  block.trusted ||= trusted;
  block.cut ||= scanned.cut;
}

/** Bare names count only where the text is a list, not where an article speaks of suites. */
function chooseBlocks(reader: Reader): readonly Block[] {
  const trusted = reader.blocks.filter((block) => block.trusted);
  if (trusted.length > 0) return trusted;
  const bare = reader.blocks.filter((block) => block.lines.length > 1 || block.names.length > 1);
  const listed = bare.reduce((sum, block) => sum + block.lines.length, 0);
  return listed > reader.prose ? bare : [];
}

/** Several different lists (another machine, before and after) are only sure of what they share. */
function toFacts(blocks: readonly Block[]): readonly Fact[] {
  const facts: Fact[] = [];
  for (const name of ['cipher.cmdlet', 'cipher.policy', 'cipher.local'] as const) {
    const lists = blocks.filter((block) => block.fact === name && (block.names.length > 0 || block.cut));
    const [first, ...others] = lists;
    const line = first?.lines[0];
    if (first === undefined || line === undefined) continue;
    const shared = [...new Set(first.names)].filter((suite) =>
      others.every((list) => list.names.includes(suite)),
    );
    const several =
      others.some((list) => new Set(list.names).size !== shared.length) ||
      shared.length < new Set(first.names).size;
    if (shared.length > 0) facts.push({ name, value: shared, line });
    if (several) facts.push({ name: 'cipher.several', value: true, line: others[0]?.lines[0] ?? line });
    const cut = lists.find((list) => list.cut);
    if (cut !== undefined)
      facts.push({ name: 'cipher.truncated', value: true, line: cut.lines.at(-1) ?? line });
  }
  return facts;
}
