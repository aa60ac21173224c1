import { ConnectorClient, ConnectorFactory } from 'botframework-connector';
import type { SignWithToken } from './credentials.ts';
import { requireTrusted, type TrustedHosts } from './guards/service-url.ts';
import { type Agents, sendOnce } from './guards/single-post.ts';

export type ConnectorOptions = {
  readonly trusted: TrustedHosts;
  readonly signing: SignWithToken;
  readonly agents: Agents;
  readonly timeoutMilliseconds: number;
};

/** Few serviceUrls exist, one a region; a limit keeps strange ones from filling the memory. */
const most = 100;

/** Hands out one guarded client a serviceUrl; building one a turn, as the SDK does, costs more than the turn. */
export class GuardedConnectors extends ConnectorFactory {
  readonly #options: ConnectorOptions;
  readonly #clients = new Map<string, Promise<ConnectorClient>>();

  constructor(options: ConnectorOptions) {
    super();
    this.#options = options;
  }

  /** Throws UntrustedServiceUrl before any token is asked for. The audience is always the channel's. */
  override async create(serviceUrl: string): Promise<ConnectorClient> {
    const trusted = requireTrusted(serviceUrl, this.#options.trusted);
    const known = this.#clients.get(trusted);
    if (known !== undefined) return known;
    const client = this.#build(trusted);
    if (this.#clients.size >= most) this.#clients.clear();
    this.#clients.set(trusted, client);
    return client;
  }

  async #build(serviceUrl: string): Promise<ConnectorClient> {
    const { signing, agents, timeoutMilliseconds } = this.#options;
    const client = new ConnectorClient(await signing.createCredentials(), { baseUri: serviceUrl });
    return sendOnce(client, agents, timeoutMilliseconds);
  }
}
