import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

type Listening = { readonly host: string; readonly port: number; readonly publicUrl: string };

/**
 * Settles which port 0, "any free one", is: links to this server are written before it listens. Somebody else may
 * take the port in between; then listening fails, and says so.
 */
export async function settlePort<Config extends Listening>(config: Config): Promise<Config> {
  if (config.port !== 0) return config;
  const probe = createServer().listen(0, config.host);
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return { ...config, port, publicUrl: config.publicUrl.replace(/:0$/, `:${port}`) };
}

/** Another program, perhaps another Handshake, listens on the port. */
export class PortTaken extends Error {
  readonly code = 'port-taken';

  constructor(port: number, cause: unknown) {
    super(`Port ${port} is in use by another program. Stop that one, or set PORT to another number.`, {
      cause,
    });
  }
}

/** Listens, or throws PortTaken where somebody else does. */
export async function listenOn<Address>(port: number, listen: () => Promise<Address>): Promise<Address> {
  return await listen().catch((cause: unknown) => {
    throw isPortTaken(cause) ? new PortTaken(port, cause) : cause;
  });
}

function isPortTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}
