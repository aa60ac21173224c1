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
