/** `npm run manifest`: checks the Teams app and writes the zip that is uploaded to Teams. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { checkApp } from './check.ts';
import { readAppFiles, zipApp } from './pack.ts';
import { readManifestSettings } from './settings.ts';

if (existsSync('.env')) process.loadEnvFile('.env');
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const settings = readManifestSettings(process.env, version);

if (settings.kind === 'incomplete') {
  console.error(`The Teams app is not built. Set these too: ${settings.missing.join(', ')}.`);
  console.error('docs/tenant.md explains each of them.');
  process.exitCode = 1;
} else {
  const files = readAppFiles(settings.values);
  const problems = checkApp(files);
  for (const { where, expected } of problems) console.error(`${where}: ${expected}`);
  if (problems.length > 0) {
    console.error(`The Teams app is not built: ${problems.length} problem(s).`);
    process.exitCode = 1;
  } else {
    const build = new URL('build/', import.meta.url);
    mkdirSync(build, { recursive: true });
    writeFileSync(new URL('handshake-teams-app.zip', build), zipApp(files));
    console.log(`manifest/build/handshake-teams-app.zip holds ${[...files.keys()].join(', ')}.`);
    if (settings.kind === 'dry-run') {
      console.log('MICROSOFT_APP_ID is not set, so it has example values: good for a look, not for Teams.');
    }
  }
}
