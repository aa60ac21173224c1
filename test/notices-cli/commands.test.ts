import assert from 'node:assert/strict';
import { loadWording } from '../../src/cards/wording.ts';
import { deliveryStates, type Notice } from '../../src/domain/notice.ts';
import { GroupUnavailable } from '../../src/notices/people.ts';
import { actorOf } from '../../src/notices-cli/actor.ts';
import { actOn, editNotice, listNotices, showNotice, writeNotice } from '../../src/notices-cli/commands.ts';
import type { NoticeCommandParts } from '../../src/notices-cli/parts.ts';
import {
  showAudit,
  showFigures,
  showProgress,
  tryNotice,
  writeReport,
} from '../../src/notices-cli/reading.ts';
import { type Database, openDatabase } from '../../src/storage/connection.ts';
import { draft } from '../domain/notice-builders.ts';
import { createNoticeWorld, crowd, type NoticeWorld, person } from '../notices/notice-world.ts';

const wording = loadWording('en');
const ana = actorOf({ uid: 1000, name: 'ana', sudoUser: null });
const ben = actorOf({ uid: 1001, name: 'ben', sudoUser: null });

const yaml = `name: Suites retire
subject: {kind: policy, before: 2026-03-31, after: 2026-04-01, source: https://policy.example/}
audience: {impact: [will-break]}
texts:
  all: {en: {title: Sign-in will stop, body: 'Hello {name}.'}}
`;

