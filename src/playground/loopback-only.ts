import { Server } from 'node:net';

// The Agents Playground listens on every interface and the bot behind it asks for no sign-in, so anyone in the
// same network could reach it. Preloaded into the Playground, this makes a bare port mean 127.0.0.1.
const listen = Server.prototype.listen as (this: Server, ...args: unknown[]) => Server;

Server.prototype.listen = function (this: Server, ...args: unknown[]) {
  const [port, host] = args;
  const bare = typeof port === 'number' && typeof host !== 'string';
  return listen.apply(this, bare ? [port, '127.0.0.1', ...args.slice(1)] : args);
} as typeof Server.prototype.listen;
