import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { listReports, readTranscript } from '../../src/storage/cases.ts';
import { createTicketStore } from '../../src/storage/ticket-store.ts';
import type { TeamsUser } from '../doubles/teams-user.ts';
import {
  conversationOf,
  databaseStarts,
  storedOf,
  teamsWorld,
  textOf,
  type World,
  wordsSeenBy,
} from './harness.ts';
import { brokenReport, cutIntoMessages, reportFile } from './reports.ts';

describe('In Teams', () => {
  let world: World;
  before(async function () {
    this.timeout(databaseStarts);
    world = await teamsWorld();
  });

  /** From the install to the card with the script. */
  async function asksForCheck(): Promise<TeamsUser> {
    const maria = world.connector.user({ name: 'Maria' });
    await maria.installs();
    await maria.pressesButton('Continue', { value: '0x8004de40' });
    await maria.pressesButton('Continue', { value: 'windows-10' });
    await maria.pressesButton('Check my PC');
    return maria;
  }

  function cardOf(user: TeamsUser): string {
    return textOf(user.lastCard().content);
  }

  describe('someone in Teams who lets the PC be checked', () => {
    it('gets from the install to the recommended step with an attached report', async () => {
      const maria = await asksForCheck();
      assert.match(cardOf(maria), /Let's check your PC/);

      await maria.attaches(reportFile);
      assert.match(cardOf(maria), /I found what blocks OneDrive/);
      assert.match(cardOf(maria), /Recommended next step\nSwitch on the two cipher suites/);
      await maria.pressesButton('Show me this step');
      assert.match(cardOf(maria), /^Step \d of \d · Windows 10\nSwitch on the two cipher suites/);
      assert.match(cardOf(maria), /Enable-TlsCipherSuite/);
    });

    it('sees the very lines of the report on which the result rests', async () => {
      const maria = await asksForCheck();
      await maria.attaches(reportFile);
      const lines = brokenReport.split('\r\n');
      const quoted = [...cardOf(maria).matchAll(/^line (\d+) *\n(.+)$/gm)];
      assert.ok(quoted.length >= 2, cardOf(maria));
      for (const [, number, text] of quoted) assert.equal(lines[Number(number) - 1], text);
      assert.match(cardOf(maria), /TLS_DHE_RSA_WITH_AES_128_GCM_SHA256|TLS_RSA_WITH_AES_128_CBC_SHA/);
    });

    it('gets the same result by pasting the report in three messages', async () => {
      const maria = await asksForCheck();
      await maria.attaches(reportFile);
      const byFile = cardOf(maria);

      const paul = await asksForCheck();
      const [first = '', second = '', third = ''] = cutIntoMessages(brokenReport, 3);
      await paul.says(first);
      assert.match(cardOf(paul), /I have the first part/);
      await paul.says(second);
      assert.match(cardOf(paul), /I have 2 parts/);
      await paul.says(third);
      assert.equal(cardOf(paul), byFile);
    });

    it('has the report kept with the case, as it came', async () => {
      const maria = await asksForCheck();
      await maria.attaches(reportFile);
      const { cases } = await storedOf(world, conversationOf(maria));
      const [report] = await listReports(world.app.database, cases[0]?.id ?? '');
      assert.equal(report?.text.replaceAll('\r\n', '\n'), brokenReport.replaceAll('\r\n', '\n'));
    });

    it('is asked for the text file when a screenshot comes', async () => {
      const maria = await asksForCheck();
      const before = wordsSeenBy(maria).length;
      await maria.pastesImage({ name: 'Screenshot.png', bytes: Buffer.from([0x89, 0x50]) });
      assert.match(wordsSeenBy(maria)[before] ?? '', /can't read pictures.*handshake-report\.txt/);
    });

    it('is asked to attach it again when the link to the file has lapsed', async () => {
      const maria = await asksForCheck();
      const before = wordsSeenBy(maria).length;
      await maria.attaches({ ...reportFile, refuses: 403 });
      assert.match(wordsSeenBy(maria)[before] ?? '', /expired.*attach the file once more/);
    });

    it('gives no token of the bot to the place where the file lies', async () => {
      const maria = await asksForCheck();
      await maria.attaches(reportFile);
      assert.ok(world.connector.files.downloads.length > 0);
      for (const { authorization } of world.connector.files.downloads) assert.equal(authorization, undefined);
    });
  });

  describe('the script', () => {
    it('has at the link of the card the size and SHA-256 that the card tells', async () => {
      const maria = await asksForCheck();
      const links = [
        ...JSON.stringify(maria.lastCard().content).matchAll(/https:\/\/[^"\\) ]+\.(?:ps1|cmd)/g),
      ];
      const paths = new Set(links.map(([link]) => new URL(link).pathname));
      // Both scripts under the name that carries the case's code, and the plain one that the command fetches.
      assert.equal(paths.size, 3);
      for (const path of paths) {
        const bytes = Buffer.from(await (await fetch(world.app.url + path)).arrayBuffer());
        assert.match(cardOf(maria), new RegExp(createHash('sha256').update(bytes).digest('hex')));
        assert.match(cardOf(maria), new RegExp(`${(bytes.length / 1000).toFixed(1)} kB`));
      }
    });
  });

  describe('someone who is sent the script as a file', () => {
    async function isAsked(): Promise<TeamsUser> {
      const maria = await asksForCheck();
      await maria.pressesButton('Send it to me as a file');
      return maria;
    }
    const lastWords = (user: TeamsUser) => wordsSeenBy(user).at(-1) ?? '';

    it('gets it saved whole to their OneDrive when they allow it, and a card of the file', async () => {
      const maria = await isAsked();
      const before = world.connector.files.uploads.length;
      assert.deepEqual(await maria.acceptsFile(), { status: 200, body: undefined });
      const [upload] = world.connector.files.uploads.slice(before);
      const size = upload?.bytes.length ?? 0;
      assert.equal(upload?.headers['content-range'], `bytes 0-${size - 1}/${size}`);
      assert.equal(upload?.headers['content-length'], String(size));
      assert.equal(upload?.headers['content-type'], 'application/octet-stream');
      assert.equal(upload?.headers.authorization, undefined);
      const hash = createHash('sha256')
        .update(upload?.bytes ?? '')
        .digest('hex');
      assert.match(wordsSeenBy(maria).join('\n'), new RegExp(hash));

      const info = maria.messages().at(-2)?.activity.attachments?.[0];
      assert.equal(info?.contentType, 'application/vnd.microsoft.teams.card.file.info');
      assert.deepEqual(info?.content, { uniqueId: upload?.id, fileType: 'ps1' });
      assert.match(lastWords(maria), /handshake-check-[2-9A-Z]{8}\.ps1 is there/);
    });

    it('is told kindly about the link when they decline', async () => {
      const maria = await isAsked();
      const before = world.connector.files.uploads.length;
      await maria.declinesFile();
      assert.match(lastWords(maria), /no file.*download link/);
      assert.equal(world.connector.files.uploads.length, before);
    });

    it('is told kindly about the link when the saving fails', async () => {
      const maria = await isAsked();
      const offered = maria.messages().at(-1)?.activity.attachments?.[0]?.content as {
        acceptContext: unknown;
      };
      const uploadInfo = {
        name: 'handshake-check.ps1',
        uploadUrl: new URL('/upload/nobody-opened-this', world.connector.url).href,
        contentUrl: 'https://contoso-my.sharepoint.com/personal/someone/Documents/handshake-check.ps1',
        uniqueId: '1',
        fileType: 'ps1',
      };
      const context = offered.acceptContext;
      await maria.invokes('fileConsent/invoke', {
        type: 'fileUpload',
        action: 'accept',
        context,
        uploadInfo,
      });
      assert.match(lastWords(maria), /could not save the file.*download link/);
    });
  });

  describe('someone who asks for a person', () => {
    it("has a ticket with diagnosis, and their words and the bot's in the transcript", async () => {
      const maria = await asksForCheck();
      await maria.attaches(reportFile);
      await maria.says('can I talk to a human please');
      await maria.pressesButton('Show me the preview', { value: 'I present at noon' });
      const tickets = createTicketStore(world.app.database);
      const mine = () => tickets.list({ userId: maria.profile.id, limit: 10 });
      assert.deepEqual(await mine(), []);
      await maria.pressesButton('Yes, save it for them', { value: 'with-report' });

      const [ticket, ...more] = await mine();
      assert.deepEqual(more, []);
      const shared = ticket?.details.shared;
      assert.equal(shared?.note, 'I present at noon');
      assert.equal(shared?.diagnosis?.verdict, 'fail');
      assert.match(shared?.report ?? '', /HANDSHAKE REPORT 1 BEGIN/);
      assert.match(wordsSeenBy(maria).join('\n'), new RegExp(`${ticket?.ticket.id}`));
      assert.match(wordsSeenBy(maria).join('\n'), /extension 4711/);

      const transcript = await readTranscript(world.app.database, ticket?.ticket.caseId ?? '');
      const said = transcript.filter(({ kind }) => kind.startsWith('said-by')).map(({ data }) => data.text);
      assert.ok(said.includes('can I talk to a human please'));
      assert.ok(said.includes("Let's check your PC"));
    });
  });
});
