import { Readable } from 'node:stream';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { Delivery } from '../connector.ts';

export type SmtpOptions = {
  readonly host: string;
  readonly port: number;
  readonly user: string | null;
  readonly password: string | null;
  /** Plain connections are for this machine alone; any other has to offer TLS. */
  readonly plain: boolean;
  /** Milliseconds without a sign of the server. */
  readonly within: number;
};

type Failure = Exclude<Delivery, { kind: 'done' }>;

/** Hands one mail to the server; null when it took it. Never throws. */
export function sendMail(
  options: SmtpOptions,
  envelope: { readonly from: string; readonly to: string },
  mail: Buffer,
): Promise<Failure | null> {
  const progress = { told: false };
  return talk(options, progress, async (connection) => {
    // The server asks for the mail's bytes only when all before them is settled.
    const bytes = Readable.from(once(mail, () => (progress.told = true)));
    await new Promise<void>((resolve, reject) => {
      connection.send({ from: envelope.from, to: [envelope.to] }, bytes, (error) =>
        error == null ? resolve() : reject(error),
      );
    });
  });
}

function* once(mail: Buffer, onStart: () => void): Generator<Buffer> {
  onStart();
  yield mail;
}

/** Whether the server lets us in; null when it does. */
export function tryServer(options: SmtpOptions): Promise<Failure | null> {
  return talk(options, { told: false }, async () => undefined);
}

async function talk(
  { host, port, user, password, plain, within }: SmtpOptions,
  progress: { readonly told: boolean },
  work: (connection: SMTPConnection) => Promise<void>,
): Promise<Failure | null> {
  const connection = new SMTPConnection({
    ...{ host, port, secure: port === 465, requireTLS: !plain && port !== 465, ignoreTLS: plain },
    ...{ connectionTimeout: within, greetingTimeout: within, socketTimeout: within, dnsTimeout: within },
    socketCloseTimeout: 0,
  });
  try {
    await new Promise<void>((resolve, reject) => {
      connection.once('error', reject);
      connection.once('end', () => reject(Object.assign(new Error('ended'), { code: 'ECONNECTION' })));
      const enter = async () => {
        if (user !== null) await logIn(connection, user, password ?? '');
        await work(connection);
      };
      connection.connect((error) => (error == null ? enter().then(resolve, reject) : reject(error)));
    });
    return null;
  } catch (error) {
    return failureOf(error, progress.told);
  } finally {
    connection.on('error', () => undefined);
    connection.quit();
    connection.close();
  }
}

function logIn(connection: SMTPConnection, user: string, pass: string): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.login({ credentials: { user, pass } }, (error) => (error == null ? resolve() : reject(error)));
  });
}

/**
 * A server that answered has decided: 4xx is "not now", 5xx "never", but for the login, which somebody mends.
 * Without an answer it is the question whether it has begun to read the mail.
 */
function failureOf(error: unknown, told: boolean): Failure {
  const { code, status } = signsOf(error);
  const reason = status === null ? `smtp ${code}` : `smtp ${status}`;
  if (code === 'EAUTH') return { kind: 'later', retryAfterSeconds: null, reason };
  if (status === null && told) return { kind: 'unknown', reason };
  if (status === null || status < 500) return { kind: 'later', retryAfterSeconds: null, reason };
  return { kind: 'refused', reason };
}

function signsOf(error: unknown): { readonly code: string; readonly status: number | null } {
  if (!(error instanceof Error)) return { code: 'failed', status: null };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : 'failed';
  const given = 'responseCode' in error ? error.responseCode : undefined;
  return { code, status: typeof given === 'number' && given >= 400 && given < 600 ? given : null };
}
