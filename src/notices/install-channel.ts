import type { Logger } from 'pino';
import type { Installed } from './graph.ts';
import { consequenceOf, type NoticeChannel, type SendOutcome } from './send-outcome.ts';

export type InstallParts = {
  /** Installs the app for a person by Entra id. Rejects when the directory cannot be reached. */
  readonly install: (entraId: string) => Promise<Installed>;
  readonly log: Pick<Logger, 'warn'>;
};

/** Until Teams knows of an installation, and until a busy directory is asked again. */
const channelSeconds = 5;
const directorySeconds = 30;

/**
 * A channel that installs the app for whoever cannot be written to because they do not have it, before it gives up.
 * Somebody who removed the app or blocked the bot is left alone.
 */
export function withInstall(channel: NoticeChannel, parts: InstallParts): NoticeChannel {
  return {
    send: channel.send,
    async create(person) {
      const outcome = await channel.create(person);
      const attempted = { attempts: 1, reference: null, entraId: person.entraId };
      return consequenceOf(outcome, attempted).reach === 'not-installed'
        ? await install(parts, person.entraId, outcome)
        : outcome;
    },
  };
}

async function install(
  { install, log }: InstallParts,
  entraId: string,
  refused: SendOutcome,
): Promise<SendOutcome> {
  try {
    const installed = await install(entraId);
    if (installed.kind !== 'refused') return { kind: 'installing', waitSeconds: channelSeconds };
    if (installed.status === 429) return { kind: 'installing', waitSeconds: directorySeconds };
    log.warn({ status: installed.status }, 'Microsoft Graph did not install the app for somebody');
    return refused;
  } catch (error) {
    log.warn({ err: error }, 'the app could not be installed for somebody');
    return { kind: 'installing', waitSeconds: directorySeconds };
  }
}
