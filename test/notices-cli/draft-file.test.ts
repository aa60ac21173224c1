import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { loadWording } from '../../src/cards/wording.ts';
import { serviceHistory } from '../../src/domain/policy-history.ts';
import { readDraftFile } from '../../src/notices-cli/draft-file.ts';
import { draftYaml, exampleDraft, knownLosses } from '../../src/notices-cli/example.ts';
import type { TextFile } from '../../src/text-file.ts';

const wording = loadWording('en');
const history = { service: serviceHistory, organisation: [] };
const ana = '0a0a0a0a-1111-4222-8333-444444444444';
const ben = '0b0b0b0b-1111-4222-8333-444444444444';

const small = `name: Suites retire
subject:
  kind: announcement
audience:
  sites: [Bern]
`;

/** The draft `/work/notice.yaml` with these lines, and files beside it. */
async function read(text: string, others: Readonly<Record<string, TextFile>> = {}) {
  const files: Readonly<Record<string, TextFile>> = { 'notice.yaml': { kind: 'text', text }, ...others };
  return readDraftFile('notice.yaml', {
    text: wording.text,
    read: async (file) =>
      files[file.replace(`${process.cwd()}/`, '')] ?? { kind: 'unreadable', reason: 'ENOENT' },
  });
}

describe('The draft of a notice in a file', () => {
  it('needs a name, a subject and an audience; the rest takes the value that does least', async () => {
    const found = await read(small);
    assert.ok(found.kind === 'draft');
    const { name, audience, texts, schedule, mandatory } = found.draft;
    assert.deepEqual(
      {
        name,
        sites: audience.sites,
        everyone: audience.everyone,
        texts,
        startAt: schedule.startAt,
        mandatory,
      },
      { name: 'Suites retire', sites: ['Bern'], everyone: false, texts: {}, startAt: null, mandatory: null },
    );
  });

  it('may be JSON, which is YAML', async () => {
    const found = await read(
      '{"name": "x", "subject": {"kind": "announcement"}, "audience": {"everyone": true}}',
    );
    assert.equal(found.kind, 'draft');
  });

  it('takes people from a list beside it', async () => {
    const list = `Entra id,name,site\r\n${ana.toUpperCase()},Ana,Bern\r\n${ben},Ben,Oslo\r\n`;
    const found = await read(small.replace('sites: [Bern]', 'people: {csv: people.csv}'), {
      'people.csv': { kind: 'text', text: list },
    });
    assert.deepEqual(found.kind === 'draft' && found.draft.audience.people, [ana, ben]);
  });

  it('is taken as docs/notices.md shows it', async () => {
    const page = await readFile(new URL('../../docs/notices.md', import.meta.url), 'utf8');
    const shown = page.split('```yaml\n')[1]?.split('```')[0] ?? assert.fail();
    const found = await read(shown, { 'people.csv': { kind: 'text', text: `Entra id\n${ana}\n` } });
    assert.ok(found.kind === 'draft', JSON.stringify(found));
    assert.deepEqual(found.draft.audience.people, [ana]);
  });

  const faulty = [
    [
      'a class that nobody knows',
      small.replace('sites: [Bern]', 'impact: [fine, broken]'),
      /^notice.yaml:5: audience.impact.1: expected one of "will-break"\|/,
    ],
    ['a part that is misspelt', small.replace('sites:', 'site:'), /^notice.yaml:5: Unrecognized key: "site"/],
    [
      'a part that is missing',
      small.replace('name: Suites retire\n', ''),
      /^notice.yaml:1: name: expected string/,
    ],
    [
      'a day that does not exist',
      small.replace(
        'kind: announcement',
        'kind: policy\n  before: 2026-02-30\n  after: 2026-04-01\n  source: https://policy.example/',
      ),
      /^notice.yaml:4: subject.before: expected a day such as 2026-04-01/,
    ],
    ['a part that is there twice', `${small}name: Again\n`, /^notice.yaml:6: Map keys must be unique/],
    ['something else than YAML', 'name: [', /^notice.yaml:1: /],
    ['nothing in it', '', /^notice.yaml:1: expected object/],
  ] as const;
  for (const [what, text, expected] of faulty) {
    it(`with ${what} is refused by its line`, async () => {
      const found = await read(text);
      assert.ok(found.kind === 'broken');
      assert.match(found.faults[0] ?? '', expected);
    });
  }

  it('tells everything that is wrong at once', async () => {
    const found = await read(`${small}  os: [dos]\nschedule:\n  weekdays: [8]\n`);
    assert.equal(found.kind === 'broken' && found.faults.length, 2);
  });

  const lists = [
    [
      'cannot be read',
      { kind: 'unreadable', reason: 'ENOENT' },
      /people.csv: expected a file that can be read/,
    ],
    ['would lose its umlauts', { kind: 'not-utf8' }, /people.csv: expected text in UTF-8/],
    [
      'has an id that is none',
      { kind: 'text', text: 'Entra id\nana@contoso.example\n' },
      /people.csv:2: .*ana@contoso/,
    ],
  ] as const;
  for (const [what, list, expected] of lists) {
    it(`is refused where its list of people ${what}`, async () => {
      const found = await read(small.replace('sites: [Bern]', 'people: {csv: people.csv}'), {
        'people.csv': list,
      });
      assert.ok(found.kind === 'broken');
      assert.match(found.faults[0] ?? '', expected);
    });
  }

  it('is refused where it cannot be read itself', async () => {
    const found = await readDraftFile('x.yaml', {
      text: wording.text,
      read: async () => ({ kind: 'too-big' }),
    });
    assert.match(JSON.stringify(found), /x.yaml: expected a shorter file/);
  });
});

describe('The draft to begin with', () => {
  const changes = [...new Set(knownLosses(history).map(({ day }) => day)), 'announcement'];

  it('exists for every change that is known', () => assert.ok(changes.length > 3));

  for (const change of changes) {
    it(`of ${change} can be sent back as it is`, async () => {
      const draft = exampleDraft(history, change, wording);
      assert.ok(draft !== null);
      assert.deepEqual(await read(draftYaml(draft, 'A head', wording)), { kind: 'draft', draft });
    });
  }

  it('has a text for each class that it goes to', () => {
    for (const change of changes) {
      const { audience, texts } = exampleDraft(history, change, wording) ?? assert.fail();
      for (const impact of audience.impact) assert.ok(texts[impact] ?? texts.all, `${change} ${impact}`);
    }
  });

  it('goes to those who are unknown where a root certificate goes, since no report says who trusts it', () => {
    const ofRoot = knownLosses(history).find(({ kind }) => kind === 'root');
    assert.ok(exampleDraft(history, ofRoot?.day ?? '', wording)?.audience.impact.includes('unknown'));
  });

  it('explains each part and names what it takes', () => {
    const draft = exampleDraft(history, '2026-04-01', wording) ?? assert.fail();
    const yaml = draftYaml(draft, 'A head', wording);
    assert.match(yaml, /^# A head\n\n# .*\nname:/);
    for (const part of ['impact', 'findings', 'os', 'people', 'startAt', 'mandatory']) {
      assert.match(yaml, new RegExp(`# .*\n *${part}:`), part);
    }
    assert.match(yaml, /# .*cipher-suites, .*join-state/);
    assert.match(yaml, /\{day\}, \{cause\}/);
  });

  it('does not exist for a day on which nothing is lost', () => {
    assert.equal(exampleDraft(history, '2026-04-02', wording), null);
  });
});
