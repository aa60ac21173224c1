import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type ImapDouble, login, openDoor } from './mail-servers.ts';

const nobody = 65_534;

const program = '/usr/sbin/dovecot';

/** For a suite's `before`: where it is missing, skips the suite with the reason, or fails it under CI. */
export function needDovecot(context: Mocha.Context): void {
  if (existsSync(program)) return;
  const lack = `Dovecot is not installed (no ${program}); .ci/run says which Debian package it takes.`;
  if (process.env.CI) throw new Error(lack);
  console.log(`    skipped: ${lack}`);
  context.skip();
}

/** A real mailbox: Debian's `dovecot-imapd`, which has to be started by root, on a free loopback port. */
export async function startDovecot(): Promise<ImapDouble> {
  const folder = await mkdtemp(join(tmpdir(), 'dovecot-'));
  await chmod(folder, 0o755);
  const inbox = join(folder, 'mail', 'new');
  await mkdir(inbox, { recursive: true });
  for (const path of [join(folder, 'mail'), inbox]) await chown(path, nobody, nobody);
  const users = createUsers(join(folder, 'users'));
  await users.write(login.password);
  const port = await freePort();
  await writeFile(join(folder, 'dovecot.conf'), settingsOf(folder, port));
  const server = spawn(program, ['-F', '-c', join(folder, 'dovecot.conf')], { stdio: 'ignore' });
  await untilOpen(port);
  const door = await openDoor(port);
  let mails = 0;
  return {
    port: door.port,
    async append(raw) {
      mails += 1;
      const path = join(inbox, `${mails}.handshake`);
      await writeFile(path, raw);
      await chown(path, nobody, nobody);
    },
    async setFault(fault) {
      await users.write(fault === 'locked-out' ? 'another' : login.password);
      await (fault === 'no-connection' ? door.shut() : door.open());
    },
    async close() {
      await door.shut();
      server.kill();
      await once(server, 'exit');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Dovecot reads the file again when its time is another, in whole seconds. */
function createUsers(path: string) {
  let seconds = 1_000_000_000;
  return {
    async write(password: string) {
      seconds += 10;
      await writeFile(path, `${login.user}:{PLAIN}${password}\n`);
      await utimes(path, seconds, seconds);
    },
  };
}

function settingsOf(folder: string, port: number): string {
  return `
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/log
mail_location = maildir:${folder}/mail
first_valid_uid = 1
auth_failure_delay = 0
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
}
service stats {
  chroot =
}
service anvil {
  chroot =
}
passdb {
  driver = passwd-file
  args = ${folder}/users
}
userdb {
  driver = static
  args = uid=${nobody} gid=${nobody} home=${folder}
}
`;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function untilOpen(port: number): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const socket = connect(port, '127.0.0.1');
    const open = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (open) return;
    await pause(50);
  }
  throw new Error('Dovecot does not listen; its log is in its folder under the temporary directory.');
}
