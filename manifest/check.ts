import { checkIcons } from './check-icons.ts';
import { checkSchema } from './check-schema.ts';

/** The files of the app package by name, `manifest.json` with its placeholders filled. */
export type AppFiles = ReadonlyMap<string, Uint8Array>;

/** `where` is a file and the place in it; `expected` is a whole sentence. */
export type Problem = { readonly where: string; readonly expected: string };

/** The parts of a manifest that the rules below look at, once the schema has passed it. */
export type Manifest = {
  readonly $schema?: string;
  readonly manifestVersion: string;
  readonly version: string;
  readonly developer: Readonly<Record<string, string>>;
  readonly icons: { readonly color: string; readonly outline: string };
  readonly localizationInfo?: {
    readonly additionalLanguages?: readonly { readonly languageTag: string; readonly file: string }[];
  };
  readonly bots?: readonly Bot[];
  readonly validDomains?: readonly string[];
};
type Bot = {
  readonly scopes: readonly string[];
  readonly supportsFiles?: boolean;
  readonly commandLists?: readonly {
    readonly scopes: readonly string[];
    readonly commands: readonly { readonly title: string }[];
  }[];
};

/** Everything that Teams would refuse, or that would not work there; empty when the package is good. */
export function checkApp(files: AppFiles): readonly Problem[] {
  const parsed = parseFile(files, 'manifest.json');
  if ('expected' in parsed) return [parsed];
  const version = String((parsed.value as { manifestVersion?: unknown } | null)?.manifestVersion);
  const broken = checkSchema(version, 'MicrosoftTeams.schema.json', 'manifest.json', parsed.value);
  if (broken.length > 0) return broken;
  const manifest = parsed.value as Manifest;
  return [
    ...checkPlaceholders(parsed.text),
    ...checkVersions(manifest),
    ...checkAddresses(manifest),
    ...(manifest.bots ?? []).flatMap(checkBot),
    ...checkLanguages(files, manifest, parsed.value),
    ...checkIcons(files, manifest.icons),
  ];
}

type Parsed = { readonly text: string; readonly value: unknown };

function parseFile(files: AppFiles, name: string): Parsed | Problem {
  const bytes = files.get(name);
  if (bytes === undefined) return { where: name, expected: 'The package must contain this file.' };
  const text = Buffer.from(bytes).toString('utf8');
  try {
    return { text, value: JSON.parse(text) };
  } catch (error) {
    return { where: name, expected: `The file must be JSON: ${error instanceof Error ? error.message : ''}` };
  }
}

function checkPlaceholders(text: string): readonly Problem[] {
  const names = new Set(text.match(/\{\{[^}]*\}\}/g) ?? []);
  return [...names].map((name) => ({
    where: `manifest.json ${name}`,
    expected: 'Every placeholder must have a value; this name is not one that manifest/settings.ts fills.',
  }));
}

function checkVersions(manifest: Manifest): readonly Problem[] {
  const problems: Problem[] = [];
  if (!/^\d+\.\d+\.\d+$/.test(manifest.version)) {
    problems.push({ where: 'manifest.json /version', expected: 'Teams wants three numbers, like 1.2.3.' });
  }
  if (!manifest.$schema?.includes(`/v${manifest.manifestVersion}/`)) {
    problems.push({
      where: 'manifest.json /$schema',
      expected: 'It must name the version in manifestVersion.',
    });
  }
  return problems;
}

function checkAddresses(manifest: Manifest): readonly Problem[] {
  const pages = Object.entries(manifest.developer).filter(([key]) => key.endsWith('Url'));
  const plain = pages.filter(([, url]) => !URL.canParse(url) || new URL(url).protocol !== 'https:');
  const domains = (manifest.validDomains ?? []).filter(
    (domain) => !/^[a-z\d-]+(\.[a-z\d-]+)+$/i.test(domain),
  );
  return [
    ...plain.map(([key, url]) => ({
      where: `manifest.json /developer/${key}`,
      expected: `It must be an https address, not "${url}".`,
    })),
    ...domains.map((domain) => ({
      where: 'manifest.json /validDomains',
      expected: `"${domain}" must be a bare host name: no scheme, port, path or wildcard.`,
    })),
  ];
}

/** Each scope must have one list of commands: with none, its users see no commands; of two, Teams shows one. */
function checkBot(bot: Bot): readonly Problem[] {
  const lists = bot.commandLists ?? [];
  const miscounted = bot.scopes.filter(
    (scope) => lists.filter((list) => list.scopes.includes(scope)).length !== 1,
  );
  const long = lists.flatMap((list) => list.commands).filter(({ title }) => title.length > 32);
  return [
    ...miscounted.map((scope) => ({
      where: 'manifest.json /bots/0/commandLists',
      expected: `The scope "${scope}" must have exactly one list of commands.`,
    })),
    ...long.map(({ title }) => ({
      where: 'manifest.json /bots/0/commandLists',
      expected: `"${title}" must have 32 characters at most to show whole.`,
    })),
    ...(bot.supportsFiles
      ? []
      : [{ where: 'manifest.json /bots/0/supportsFiles', expected: 'It must be true to take in reports.' }]),
  ];
}

function checkLanguages(files: AppFiles, manifest: Manifest, value: unknown): readonly Problem[] {
  return (manifest.localizationInfo?.additionalLanguages ?? []).flatMap(({ file }) => {
    const parsed = parseFile(files, file);
    if ('expected' in parsed) return [parsed];
    const schema = 'MicrosoftTeams.Localization.schema.json';
    const broken = checkSchema(manifest.manifestVersion, schema, file, parsed.value);
    if (broken.length > 0) return broken;
    return Object.entries(parsed.value as Record<string, string>)
      .filter(([key]) => key !== '$schema')
      .flatMap(([key, text]) => checkTranslation(file, key, text, value));
  });
}

function checkTranslation(file: string, key: string, text: string, manifest: unknown): readonly Problem[] {
  const original = key.split(/[.[\]]+/).reduce<unknown>((at, part) => {
    return typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[part] : undefined;
  }, manifest);
  const where = `${file} ${key}`;
  if (typeof original !== 'string') return [{ where, expected: 'The manifest has no such text.' }];
  // Teams sends the title as the message, so a translated one would be words that the bot does not know.
  if (/\.commands\[\d+\]\.title$/.test(key))
    return [{ where, expected: 'Titles of commands must stay as they are.' }];
  return text.length > 0 ? [] : [{ where, expected: 'A translation must not be empty.' }];
}
