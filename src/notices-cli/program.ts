import { type Command, InvalidArgumentError } from 'commander';
import type { NoticeCommand } from '../domain/notice.ts';
import type { NoticeCommandParts, Output } from './parts.ts';

type Flags = { readonly json?: boolean };
type Versioned = Flags & { readonly version?: number };

/** `handshake notice …`: the third way to the desk of notices, beside cards and the HTTP API. */
export function addNoticeCommands(program: Command): void {
  const notice = program
    .command('notice')
    .description('write, approve, follow and report notices (docs/notices.md)');
  addWriting(notice);
  addLooking(notice);
  addActing(notice);
  addFollowing(notice);
}

function addWriting(notice: Command): void {
  notice
    .command('example')
    .description('print a draft to edit and send back, or what it can be about')
    .argument('[change]', 'a day on which something is lost, such as 2026-04-01, or "announcement"')
    .action(async (change?: string) => {
      const { printExample } = await import('./print-example.ts');
      const { loadPolicyHistory } = await import('../policy/organisation.ts');
      const { loadWording } = await import('../cards/wording.ts');
      const history = loadPolicyHistory(process.env.POLICY_FILE || null);
      const parts = { ...outputOf({}), history, wording: loadWording('en') };
      process.exitCode = printExample(change ?? null, parts);
    });
  withJson(notice.command('new'))
    .description('write a notice from a draft; nothing is sent')
    .argument('<file>', 'YAML or JSON; "-" reads standard input')
    .action((file: string, flags: Flags) =>
      run(flags, async (parts) => (await import('./commands.ts')).writeNotice(parts, file)),
    );
  withVersion(withJson(notice.command('edit')))
    .description('replace what a notice says and to whom; it is a draft after that')
    .argument('<id>')
    .argument('<file>', 'YAML or JSON; "-" reads standard input')
    .action((id: string, file: string, flags: Versioned) =>
      run(flags, async (parts) => {
        const { editNotice } = await import('./commands.ts');
        return editNotice(parts, id, file, flags.version ?? null);
      }),
    );
}

function addLooking(notice: Command): void {
  withJson(withLimit(notice.command('list'), 50))
    .description('notices, newest first')
    .action((flags: Flags & { limit: number }) =>
      run(flags, async (parts) => (await import('./commands.ts')).listNotices(parts, flags.limit)),
    );
  withJson(notice.command('show'))
    .description('what a notice says, to whom, and where it stands')
    .argument('<id>')
    .option('--yaml', 'as a file to edit and send back')
    .action((id: string, flags: Flags & { yaml?: boolean }) =>
      run(flags, async (parts) => (await import('./commands.ts')).showNotice(parts, id, flags.yaml ?? false)),
    );
  withJson(notice.command('figures'))
    .description('whom the change hits, by class, cause, system and site')
    .argument('<notice>', 'the id of a notice, or a draft in a file')
    .action((which: string, flags: Flags) =>
      run(flags, async (parts) => (await import('./reading.ts')).showFigures(parts, which)),
    );
  withJson(notice.command('dry-run'))
    .description('who would get it, and who cannot be reached and why; nothing is sent')
    .argument('<notice>', 'the id of a notice, or a draft in a file')
    .action((which: string, flags: Flags) =>
      run(flags, async (parts) => (await import('./reading.ts')).tryNotice(parts, which)),
    );
}

const acts: readonly (readonly [name: string, does: string, command: NoticeCommand])[] = [
  ['submit', 'send it for approval, or to a few people at once', { do: 'submit' }],
  ['pause', 'stop sending for now', { do: 'pause' }],
  ['resume', 'go on after a pause, or after it stopped by itself', { do: 'resume' }],
  ['cancel', 'end it; whoever waits gets nothing. Where it is done: its reminder', { do: 'cancel' }],
  ['resend', 'send it again to those whose delivery failed, and to nobody else', { do: 'resend-failed' }],
];

function addActing(notice: Command): void {
  for (const [name, does, command] of acts) {
    withVersion(withJson(notice.command(name)))
      .description(does)
      .argument('<id>')
      .action((id: string, flags: Versioned) => runAct(id, command, flags));
  }
  // Whoever approves stands for what they read, so they say which version that was.
  withJson(notice.command('approve'))
    .description('let it go out; somebody else than its author does')
    .argument('<id>')
    .requiredOption(
      '--version <number>',
      'the version that you read, as "notice show" prints it',
      readVersion,
    )
    .action((id: string, flags: Versioned) => runAct(id, { do: 'approve' }, flags));
  withVersion(withJson(notice.command('reject')))
    .description('give it back to its author')
    .argument('<id>')
    .requiredOption('--reason <text>', 'what to change')
    .action((id: string, flags: Versioned & { reason: string }) =>
      runAct(id, { do: 'reject', reason: flags.reason }, flags),
    );
}

function addFollowing(notice: Command): void {
  withJson(notice.command('progress'))
    .description('how far it is; the states add up to the total')
    .argument('<id>')
    .action((id: string, flags: Flags) =>
      run(flags, async (parts) => (await import('./reading.ts')).showProgress(parts, id)),
    );
  withJson(notice.command('report'))
    .description('what became of it for each recipient, as CSV')
    .argument('<id>')
    .option('--out <file>', 'write it there')
    .action((id: string, flags: Flags & { out?: string }) =>
      run(flags, async (parts) => {
        const [{ writeReport }, { systemWriters }] = await Promise.all([
          import('./reading.ts'),
          import('./write-file.ts'),
        ]);
        return writeReport(parts, id, flags.out ?? null, systemWriters);
      }),
    );
  withJson(withLimit(notice.command('audit'), 200))
    .description('who did what, newest first')
    .argument('[id]', 'of this notice alone')
    .action((id: string | undefined, flags: Flags & { limit: number }) =>
      run(flags, async (parts) => (await import('./reading.ts')).showAudit(parts, id ?? null, flags.limit)),
    );
}

function runAct(id: string, command: NoticeCommand, flags: Versioned): Promise<void> {
  return run(flags, async (parts) => {
    const { actOn } = await import('./commands.ts');
    return actOn(parts, id, command, flags.version ?? null);
  });
}

async function run(flags: Flags, work: (parts: NoticeCommandParts) => Promise<number>): Promise<void> {
  const { withNotices } = await import('./open.ts');
  process.exitCode = await withNotices(process.env, outputOf(flags), work);
}

function outputOf({ json = false }: Flags): Output {
  return {
    asJson: json,
    write: (line) => process.stdout.write(`${line}\n`),
    writeError: (line) => process.stderr.write(`${line}\n`),
  };
}

function withJson(command: Command): Command {
  return command.option('--json', 'one JSON object, as the HTTP API answers it');
}

function withVersion(command: Command): Command {
  return command.option('--version <number>', 'only if it is still at the version that you saw', readVersion);
}

function withLimit(command: Command, usual: number): Command {
  return command.option('--limit <number>', 'at most so many', readLimit, usual);
}

function readVersion(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('Expected a whole number such as 3.');
  return Number(text);
}

function readLimit(text: string): number {
  const limit = readVersion(text);
  if (limit < 1 || limit > 100_000) throw new InvalidArgumentError('Expected a number from 1 to 100000.');
  return limit;
}