describe('handshake notice', () => {
  let database: Database;
  let world: NoticeWorld;
  let said: string[];
  let failed: string[];

  before(async function () {
    this.timeout(60_000);
    database = await openDatabase('pglite:memory://');
  });
  after(() => database.close());
  beforeEach(() => {
    world = createNoticeWorld(database, [...crowd(3), person('fine', { impact: 'fine' })]);
    said = [];
    failed = [];
  });

  function as(by = ana, given: Partial<NoticeCommandParts> = {}): NoticeCommandParts {
    return {
      ...{ desk: world.desk, by, wording, sending: 'server', asJson: false },
      read: async () => ({ kind: 'text', text: yaml }),
      write: (line) => said.push(line),
      writeError: (line) => failed.push(line),
      ...given,
    };
  }
  const json = () => JSON.parse(said.at(-1) ?? '');
  const words = () => said.join('\n');

  async function written(text = yaml): Promise<Notice> {
    const read: NoticeCommandParts['read'] = async () => ({ kind: 'text', text });
    assert.equal(await writeNotice(as(ana, { asJson: true, read }), 'n.yaml'), 0);
    return json();
  }
  const mandatory = `${yaml}mandatory: {reason: It locks them out}\n`;
  /** Waits for a second person. */
  async function submitted(): Promise<Notice> {
    const { id } = await written(mandatory);
    assert.equal(await actOn(as(ana, { asJson: true }), id, { do: 'submit' }, null), 0);
    return json();
  }

  describe('new', () => {
    it('writes a draft, sends nothing, and says what comes next', async () => {
      assert.equal(await writeNotice(as(), 'n.yaml'), 0);
      assert.match(words(), /N-\d+ is a draft now \(version 0\)\. Nothing is sent\.\nNext: .*dry-run N-\d+/);
    });

    it('writes in the name of the user of the operating system, by the way of the command line', async () => {
      const { id, author } = await written();
      const [entry] = await world.desk.audit(id, 1);
      assert.deepEqual([author, entry?.by.via], [{ id: 'os:ana', name: 'ana' }, 'command']);
    });

    it('does nothing with a draft that is wrong, says where, and ends with 2', async () => {
      const read: NoticeCommandParts['read'] = async () => ({ kind: 'text', text: 'name: [1]' });
      const before = await world.desk.list(1_000);
      assert.equal(await writeNotice(as(ana, { read }), 'n.yaml'), 2);
      assert.match(failed.join('\n'), /Nothing was changed[\s\S]*n\.yaml:1: name: expected string/);
      assert.deepEqual([said, (await world.desk.list(1_000)).length], [[], before.length]);
    });

    it('tells a program the same as one object', async () => {
      const read: NoticeCommandParts['read'] = async () => ({ kind: 'text', text: 'name: [1]' });
      assert.equal(await writeNotice(as(ana, { read, asJson: true }), 'n.yaml'), 2);
      assert.equal(json().error.code, 'draft-unusable');
      assert.match(json().error.faults[0], /^n\.yaml:1: /);
      assert.deepEqual(failed, []);
    });

    it('does not let what is wrong in a draft steer the terminal', async () => {
      const read: NoticeCommandParts['read'] = async () => ({
        kind: 'text',
        text: yaml.replace('{name}', '{nm\u009b2Je}'),
      });
      await writeNotice(as(ana, { read }), 'n.yaml');
      assert.match(failed.join('\n'), /\{nm 2Je\}/);
    });

    it('says what the desk has against it, and ends with 1', async () => {
      const read: NoticeCommandParts['read'] = async () => ({
        kind: 'text',
        text: yaml.replace('{name}', '{nmae}'),
      });
      assert.equal(await writeNotice(as(ana, { read }), 'n.yaml'), 1);
      assert.match(failed.join('\n'), /These are no placeholders: \{nmae\}/);
    });
  });

  describe('approve', () => {
    it('is refused to whoever wrote the words, also with all roles', async () => {
      const { id, version } = await submitted();
      assert.equal(await actOn(as(ana), id, { do: 'approve' }, version), 1);
      assert.match(failed.join('\n'), /Another person with the role approver must approve it/);
      assert.deepEqual(await world.at(id), { at: 'awaiting-approval' });
    });

    it('is refused for a version that is not the one that was read', async () => {
      const { id, version } = await submitted();
      assert.equal(await actOn(as(ben), id, { do: 'approve' }, version - 1), 1);
      assert.match(failed.join('\n'), /Somebody changed the notice/);
    });

    it('lets it go out when another person does', async () => {
      const { id, version } = await submitted();
      assert.equal(await actOn(as(ben), id, { do: 'approve' }, version), 0);
      assert.match(said.at(-1) ?? '', /goes to 3 people .*\nThe running bot sends it\./);
      assert.equal((await world.desk.find(id))?.approver?.id, 'os:ben');
    });
  });

  it('submit says who has to approve, and the version to name', async () => {
    const { id } = await written(mandatory);
    await actOn(as(), id, { do: 'submit' }, null);
    assert.match(said.at(-1) ?? '', /waits for a second person[\s\S]*approve N-\d+ --version 1/);
  });

  const sendings = [
    ['server', /The running bot sends it/],
    ['next-start', /once it runs again/],
    ['off', /no bot sends notices yet\. Set NOTICE_AUTHORS/],
  ] as const;
  for (const [sending, expected] of sendings) {
    it(`submit says what sends it where that is: ${sending}`, async () => {
      const { id } = await written();
      await actOn(as(ana, { sending }), id, { do: 'submit' }, null);
      assert.match(said.at(-1) ?? '', expected);
    });
  }

  it('every act says where the notice stands after it', async () => {
    const { id } = await written();
    await actOn(as(), id, { do: 'submit' }, null);
    await world.startAtOnce(id);
    await world.send(id, 'failed', 1);
    for (const command of ['pause', 'resume', 'resend-failed', 'cancel'] as const) {
      assert.equal(await actOn(as(), id, { do: command }, null), 0, command);
    }
    assert.deepEqual(
      said.slice(2).map((text) => text.split('\n')[0]?.replace(id, 'it')),
      [
        `it is paused. \`handshake notice resume ${id}\` goes on.`,
        'it is being sent.',
        'it is being sent.',
        'it is cancelled. Whoever waits for it gets nothing.',
      ],
    );
  });

  it('cancel calls off the reminder of what is done', async () => {
    const { id } = await world.schedule({ schedule: { ...draft().schedule, remindAfterDays: 7 } });
    await world.wind();
    await world.send(id);
    await world.wind();
    assert.equal(await actOn(as(), id, { do: 'cancel' }, null), 0);
    assert.equal(said.at(-1), `${id} is done, and no reminder follows.`);
    assert.equal(await actOn(as(), id, { do: 'cancel' }, null), 1);
  });

  it('edit replaces what a notice says, unless somebody was faster', async () => {
    const { id, version } = await written();
    assert.equal(await editNotice(as(ben), id, 'n.yaml', version), 0);
    assert.equal((await world.desk.find(id))?.author.name, 'ben');
    assert.equal(await editNotice(as(ana), id, 'n.yaml', version), 1);
  });

  describe('show', () => {
    it('shows all that whoever approves has to see', async () => {
      const { id } = await submitted();
      const byClass = { 'will-break': 3, 'at-risk': 0, fine: 1, unknown: 0 };
      const desk = { ...world.desk, figures: async () => ({ people: 4, byClass, rows: [] }) };
      await showNotice(as(ben, { desk }), id, false);
      assert.match(words(), /The bot knows 4 people\n {2}will break: 3/);
      for (const part of ['Suites retire', 'version 1', 'Written by ana', 'Goes to 3 people', '2026-04-01']) {
        assert.ok(words().includes(part), part);
      }
      for (const part of ['It locks them out', 'will break', 'Sign-in will stop', 'Hello {name}.']) {
        assert.ok(words().includes(part), part);
      }
    });

    it('prints a file that edit takes back as it is', async () => {
      const { id, texts } = await written();
      await showNotice(as(), id, true);
      const text = said.at(-1) ?? '';
      assert.equal(await editNotice(as(ana, { read: async () => ({ kind: 'text', text }) }), id, '-', 0), 0);
      assert.deepEqual((await world.desk.find(id))?.texts, texts);
    });

    it('does not let the words of a notice steer the terminal', async () => {
      const { id } = await written(yaml.replace('Suites retire', '"Suites\\e[2J\\u202e retire"'));
      await showNotice(as(), id, false);
      await listNotices(as(), 10);
      const shown = said.slice(1).join('\n');
      assert.match(shown, /Suites/);
      assert.doesNotMatch(shown, /[^\n\P{Cc}]|\u202e/u);
    });
  });

  it('list shows the newest first, with their ids', async () => {
    const first = await written();
    world.pass(1);
    const second = await written();
    await listNotices(as(), 2);
    const rows = (said.at(-1) ?? '').split('\n').map((row) => row.split(' ')[0]);
    assert.deepEqual(rows, [second.id, first.id]);
  });

  it('figures and dry-run take a notice or a draft that was not sent in yet', async () => {
    const { id } = await written();
    for (const which of [id, 'n.yaml']) {
      assert.equal(await showFigures(as(ana, { asJson: true }), which), 0);
      assert.equal(json().people, 4);
      assert.equal(await tryNotice(as(ana, { asJson: true }), which), 0);
      assert.equal(json().count, 3);
    }
  });

  it('dry-run says whom it would reach, and who cannot be reached and why, and no address', async () => {
    const hit = person('p1');
    const desk = {
      ...world.desk,
      dryRun: async () => ({
        count: 1,
        byClass: { 'will-break': 1, 'at-risk': 0, fine: 0, unknown: 0 },
        sample: [hit],
        unreachable: [
          { id: 'p2', name: 'Olga', why: 'opted-out' as const },
          { id: 'p3', name: null, why: 'unknown-person' as const },
        ],
      }),
    };
    await tryNotice(as(ana, { desk }), 'n.yaml');
    assert.match(words(), /1 person would get it\. Nothing was sent\./);
    assert.match(words(), /2 people cannot be reached:/);
    assert.match(words(), /Olga \(p2\): wants no notices/);
    assert.match(words(), /p3: nobody whom the bot knows/);
    await tryNotice(as(ana, { desk, asJson: true }), 'n.yaml');
    assert.doesNotMatch(said.at(-1) ?? '', /reference/);
  });

  it('dry-run counts nobody where a group cannot be asked, and says so', async () => {
    const dryRun = async () => {
      throw new GroupUnavailable('503');
    };
    assert.equal(await tryNotice(as(ana, { desk: { ...world.desk, dryRun } }), 'n.yaml'), 1);
    assert.match(failed.join('\n'), /Graph did not say who is in a group.*\(503\)/);
  });

  it('progress names every state, and they add up', async () => {
    const { id } = await written();
    await actOn(as(), id, { do: 'submit' }, null);
    await world.startAtOnce(id);
    await world.send(id, 'sent', 1);
    await world.send(id, 'failed', 1);
    await showProgress(as(), id);
    const counts = (said.at(-1) ?? '').matchAll(/^ {2}[A-Z][^:]*: (\d+)$/gm);
    const numbers = [...counts].map(([, count]) => Number(count));
    assert.equal(numbers.length, deliveryStates.length);
    assert.equal(
      numbers.reduce((sum, count) => sum + count, 0),
      3,
    );
    assert.match(said.at(-1) ?? '', /To 3 people/);
  });

  describe('report', () => {
    const collect = async (lines: AsyncIterable<string>) => {
      let text = '';
      for await (const line of lines) text += line;
      return text;
    };

    it('is CSV, with a line for each recipient, and the log says who took it', async () => {
      const { id } = await written();
      await actOn(as(), id, { do: 'submit' }, null);
      const files: string[] = [];
      const code = await writeReport(as(ben), id, 'report.csv', {
        writeOut: async () => assert.fail(),
        writeFile: async (file, lines) => {
          files.push(file, await collect(lines));
          return { kind: 'written' };
        },
      });
      const [file, text = ''] = files;
      assert.deepEqual([code, file, text.trim().split('\r\n').length], [0, 'report.csv', 4]);
      const [entry] = await world.desk.audit(id, 1);
      assert.deepEqual([entry?.what, entry?.by.name], ['export', 'ben']);
    });

    it('that cannot be written says why, and ends with 2', async () => {
      const { id } = await written();
      const code = await writeReport(as(), id, 'no/report.csv', {
        writeOut: async () => assert.fail(),
        writeFile: async () => ({ kind: 'refused', reason: 'ENOENT' }),
      });
      assert.equal(code, 2);
      assert.match(failed.join('\n'), /no\/report\.csv \(ENOENT\)/);
    });
  });

  it('audit tells who did what, by which way', async () => {
    const { id } = await submitted();
    await showAudit(as(), id, 10);
    assert.match(
      words(),
      new RegExp(`UTC {2}${id} {2}submit · ana \\(command\\).*to: awaiting-approval.*\n.*create · ana`),
    );
  });

  it('says of a notice that does not exist how to find one, whatever is asked of it', async () => {
    const codes = [
      await showNotice(as(), 'N-NONE', false),
      await showProgress(as(), 'N-NONE'),
      await tryNotice(as(), 'N-NONE'),
      await showAudit(as(), 'N-NONE', 5),
      await actOn(as(), 'N-NONE', { do: 'pause' }, null),
    ];
    assert.deepEqual(codes, [1, 1, 1, 1, 1]);
    for (const line of failed) assert.match(line, /no notice N-NONE/);
  });
});

describe('Whoever runs a command', () => {
  it('acts under the name that the operating system gives', () => {
    const { id, name, via, roles } = actorOf({ uid: 1000, name: 'ana', sudoUser: null });
    assert.deepEqual(
      { id, name, via, roles },
      { id: 'os:ana', name: 'ana', via: 'command', roles: ['author', 'approver', 'auditor'] },
    );
  });

  it('stays who they are under sudo as root', () => {
    assert.equal(actorOf({ uid: 0, name: 'root', sudoUser: 'ana' }).id, 'os:ana');
  });

  it('cannot take another name by a variable, to approve their own words', () => {
    assert.equal(actorOf({ uid: 1000, name: 'ana', sudoUser: 'ben' }).id, 'os:ana');
  });

  it('goes by the number of the user where there is no name', () => {
    assert.equal(actorOf({ uid: 1234, name: null, sudoUser: null }).id, 'os:1234');
  });
});
