import assert from 'node:assert/strict';
import { unzipSync } from 'fflate';
import { type AppFiles, checkApp } from '../../manifest/check.ts';
import { readAppFiles, zipApp } from '../../manifest/pack.ts';
import { readManifestSettings } from '../../manifest/settings.ts';
import { paint, type Rgba } from './paint-png.ts';

const dryRun = readManifestSettings({}, '1.2.3');
const all = ['personal', 'team', 'groupChat'];
const good = readAppFiles('values' in dryRun ? dryRun.values : {});

describe('the Teams app as it stands', () => {
  it('has nothing that Teams would refuse', () => {
    assert.deepEqual(checkApp(good), []);
  });

  it('works in personal chats, teams and group chats, and takes files', () => {
    const { bots } = json(good, 'manifest.json');
    assert.deepEqual(bots[0].scopes, ['personal', 'team', 'groupChat']);
    assert.equal(bots[0].supportsFiles, true);
  });

  it('offers the same six commands in every scope', () => {
    const lists = json(good, 'manifest.json').bots[0].commandLists as { commands: { title: string }[] }[];
    for (const { commands } of lists) {
      const titles = commands.map(({ title }) => title);
      assert.deepEqual(titles, [
        'Help',
        'Check my PC',
        'Guide me',
        'Status',
        'Talk to a person',
        'Start over',
      ]);
    }
  });

  it('translates every description of the manifest into German', () => {
    const { $schema: _, ...german } = json(good, 'de.json');
    const texts = flatten(json(good, 'manifest.json')).filter(
      ([key]) => /^(name|description)\.|\.description$/.test(key) && !key.endsWith('commands.title'),
    );
    assert.deepEqual(
      texts.map(([key]) => key).filter((key) => german[key] === undefined),
      [],
    );
  });

  it('is zipped with the manifest, both icons and the languages at the top', () => {
    const zip = unzipSync(zipApp(good));
    assert.deepEqual(Object.keys(zip), ['manifest.json', 'color.png', 'outline.png', 'de.json']);
    for (const [name, bytes] of good) assert.deepEqual(Buffer.from(zip[name] ?? []), Buffer.from(bytes));
  });

  it('gives the same zip twice', () => {
    assert.deepEqual(zipApp(good), zipApp(good));
  });
});

