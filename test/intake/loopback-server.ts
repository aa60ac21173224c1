import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type LoopbackServer = {
  readonly url: string;
  /** Connections that were opened so far. */
  connections(): number;
  close(): Promise<void>;
};

/** A real server on this machine, for tests. `close` cuts what is still open. */
export async function startServer(listener: RequestListener): Promise<LoopbackServer> {
  const server: Server = createServer(listener);
  let count = 0;
  server.on('connection', (socket) => {
    count += 1;
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    connections: () => count,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Elsewhere in the process restify has patched `writeHead`, which then returns nothing to chain on. */
export function answer(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>> = {},
  body = '',
): void {
  response.writeHead(status, { ...headers });
  response.end(body);
}
