#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { Command, CommanderError, Option } from 'commander';
import { allOs, type Os } from './domain/os.ts';
import { addNoticeCommands } from './notices-cli/program.ts';

const writeLine = (line: string) => process.stdout.write(`${line}\n`);

// Each command imports what it needs when it runs: loading the bot takes seconds, judging a file need not.
function createProgram(): Command {
  const program = new Command('handshake').description('Gets people back into OneDrive.').exitOverride();
  program
    .command('start')
    .description('start the bot with a local chat in the browser (development)')
    .action(async () => (await import('./run.ts')).start(process.env, writeLine));
  program
    .command('serve')
    .description('start the server alone; settings are explained in .env.example')
    .action(async () => (await import('./run.ts')).serve(process.env, writeLine));
  program
    .command('worker')
    .description('send notices beside the server, without HTTP; needs PostgreSQL, and there may be several')
    .action(async () => (await import('./run.ts')).work(process.env, writeLine));
  program
    .command('analyze')
    .description('judge diagnostic reports and pasted tool output; "-" reads standard input')
    .argument('<file...>')
    .option('--json', 'one JSON object a file')
    .option('--at <date>', 'judge by what the service accepted on that day, such as 2026-03-31')
    .option('--redact', 'print the text with its names replaced (with --json, the judgement without names)')
    .option(
      '--remediation',
      'print what an administrator can do: policy, registry, commands, Intune, and the way back',
    )
    .action(async (files: string[], options: AnalyzeFlags) => {
      const { analyzeFiles } = await import('./analyze.ts');
      process.exitCode = await analyzeFiles(files, {
        ...options,
        policyFile: process.env.POLICY_FILE || null,
      });
    });
  addArticleCommands(program);
  addPolicyCommands(program);
  addHelpdeskCommands(program);
  addPeopleCommands(program);
  addNoticeCommands(program);
  return program;
}

type AnalyzeFlags = { json?: boolean; at?: string; redact?: boolean; remediation?: boolean };

function addArticleCommands(program: Command): void {
  const article = program.command('article').description('the decision graphs behind the guide');
  article
    .command('check')
    .description('print everything that is wrong, with file and line')
    .action(async () => {
      const { checkArticles } = await import('./articles/commands.ts');
      process.exitCode = checkArticles(writeLine);
    });
  article
    .command('show')
    .description('print the graph')
    .option('--mermaid', 'as a Mermaid diagram')
    .addOption(new Option('--os <os>', 'only the way for this system').choices(allOs))
    .action(async ({ mermaid, os }: { mermaid?: boolean; os?: Os }) => {
      const { showArticles } = await import('./articles/commands.ts');
      const { loadWording } = await import('./cards/wording.ts');
      const format = mermaid ? 'mermaid' : 'text';
      process.exitCode = showArticles({ format, os: os ?? null }, loadWording('en').text, writeLine);
    });
}

function addPolicyCommands(program: Command): void {
  const policy = program.command('policy').description('what the service accepts, and since when');
  policy
    .command('diff')
    .description('what changes between two days, and for whom')
    .argument('<before>', 'a day, such as 2026-03-31')
    .argument('<after>', 'a later day, such as 2026-04-02')
    .action(async (before: string, after: string) => {
      const { diffPolicy } = await import('./policy/commands.ts');
      const { loadPolicyHistory } = await import('./policy/organisation.ts');
      const { loadWording } = await import('./cards/wording.ts');
      const history = loadPolicyHistory(process.env.POLICY_FILE || null);
      process.exitCode = diffPolicy(history, { before, after }, loadWording('en'), {
        write: writeLine,
        writeError: (line) => process.stderr.write(`${line}\n`),
      });
    });
  addPolicyWatch(policy);
}

function addPolicyWatch(policy: Command): void {
  policy
    .command('watch')
    .description('make TLS connections to hosts, and print what they accept and where that is unexpected')
    .argument('<host...>', 'such as login.microsoftonline.com, or with a port, name:8443')
    .action(async (hosts: string[]) => {
      const { lookAtHosts } = await import('./policy/commands.ts');
      const { loadPolicyHistory } = await import('./policy/organisation.ts');
      const { loadWording } = await import('./cards/wording.ts');
      const { setTimeout: pause } = await import('node:timers/promises');
      process.exitCode = await lookAtHosts(hosts, {
        history: loadPolicyHistory(process.env.POLICY_FILE || null),
        wording: loadWording('en'),
        write: writeLine,
        options: { now: () => new Date(), pause },
      });
    });
}

function addHelpdeskCommands(program: Command): void {
  const helpdesk = program.command('helpdesk').description('the connectors to other helpdesk systems');
  helpdesk
    .command('check')
    .description('whether each can be reached and lets us in')
    .action(async () => {
      const { checkConnectors } = await import('./helpdesk-commands.ts');
      const { withConnectors } = await import('./helpdesk-tools.ts');
      process.exitCode = await withConnectors(process.env, (connectors, { text }) =>
        checkConnectors(connectors, text, writeLine),
      );
    });
  helpdesk
    .command('dead')
    .description('list the events that could not be brought over')
    .action(async () => {
      const { listDeadLetters } = await import('./helpdesk-commands.ts');
      const { withDeliveries } = await import('./helpdesk-tools.ts');
      process.exitCode = await withDeliveries(process.env, (store, { text }) =>
        listDeadLetters(store, text, writeLine),
      );
    });
  helpdesk
    .command('retry')
    .description('try one of them again, and what waits behind it')
    .argument('<connector>', 'such as webhook')
    .argument('<event>', 'as listed, such as HS-7K2M9Q/0/1')
    .action(async (connector: string, event: string) => {
      const { retryDeadLetter } = await import('./helpdesk-commands.ts');
      const { withDeliveries } = await import('./helpdesk-tools.ts');
      process.exitCode = await withDeliveries(process.env, (store, { text }) =>
        retryDeadLetter(store, { connector, event }, text, writeLine),
      );
    });
}

function addPeopleCommands(program: Command): void {
  const people = program.command('people').description('whom notices can reach');
  people
    .command('import')
    .description('take names, sites, languages and time zones from a list')
    .argument('<file>', 'CSV with the columns Entra id, name, site, language, time zone')
    .action(async (file: string) => {
      const { importPeople, withPeople } = await import('./people-commands.ts');
      const writeError = (line: string) => process.stderr.write(`${line}\n`);
      process.exitCode = await withPeople(process.env, (store, wording) =>
        importPeople(file, store.keepListed, wording, { write: writeLine, writeError }),
      );
    });
}

/** Failures that say in words what to do; anything else keeps its stack trace. */
const explained: ReadonlySet<unknown> = new Set([
  'article-invalid',
  'config-invalid',
  'migration-failed',
  'playground-missing',
  'policy-invalid',
  'port-taken',
  'scripts-unusable',
  'secret-unavailable',
  'storage-busy',
  'storage-unavailable',
  'worker-needs-postgres',
]);

function explain(error: unknown): void {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2;
    return;
  }
  process.exitCode = 1;
  const isExplained = error instanceof Error && 'code' in error && explained.has(error.code);
  console.error(isExplained ? error.message : error);
}

if (existsSync('.env')) process.loadEnvFile('.env');
await createProgram().parseAsync().catch(explain);