describe('a rule of Teams that is broken', () => {
  const cases: readonly [rule: string, broken: AppFiles, where: RegExp][] = [
    ['the manifest is there', without('manifest.json'), /^manifest\.json$/],
    ['the manifest is JSON', withFile('manifest.json', Buffer.from('{')), /^manifest\.json$/],
    ['the schema version exists', edited({ manifestVersion: '9.9' }), /manifestVersion/],
    ['the schema version is no path', edited({ manifestVersion: '../v1.27' }), /manifestVersion/],
    ['the schema link fits the version', edited({ $schema: 'https://x.example/v1.9/s.json' }), /\$schema/],
    ['the version has three numbers', edited({ version: '1.2' }), /\/version/],
    ['the app id is a GUID', edited({ id: 'handshake' }), /\/id/],
    ['the bot id is a GUID', editedBot({ botId: 'handshake' }), /\/bots\/0\/botId/],
    ['no other property is there', edited({ colour: '#ffffff' }), /manifest\.json \//],
    ['the short name has 30 characters', edited({ name: { short: 'x'.repeat(31) } }), /\/name\/short/],
    ['the full name has 100', edited({ name: { short: 'x', full: 'x'.repeat(101) } }), /\/name\/full/],
    ['the short description has 80', edited({ description: description(81, 9) }), /description\/short/],
    ['the full description has 4000', edited({ description: description(9, 4001) }), /description\/full/],
    ['the developer has 32', edited({ developer: developer({ name: 'x'.repeat(33) }) }), /developer\/name/],
    ['links are https', edited({ developer: developer({ privacyUrl: 'http://x.example' }) }), /privacyUrl/],
    ['the accent is a colour', edited({ accentColor: 'teal' }), /accentColor/],
    ['a scope is spelt right', editedBot({ scopes: ['groupchat'] }), /scopes/],
    ['a scope has commands', editedBot({ commandLists: [list(['personal', 'team'])] }), /commandLists/],
    ['a scope has one list', editedBot({ commandLists: [list(all), list(['team'])] }), /commandLists/],
    ['a list has 12 commands', editedBot({ commandLists: [list(all, 13)] }), /commands/],
    ['a title shows whole', editedBot({ commandLists: [list(all, 1, 'x'.repeat(33))] }), /commandLists/],
    ['files are taken', editedBot({ supportsFiles: false }), /supportsFiles/],
    ['a domain has no scheme', edited({ validDomains: ['https://x.example'] }), /validDomains/],
    ['a domain has no wildcard', edited({ validDomains: ['*.example.com'] }), /validDomains/],
    [
      'every placeholder is known',
      edited({ accentColor: '#000000', version: '{{NUMBER}}' }),
      /\{\{NUMBER\}\}/,
    ],
    ['the colour icon is there', without('color.png'), /^color\.png$/],
    ['the colour icon is a PNG', withFile('color.png', Buffer.from('GIF89a')), /^color\.png$/],
    [
      'the colour icon is 192x192',
      withFile(
        'color.png',
        paint(191, () => [0, 99, 99, 255]),
      ),
      /color/,
    ],
    [
      'the colour icon is filled',
      withFile(
        'color.png',
        paint(192, () => [0, 99, 99, 254]),
      ),
      /color/,
    ],
    ['the outline icon is 32x32', withFile('outline.png', paint(33, frame)), /outline/],
    ['the outline icon is white', withFile('outline.png', paint(32, tinted)), /outline/],
    [
      'the outline icon shows something',
      withFile(
        'outline.png',
        paint(32, () => [0, 0, 0, 0]),
      ),
      /outline/,
    ],
    [
      'the outline icon is no block',
      withFile(
        'outline.png',
        paint(32, () => [255, 255, 255, 255]),
      ),
      /outline/,
    ],
    ['a named language is there', without('de.json'), /^de\.json$/],
    ['a translated name has 30', translated({ 'name.short': 'x'.repeat(31) }), /de\.json/],
    ['a translation has an original', translated({ 'bots[0].commandLists[2].commands[0].title': 'x' }), /de/],
    ['a translation says something', translated({ 'name.full': '' }), /name\.full/],
    [
      'a command keeps its title',
      translated({ 'bots[0].commandLists[0].commands[0].title': 'Hilfe' }),
      /title/,
    ],
  ];

  for (const [rule, broken, where] of cases) {
    it(`is found: ${rule}`, () => {
      const problems = checkApp(broken);
      assert.ok(
        problems.some((problem) => where.test(problem.where)),
        JSON.stringify(problems),
      );
    });
  }

  it('is found alone, so that its neighbours are not blamed', () => {
    const problems = checkApp(editedBot({ supportsFiles: false }));
    assert.deepEqual(
      problems.map(({ where }) => where),
      ['manifest.json /bots/0/supportsFiles'],
    );
  });
});

// --- builders

// biome-ignore lint/suspicious/noExplicitAny: a manifest is looked into freely here.
function json(files: AppFiles, name: string): any {
  return JSON.parse(Buffer.from(files.get(name) ?? []).toString('utf8'));
}

function withFile(name: string, bytes: Uint8Array): AppFiles {
  return new Map([...good, [name, bytes]]);
}

function without(name: string): AppFiles {
  return new Map([...good].filter(([key]) => key !== name));
}

function edited(change: object): AppFiles {
  const manifest = { ...json(good, 'manifest.json'), ...change };
  return withFile('manifest.json', Buffer.from(JSON.stringify(manifest)));
}

function editedBot(change: object): AppFiles {
  return edited({ bots: [{ ...json(good, 'manifest.json').bots[0], ...change }] });
}

function translated(change: object): AppFiles {
  return withFile('de.json', Buffer.from(JSON.stringify({ ...json(good, 'de.json'), ...change })));
}

function developer(change: object): object {
  return { ...json(good, 'manifest.json').developer, ...change };
}

function description(short: number, full: number): object {
  return { short: 'x'.repeat(short), full: 'x'.repeat(full) };
}

function list(scopes: readonly string[], commands = 1, title = 'Help'): object {
  return { scopes, commands: Array.from({ length: commands }, () => ({ title })) };
}

/** Texts of a manifest by the key that a language file gives them: `bots[0].name`. */
function flatten(value: unknown, key = ''): readonly [key: string, text: string][] {
  if (typeof value === 'string') return [[key, value]];
  if (Array.isArray(value)) return value.flatMap((item, index) => flatten(item, `${key}[${index}]`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, item]) => flatten(item, key ? `${key}.${name}` : name));
}

function frame(x: number, y: number): Rgba {
  return x === 3 || y === 3 ? [255, 255, 255, 255] : [0, 0, 0, 0];
}

function tinted(x: number, y: number): Rgba {
  return x === 3 || y === 3 ? [255, 255, 254, 255] : [0, 0, 0, 0];
}
