import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { bodyOf, json, send } from './http-double.ts';

export type HostedFile = {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly contentType?: string;
  /** The status to answer in place of the file: 403 for a lapsed link. */
  readonly refuses?: number;
};

export type Upload = {
  readonly id: string;
  readonly bytes: Buffer;
  readonly headers: IncomingHttpHeaders;
};

export type FileHost = {
  /** Path of a download that needs no token, as in the user's OneDrive. */
  host(file: HostedFile): string;
  /** Path that takes one PUT, as in the `uploadInfo` of a file consent. */
  openUpload(): { readonly id: string; readonly path: string };
  readonly uploads: readonly Upload[];
  readonly downloads: readonly { readonly path: string; readonly authorization: string | undefined }[];
  /** Answers requests below `/files/`, `/upload/` and `/v3/attachments/`; false when the path is no file. */
  answer(request: IncomingMessage, response: ServerResponse): Promise<boolean>;
};

/** `isFromBot` tells a good Authorization header, which only pasted images need. */
export function createFileHost(
  nextId: () => string,
  isFromBot: (authorization: string) => Promise<boolean>,
): FileHost {
  const files = new Map<string, HostedFile>();
  const uploads: Upload[] = [];
  const downloads: { path: string; authorization: string | undefined }[] = [];
  const open = new Set<string>();

  return {
    uploads,
    downloads,
    host(file) {
      const path = `/files/${nextId()}/${encodeURIComponent(file.name)}`;
      files.set(path, file);
      return path;
    },
    openUpload() {
      const id = nextId();
      open.add(`/upload/${id}`);
      return { id, path: `/upload/${id}` };
    },
    async answer(request, response) {
      const path = request.url?.split('?')[0] ?? '';
      const file = files.get(path) ?? pastedImage(files, path);
      if (request.method === 'GET' && file !== undefined) {
        if (!files.has(path) && !(await isFromBot(request.headers.authorization ?? ''))) {
          send(json(401, { error: { code: 'Unauthorized' } }), response);
          return true;
        }
        downloads.push({ path, authorization: request.headers.authorization });
        sendFile(file, response);
        return true;
      }
      if (request.method === 'PUT' && open.has(path)) {
        const { headers } = request;
        takeUpload({ id: path.slice(8), bytes: await bodyOf(request), headers }, uploads, response);
        return true;
      }
      return false;
    },
  };
}

/** A pasted image is read by its attachment id, `/v3/attachments/<id>/views/original`. */
function pastedImage(files: ReadonlyMap<string, HostedFile>, path: string): HostedFile | undefined {
  const id = /\/v3\/attachments\/([^/]+)\/views\/original$/.exec(path)?.[1];
  if (id === undefined) return undefined;
  for (const [key, file] of files) if (key.startsWith(`/files/${id}/`)) return file;
  return undefined;
}

function sendFile(file: HostedFile, response: ServerResponse): void {
  if (file.refuses !== undefined) {
    send(json(file.refuses, { error: { code: 'unauthenticated' } }), response);
    return;
  }
  response.writeHead(200, {
    'Content-Type': file.contentType ?? 'application/octet-stream',
    'Content-Length': file.bytes.byteLength,
  });
  response.end(file.bytes);
}

/** OneDrive takes a whole file in one range, `bytes 0-{n-1}/{n}`, and refuses any other. */
function takeUpload(upload: Upload, uploads: Upload[], response: ServerResponse): void {
  const size = upload.bytes.byteLength;
  if (upload.headers['content-range'] !== `bytes 0-${size - 1}/${size}`) {
    send(json(416, { error: { code: 'invalidRange' } }), response);
    return;
  }
  uploads.push(upload);
  send(json(201, { id: upload.id, size }), response);
}
