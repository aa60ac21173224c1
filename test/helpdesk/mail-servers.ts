import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import hoodiecrow from 'hoodiecrow-imap';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import type { Fault } from './connector-peer.ts';

export const login = { user: 'handshake@bot.example', password: 'canary-mail-password' } as const;

export type SmtpDouble = {
  readonly port: number;
  /** What was taken, as it came over the wire. */
  readonly mails: Buffer[];
  setFault(fault: Fault | null): Promise<void>;
  close(): Promise<void>;
};

/** A real SMTP server (npm `smtp-server`) that can fail at each step of the protocol. */
export async function startSmtp(): Promise<SmtpDouble> {
  const mails: Buffer[] = [];
  let fault: Fault | null = null;
  const sockets = new Set<Socket>();
  const refuse = (code: number) => Object.assign(new Error('no'), { responseCode: code });
  const options: SMTPServerOptions = {
    authMethods: ['PLAIN', 'LOGIN'],
    allowInsecureAuth: true,
    hideSTARTTLS: true,
    disableReverseLookup: true,
    logger: false,
    onAuth({ username, password }, _session, done) {
      const known = username === login.user && password === login.password && fault !== 'locked-out';
      if (known) done(null, { user: username });
      else done(refuse(535));
    },
    onMailFrom: (_address, _session, done) => done(fault === 'busy' ? refuse(450) : null),
    onRcptTo: (_address, _session, done) => done(fault === 'refusal' ? refuse(550) : null),
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (fault === 'lost-request') return;
        if (fault === 'broken') return done(refuse(451));
        mails.push(Buffer.concat(chunks));
        if (fault === 'lost-answer') for (const socket of sockets) socket.destroy();
        else done(null);
      });
    },
  };
  const server = new SMTPServer(options);
  server.on('error', () => undefined);
  server.server.on('connection', (socket: Socket) => {
    socket.setNoDelay(true);
    setImmediate(greetAtOnce, server);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const inner = (server.server.address() as AddressInfo).port;
  const door = await openDoor(inner, sockets);
  return {
    port: door.port,
    mails,
    async setFault(next) {
      fault = next;
      await (next === 'no-connection' ? door.shut() : door.open());
    },
    async close() {
      await door.shut();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

const greeted = new WeakSet<object>();

/** `smtp-server` keeps each client waiting for 100 ms, to catch those that talk too soon. No need for it here. */
function greetAtOnce({ connections }: SMTPServer): void {
  for (const connection of connections) {
    if (greeted.has(connection)) continue;
    greeted.add(connection);
    connection.connectionReady();
    connection.connectionReady = () => undefined;
  }
}

/** Stands in front of a server, so that it can be shut and opened again while the server stays. */
export async function openDoor(inner: number, sockets = new Set<Socket>()) {
  const door = createServer((socket) => {
    const onward = connect(inner, '127.0.0.1');
    sockets.add(socket);
    for (const one of [socket, onward]) {
      one.setNoDelay(true);
      one.on('error', () => undefined);
      one.on('close', () => {
        sockets.delete(socket);
        socket.destroy();
        onward.destroy();
      });
    }
    socket.pipe(onward).pipe(socket);
  });
  const listen = (at: number) =>
    new Promise<void>((resolve) => door.listen(at, '127.0.0.1', () => resolve()));
  await listen(0);
  const { port } = door.address() as AddressInfo;
  return {
    port,
    open: async () => (door.listening ? undefined : await listen(port)),
    async shut() {
      if (!door.listening) return;
      const closed = new Promise<void>((resolve) => door.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

export type ImapDouble = {
  readonly port: number;
  /** A mail arrives. */
  append(raw: string): Promise<void>;
  setFault(fault: Fault | null): Promise<void>;
  close(): Promise<void>;
};

/** A mailbox with IMAP (npm `hoodiecrow-imap`). */
export async function startImap(): Promise<ImapDouble> {
  const users: Record<string, { password: string }> = { [login.user]: { password: login.password } };
  const server = hoodiecrow({
    users,
    plugins: ['ID', 'NAMESPACE', 'UNSELECT', 'ENABLE', 'SASL-IR', 'LITERALPLUS', 'AUTH-PLAIN'],
    storage: { INBOX: { messages: [] }, '': { separator: '/', folders: {} } },
  });
  const sockets = new Set<Socket>();
  server.server.on('connection', (socket) => socket.setNoDelay(true));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const door = await openDoor((server.server.address() as AddressInfo).port, sockets);
  return {
    port: door.port,
    async append(raw) {
      server.appendMessage('INBOX', [], false, raw);
    },
    async setFault(fault) {
      users[login.user] = { password: fault === 'locked-out' ? 'another' : login.password };
      await (fault === 'no-connection' ? door.shut() : door.open());
    },
    async close() {
      await door.shut();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
