import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadWording } from '../../src/cards/wording.ts';
import { importPeople } from '../../src/people-commands.ts';
import type { Database } from '../../src/storage/connection.ts';
import { createPeopleStore } from '../../src/storage/people-store.ts';

const ana = '0a0a0a0a-1111-4222-8333-444444444444';
const ben = '0b0b0b0b-1111-4222-8333-444444444444';
const header = 'Entra id,name,site,language,time zone\r\n';

export function describePeopleImport(open: () => Database): void {
  const people = () => createPeopleStore(open());
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'handshake-people-'));
  });
  after(() => rm(folder, { recursive: true }));
  beforeEach(async () => void (await open().db.deleteFrom('people').execute()));

  async function bring(content: string | Buffer) {
    const file = join(folder, 'list.csv');
    await writeFile(file, content);
    const lines: string[] = [];
    const say = (line: string) => void lines.push(line.replaceAll(file, 'list.csv'));
    const code = await importPeople(file, people().keepListed, loadWording('en'), {
      write: say,
      writeError: say,
    });
    return { code, says: lines.join('\n') };
  }

  it('keeps the people of the list, reachable by their Entra id, and says how many are new', async () => {
    const row = `${ana.toUpperCase()},Ana,Zürich,de-CH,Europe/Zurich\r\n`;
    const { code, says } = await bring(`${header}${row}${ben},,,,\r\n`);
    assert.deepEqual([code, says], [0, '2 people kept, 2 of them new.']);
    const { id, entraId, name, site, locale, timeZone, reach } = (await people().find(ana)) ?? assert.fail();
    assert.deepEqual([id, entraId, name, reach], [ana, ana, 'Ana', 'reachable']);
    assert.deepEqual([site, locale, timeZone], ['Zürich', 'de-CH', 'Europe/Zurich']);
  });

  it('brought again knows nobody twice, takes a new site, and leaves what an empty cell does not say', async () => {
    await bring(`${header}${ana},Ana,Bern,de-CH,Europe/Zurich\r\n`);
    const { says } = await bring(`${header}${ana},,Oslo,,\r\n`);
    assert.equal(says, '1 person kept, 0 of them new.');
    const { name, site, locale } = (await people().find(ana)) ?? assert.fail();
    assert.deepEqual([name, site, locale], ['Ana', 'Oslo', 'de-CH']);
  });

  it('keeps nothing of a list with a bad line, and says what was expected there', async () => {
    const { code, says } = await bring(`Entra id\n${ana}\nben\n`);
    assert.deepEqual([code, await people().find(ana)], [2, null]);
    assert.match(says, /list\.csv:3: expected the Entra object id .* got "ben"/);
  });

  it('keeps nothing of a list in an old code page, whose umlauts would be damaged', async () => {
    const { code, says } = await bring(Buffer.from(`${header}${ana},Ana,Zürich,,\r\n`, 'latin1'));
    assert.deepEqual([code, await people().find(ana)], [2, null]);
    assert.match(says, /list\.csv: expected text in UTF-8/);
  });

  it('takes a list in UTF-16, as PowerShell writes it', async () => {
    const { code } = await bring(Buffer.from(`\ufeff${header}${ana},Ana,Zürich,,\r\n`, 'utf16le'));
    assert.deepEqual([code, (await people().find(ana))?.site], [0, 'Zürich']);
  });

  it('says so where there is no such list', async () => {
    const lines: string[] = [];
    const writeError = (line: string) => void lines.push(line);
    const output = { write: assert.fail, writeError };
    const code = await importPeople(join(folder, 'no.csv'), people().keepListed, loadWording('en'), output);
    assert.equal(code, 2);
    assert.match(lines.join(), /Expected a file that can be read/);
  });
}
