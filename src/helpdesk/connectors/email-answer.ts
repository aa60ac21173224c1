/** Longer answers are cut; nobody writes them to a person in a chat. */
const longest = 10_000;

/** What somebody wrote into an answer, without what mail programs put below and around it. */
export function answerOf(text: string, marker: string): string {
  const lines = text.replaceAll('\r\n', '\n').replaceAll('\u00a0', ' ').split('\n');
  const end = lines.findIndex((line, index) => line.includes(marker) || beginsOld(lines, index));
  const kept = end === -1 ? lines : lines.slice(0, end);
  const answer = withoutQuote(kept);
  const wasCut = answer.length < lines.length;
  const own = withoutSignature(wasCut ? withoutAttribution(answer) : answer);
  return [...own.join('\n').trim()].slice(0, longest).join('');
}

/** Headers of the mail that is answered, as Outlook and others write them above it. */
function beginsOld(lines: readonly string[], index: number): boolean {
  const line = (lines[index] ?? '').trim();
  if (/^-{3,}\s?[A-Za-zÀ-ÿ ]{1,40}-{3,}$/.test(line) || /^_{20,}$/.test(line)) return true;
  if (!/^\*?(From|Von|De|Da|Van)\s?:/.test(line)) return false;
  const below = lines.slice(index + 1, index + 4);
  return below.some((other) =>
    /^\*?(Sent|Date|Gesendet|Datum|Envoyé|Inviato|Enviado|Verzonden)\s?:/.test(other),
  );
}

/** Quoted lines at the end; those in between belong to answers between them. */
function withoutQuote(lines: readonly string[]): readonly string[] {
  const last = lines.findLastIndex((line) => line.trim() !== '' && !line.startsWith('>'));
  const hasQuote = lines.slice(last + 1).some((line) => line.startsWith('>'));
  return hasQuote ? lines.slice(0, last + 1) : lines;
}

/** `On Tuesday Grace <g@desk.example> wrote:` above a quote, on up to three lines. */
function withoutAttribution(lines: readonly string[]): readonly string[] {
  const last = lines.findLastIndex((line) => line.trim() !== '');
  if (last === -1 || !(lines[last] ?? '').trimEnd().endsWith(':')) return lines;
  const before = lines.slice(0, last).findLastIndex((line) => line.trim() === '');
  const paragraph = lines.slice(before + 1, last + 1);
  const isAttribution = paragraph.length <= 3 && /[@\d]/.test(paragraph.join(' '));
  return isAttribution ? lines.slice(0, before + 1) : lines;
}

function withoutSignature(lines: readonly string[]): readonly string[] {
  const start = lines.findIndex((line) => line === '-- ' || line === '--');
  return start === -1 ? lines : lines.slice(0, start);
}
