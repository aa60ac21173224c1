import { codeAlphabet } from './domain/check-code.ts';
import { answerJson, type Handler } from './http-guards.ts';
import { codedName } from './scripts/catalogue.ts';

/** A file that people download; its path names its content, so it never changes. */
export type Download = {
  readonly fileName: string;
  readonly bytes: Uint8Array;
  readonly size: number;
  /** Hexadecimal. */
  readonly sha256: string;
  readonly path: string;
  readonly contentType: string;
};

/** Serves the files by their exact paths; no path of a request ever reaches the disk. */
export function serveDownloads(downloads: readonly Download[]): Handler {
  const byPath = new Map(downloads.map((download) => [download.path, download]));
  return (request, response, next) => {
    const asked = request.url?.split('?')[0] ?? '';
    const [path, code] = withoutCode(asked);
    const download = byPath.get(path);
    if (download === undefined) {
      answerJson(response, 404, { error: 'not-found' });
      next();
      return;
    }
    const etag = `"${download.sha256}"`;
    const isKnown = request.headers['if-none-match'] === etag;
    response.statusCode = isKnown ? 304 : 200;
    for (const [name, value] of headersOf(download, etag, code)) response.setHeader(name, value);
    response.end(isKnown || request.method === 'HEAD' ? undefined : download.bytes);
    next();
  };
}

const codeInName = new RegExp(`-([${codeAlphabet}]{8})(?=\\.[a-z0-9]{1,5}$)`);

/** A script may be asked for under a name with a check code in it: gives its own path, and that code. */
function withoutCode(path: string): readonly [string, string | null] {
  return [path.replace(codeInName, ''), codeInName.exec(path)?.[1] ?? null];
}

function headersOf(
  download: Download,
  etag: string,
  code: string | null,
): readonly (readonly [string, string])[] {
  const fileName = code === null ? download.fileName : codedName(download.fileName, code);
  const digest = Buffer.from(download.sha256, 'hex').toString('base64');
  return [
    ['Content-Type', download.contentType],
    ['Content-Length', String(download.size)],
    ['Content-Disposition', `attachment; filename="${fileName}"`],
    ['Cache-Control', 'public, max-age=31536000, immutable'],
    ['ETag', etag],
    ['Repr-Digest', `sha-256=:${digest}:`],
    ['X-Checksum-SHA256', download.sha256],
  ];
}
