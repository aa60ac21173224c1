import { open } from 'node:fs/promises';

export type ReadOutcome =
  | { readonly kind: 'read'; readonly bytes: Uint8Array }
  | { readonly kind: 'too-big' }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** At most `limit` bytes of the file (`-` is standard input), or why there are none. */
export async function readFileOrInput(file: string, limit: number): Promise<ReadOutcome> {
  try {
    if (file === '-') return await collect(process.stdin, limit);
    await using handle = await open(file, 'r');
    return await collect(handle.createReadStream({ autoClose: false }), limit);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'an unknown error';
    return { kind: 'unreadable', reason: code };
  }
}

/** Stops as soon as there is too much, so that a device file or an endless pipe does no harm. */
async function collect(stream: AsyncIterable<unknown>, limit: number): Promise<ReadOutcome> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    size += bytes.length;
    if (size > limit) return { kind: 'too-big' };
    chunks.push(bytes);
  }
  return { kind: 'read', bytes: Buffer.concat(chunks) };
}

/** `not-utf8` would turn every umlaut into the same sign, and nobody would notice. */
export type TextFile =
  | { readonly kind: 'text'; readonly text: string }
  | Exclude<ReadOutcome, { kind: 'read' }>
  | { readonly kind: 'not-utf8' };

/** A file that somebody wrote for the program, in UTF-8, or in UTF-16 with its mark, as PowerShell redirects. */
export async function readTextFile(file: string, limit: number): Promise<TextFile> {
  const found = await readFileOrInput(file, limit);
  if (found.kind !== 'read') return found;
  try {
    return {
      kind: 'text',
      text: new TextDecoder(encodingOf(found.bytes), { fatal: true }).decode(found.bytes),
    };
  } catch {
    return { kind: 'not-utf8' };
  }
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}
