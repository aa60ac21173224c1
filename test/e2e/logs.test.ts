import assert from 'node:assert/strict';
import { buildReport, systems } from '../diagnosis/report-builder.ts';
import { databaseStarts, startWorld, type World } from './harness.ts';
import { cutIntoMessages } from './reports.ts';

/** Words that only people could have brought in; each in the places where people put such things. */
const planted = {
  upn: 'ludmilla.okonkwo@canary-tenant.example',
  password: 'Kestrel!Granite47-canary',
  jwt: 'eyJhbGciOiJub25lIn0.eyJjYW5hcnkiOiJ5ZXMifQ.Y2FuYXJ5LXNpZ25hdHVyZQ',
  name: 'Ludmilla Canary-Okonkwo',
  file: 'canary-passwords.txt',
  link: 'canary-download-token',
};

/** The log at level `trace`, through everything that a conversation does and most of what goes wrong. */
describe('The log at its most talkative', () => {
  let world: World;
  before(async function () {
    this.timeout(databaseStarts);
    world = await startWorld({ mode: 'teams', data: 'memory' });
  });
  after(() => world.close());

  it('holds nothing of what people write, send or are called', async () => {
    const { upn, password, jwt, name, file, link } = planted;
    const { connector } = world;
    const maria = connector.user({ name });
    const report = buildReport(systems['windows-10-22h2'], {
      'proxy.user.server': `${upn}:8080`,
      'onedrive.version': password,
      'os.product': jwt,
    });
    await maria.installs();
    await maria.says(`0x8004de40 windows 10, I am ${upn}, my password is ${password} and the token ${jwt}`);
    await maria.pressesButton('Check my PC');
    await maria.attaches({ name: file, bytes: Buffer.from(report, 'latin1') });
    await maria.attaches({ name: file, bytes: Buffer.from(password), refuses: 403 });
    await maria.attaches({ name: file, bytes: Buffer.from(`${password}\0${upn}`) });
    for (const part of cutIntoMessages(report, 3)) await maria.says(part);
    await maria.presses({ press: 'send-ticket', value: password, binding: jwt });
    await maria.says('talk to a person');
    await maria.pressesButton('Show me the preview', { value: `${upn} ${password} ${jwt}` });
    await maria.pressesButton('Yes, save it for them', { value: 'with-report' });
    await maria.sends({
      type: 'message',
      attachments: [remoteFile(`https://files.example/${link}?tempauth=${link}`)],
    });

    connector.failNext(1, { kind: 'status', status: 500, accepted: false });
    await maria.says(`${password}?`);
    connector.failNext(1, { kind: 'throttled', retryAfterSeconds: 60 });
    await maria.says(upn);
    await world.letTimePass();
    await world.app.sweep(0);
    connector.failNext(1, { kind: 'reset', accepted: false });
    await maria.says(jwt);
    maria.blocksBot();
    await maria.says(password);
    const stranger = connector.user({ name, tenantId: '99999999-8888-4777-8666-555555555555' });
    await stranger.says(password);
    await maria.sends({ type: 'message', text: password, serviceUrl: `https://evil.example/${link}` });
    await maria.invokes('fileConsent/invoke', consentTo(link, file));
    await fetch(`${world.app.url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${jwt}` },
      body: `{"text":"${password}`,
    });

    const log = world.logged.join('');
    assert.ok(world.logged.length >= 8, `the log was listened to:\n${log}`);
    for (const [what, text] of Object.entries(planted)) {
      const at = log.toLowerCase().indexOf(text.toLowerCase());
      assert.equal(at, -1, `${what} stands in the log: ${log.slice(Math.max(at - 200, 0), at + 100)}`);
    }
  });

  it('holds nothing of them when the database fails in the middle of a turn', async () => {
    const { upn, password, jwt } = planted;
    const maria = world.connector.user();
    const { db } = world.app.database;
    await db.schema.alterTable('case_events').renameTo('case_events_gone').execute();
    try {
      assert.equal((await maria.says(`${upn} ${password} ${jwt}`)).status, 500);
    } finally {
      await db.schema.alterTable('case_events_gone').renameTo('case_events').execute();
    }
    const log = world.logged.join('');
    assert.match(log, /turn failed/);
    for (const text of [upn, password, jwt])
      assert.ok(!log.includes(text), log.slice(log.indexOf('turn failed') - 3000));
    assert.equal((await maria.repeats()).status, 200, 'Teams sends it again');
    assert.equal(maria.messages().length > 0, true);
  });

  it('holds no secret of the bot', () => {
    assert.ok(!world.logged.join('').includes('known to nobody'));
    assert.doesNotMatch(world.logged.join(''), /eyJ[\w-]+\.[\w-]+\./);
  });
});

function remoteFile(contentUrl: string) {
  return { contentType: 'text/plain', contentUrl, name: planted.file };
}

function consentTo(link: string, name: string) {
  const target = `https://files.example/${link}?tempauth=${link}`;
  const uploadInfo = { name, uploadUrl: target, contentUrl: target, uniqueId: '1', fileType: 'ps1' };
  return { type: 'fileUpload', action: 'accept', context: { id: 'x' }, uploadInfo };
}
