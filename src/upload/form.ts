import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import { Busboy, type BusboyInstance } from '@fastify/busboy';

/** The body of a request that is still to be read, and what its head said. */
export type Form = Readable & { readonly headers: IncomingHttpHeaders };

export type Sent =
  /** A file's bytes, or pasted text in UTF-8. */
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'too-large' }
  /** Not a form, or cut off. */
  | { readonly kind: 'malformed' };

/** Bytes of a report, as for files from the chat; ours have about 10 KB. */
export const mostBytes = 2 * 1024 * 1024;
/**
 * A file that is far too large is read to its end and dropped, because a browser that is cut off while it sends
 * shows an error of its own. Beyond this nobody is that patient.
 */
const mostBytesRead = 32 * 1024 * 1024;

const limits = {
  fileSize: mostBytes,
  fieldSize: mostBytes,
  files: 1,
  fields: 2,
  parts: 3,
  fieldNameSize: 50,
  headerPairs: 20,
  headerSize: 4096,
};

/** Reads the one file or the one text of a form; nothing of it is written anywhere. Never throws. */
export function readForm(form: Form): Promise<Sent> {
  const parser = createParser(form.headers);
  if (parser === null) {
    form.resume();
    return Promise.resolve({ kind: 'malformed' });
  }
  return collect(form, parser);
}

function createParser(headers: IncomingHttpHeaders): BusboyInstance | null {
  const type = headers['content-type'] ?? '';
  if (!/^(?:multipart\/form-data|application\/x-www-form-urlencoded)\b/i.test(type)) return null;
  try {
    return new Busboy({ headers: { ...headers, 'content-type': type }, limits });
  } catch {
    return null;
  }
}

function collect(form: Form, parser: BusboyInstance): Promise<Sent> {
  const chunks: Buffer[] = [];
  let pasted = '';
  let isCut = false;
  let read = 0;
  parser.on('file', (_name, file) => {
    file.on('data', (chunk: Buffer) => chunks.push(chunk));
    file.on('limit', () => {
      isCut = true;
    });
    // The parser tells of it too; an error of a stream that nobody hears ends the process.
    file.on('error', () => undefined);
  });
  parser.on('field', (name, value, _nameCut, valueCut) => {
    if (name === 'text') pasted = value;
    isCut ||= valueCut;
  });
  return new Promise((resolve) => {
    form.on('data', (chunk: Buffer) => {
      read += chunk.length;
      if (read > mostBytesRead) form.destroy();
    });
    // It closes after its end too, perhaps before the parser has finished.
    form.on('close', () => {
      if (!form.readableEnded) resolve({ kind: read > mostBytesRead ? 'too-large' : 'malformed' });
    });
    parser.on('error', () => {
      form.unpipe(parser);
      form.resume();
      resolve({ kind: 'malformed' });
    });
    parser.on('finish', () => resolve(isCut ? { kind: 'too-large' } : toSent(Buffer.concat(chunks), pasted)));
    form.pipe(parser);
  });
}

/** A file goes before a text; an empty file field is what a browser sends when none was chosen. */
function toSent(file: Buffer, pasted: string): Sent {
  if (file.length > 0) return { kind: 'bytes', bytes: file };
  return pasted.trim() === '' ? { kind: 'nothing' } : { kind: 'bytes', bytes: Buffer.from(pasted, 'utf8') };
}
