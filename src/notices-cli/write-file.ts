import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

type Lines = AsyncIterable<string>;

export type Written =
  | { readonly kind: 'written' }
  /** `reason` is a code such as `ENOENT`. */
  | { readonly kind: 'refused'; readonly reason: string };

export type ReportWriters = {
  readonly writeFile: (file: string, lines: Lines) => Promise<Written>;
  readonly writeOut: (lines: Lines) => Promise<void>;
};

export const systemWriters: ReportWriters = { writeFile: writeWholeFile, writeOut: writeToOutput };

/** The whole file or none, and the one that was there stays until then; nobody else may read it. */
async function writeWholeFile(file: string, lines: Lines): Promise<Written> {
  const part = `${file}.${process.pid}.part`;
  try {
    await pipeline(Readable.from(lines), createWriteStream(part, { mode: 0o600, flags: 'wx' }));
    await rename(part, file);
    return { kind: 'written' };
  } catch (error) {
    await rm(part, { force: true });
    if (!(error instanceof Error && 'syscall' in error && 'code' in error)) throw error;
    return { kind: 'refused', reason: String(error.code) };
  }
}

async function writeToOutput(lines: Lines): Promise<void> {
  await pipeline(Readable.from(lines), process.stdout, { end: false }).catch((error: unknown) => {
    // Whoever reads, such as `head`, has seen enough.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPIPE')) throw error;
  });
}
