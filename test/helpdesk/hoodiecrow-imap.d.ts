declare module 'hoodiecrow-imap' {
  import type { Server } from 'node:net';

  type ImapServer = {
    readonly server: Server;
    listen(port: number, host: string, done: () => void): void;
    close(done: () => void): void;
    appendMessage(folder: string, flags: readonly string[], date: Date | false, raw: string): unknown;
  };
  // biome-ignore lint/style/noDefaultExport: the package is CommonJS, its one export is this function.
  export default function createServer(options: {
    readonly users: Readonly<Record<string, { readonly password: string }>>;
    readonly plugins: readonly string[];
    readonly storage: object;
  }): ImapServer;
}
