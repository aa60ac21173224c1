#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { Command, CommanderError, Option } from 'commander';
import { analyzeFiles } from './analyze.ts';
import { checkArticles, showArticles } from './articles/commands.ts';
import { loadWording } from './cards/wording.ts';
import { ConfigInvalid } from './config.ts';
import { allOs } from './domain/os.ts';
import { serve, start } from './run.ts';
import { StorageBusy } from './storage/directory-lock.ts';

const writeLine = (line: string) => process.stdout.write(`${line}\n`);

function createProgram(): Command {
  const program = new Command('handshake').description('Gets people back into OneDrive.').exitOverride();
  program
    .command('start')
    .description('start the bot with a local chat in the browser (development)')
    .action(() => start(process.env, writeLine));
  program
    .command('serve')
    .description('start the server alone; settings are explained in .env.example')
    .action(() => serve(process.env, writeLine));
  program
    .command('analyze')
    .description('judge diagnostic reports and pasted tool output; "-" reads standard input')
    .argument('<file...>')
    .option('--json', 'one JSON object a file')
    .option('--at <date>', 'judge by what the service accepted on that day, such as 2026-03-31')
    .action(async (files: string[], options: { json?: boolean; at?: string }) => {
      process.exitCode = await analyzeFiles(files, options);
    });
  addArticleCommands(program);
  return program;
}

function addArticleCommands(program: Command): void {
  const article = program.command('article').description('the decision graphs behind the guide');
  article
    .command('check')
    .description('print everything that is wrong, with file and line')
    .action(() => {
      process.exitCode = checkArticles(writeLine);
    });
  article
    .command('show')
    .description('print the graph')
    .option('--mermaid', 'as a Mermaid diagram')
    .addOption(new Option('--os <os>', 'only the way for this system').choices(allOs))
    .action((options: { mermaid?: boolean; os?: (typeof allOs)[number] }) => {
      const format = options.mermaid ? 'mermaid' : 'text';
      process.exitCode = showArticles({ format, os: options.os ?? null }, loadWording('en').text, writeLine);
    });
}

/** Expected failures are said in words; anything else keeps its stack trace. */
function explain(error: unknown): void {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2;
    return;
  }
  process.exitCode = 1;
  if (error instanceof ConfigInvalid || error instanceof StorageBusy) console.error(error.message);
  else console.error(error);
}

if (existsSync('.env')) process.loadEnvFile('.env');
await createProgram().parseAsync().catch(explain);
