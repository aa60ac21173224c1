import { ImapFlow } from 'imapflow';

export type ImapOptions = {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly folder: string;
  /** For this machine alone. */
  readonly plain: boolean;
  /** Milliseconds without a sign of the server. */
  readonly within: number;
};

export type NewMail =
  | { readonly kind: 'mails'; readonly mails: readonly FoundMail[]; readonly cursor: string }
  | { readonly kind: 'failed'; readonly reason: string };

/** `uid` is unique in the folder for ever. */
export type FoundMail = { readonly uid: string; readonly source: Uint8Array };

const mailsAtOnce = 50;
/** Bytes of a mail that are read; an answer's text stands at its beginning. */
const longestMail = 1024 * 1024;

/**
 * What came into the folder since `cursor` (`VALIDITY:UID`); from now on, when it is null. Reads without marking
 * anything as read. Never throws.
 */
export function readMailbox(options: ImapOptions, cursor: string | null): Promise<NewMail> {
  return enter(options, async (client) => {
    const box = client.mailbox;
    if (box === false) return { kind: 'failed', reason: 'imap no such folder' };
    const validity = String(box.uidValidity);
    const [knownValidity, known] = (cursor ?? `${validity}:${box.uidNext - 1}`).split(':');
    // The folder was made anew: every uid in it is new, and answers are known by their own ids.
    const last = knownValidity === validity ? Number(known) : 0;
    const mails = box.uidNext > last + 1 ? await fetchAfter(client, last) : [];
    const end = mails.at(-1)?.uid ?? Math.max(last, box.uidNext - 1);
    return {
      kind: 'mails',
      mails: mails.map(({ uid, source }) => ({ uid: `${validity}:${uid}`, source })),
      cursor: `${validity}:${end}`,
    };
  });
}

async function fetchAfter(client: ImapFlow, last: number) {
  const uids = (await client.search({ uid: `${last + 1}:*` }, { uid: true })) || [];
  // `n:*` always finds the last mail, even when it is older than n.
  const fresh = uids.filter((uid) => uid > last).toSorted((a, b) => a - b);
  const some = fresh.slice(0, mailsAtOnce);
  if (some.length === 0) return [];
  const sizes = await client.fetchAll(some.join(','), { uid: true, size: true }, { uid: true });
  const short = sizes.filter(({ size = 0 }) => size <= longestMail).map(({ uid }) => uid);
  const long = some.filter((uid) => !short.includes(uid));
  const mails = [
    ...(await fetchSources(client, short, true)),
    ...(await fetchSources(client, long, { maxLength: longestMail })),
  ];
  return mails.toSorted((a, b) => a.uid - b.uid);
}

async function fetchSources(client: ImapFlow, uids: readonly number[], source: true | { maxLength: number }) {
  if (uids.length === 0) return [];
  const found = await client.fetchAll(uids.join(','), { uid: true, source }, { uid: true });
  return found.map((mail) => ({ uid: mail.uid, source: mail.source ?? new Uint8Array() }));
}

/** Whether the mailbox can be opened; null when it can, else why not. */
export async function tryMailbox(options: ImapOptions): Promise<string | null> {
  const found = await enter(options, async () => ({ kind: 'mails', mails: [], cursor: '' }));
  return found.kind === 'failed' ? found.reason : null;
}

async function enter(
  { host, port, user, password, folder, plain, within }: ImapOptions,
  work: (client: ImapFlow) => Promise<NewMail>,
): Promise<NewMail> {
  const client = new ImapFlow({
    ...{
      host,
      port,
      secure: !plain && port !== 143,
      ...(plain ? {} : port === 143 ? { doSTARTTLS: true } : {}),
    },
    auth: { user, pass: password },
    ...{ connectionTimeout: within, greetingTimeout: within, socketTimeout: within },
    ...{ logger: false, disableAutoIdle: true, verifyOnly: false },
  });
  // An error event that nobody hears ends the process; the call that waits fails by itself.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const lock = await client.getMailboxLock(folder, { readOnly: true });
    try {
      return await work(client);
    } finally {
      lock.release();
    }
  } catch (error) {
    return { kind: 'failed', reason: `imap ${codeOf(error)}` };
  } finally {
    client.close();
  }
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'failed';
  if ('authenticationFailed' in error && error.authenticationFailed === true) return 'login refused';
  return 'code' in error && typeof error.code === 'string' ? error.code : 'failed';
}
