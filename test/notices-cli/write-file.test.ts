import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemWriters } from '../../src/notices-cli/write-file.ts';

const { writeFile: writeWhole } = systemWriters;

async function* lines(...given: readonly string[]) {
  yield* given;
}
async function* broken() {
  yield 'half of it';
  throw new Error('the database went away');
}

describe('A report in a file', () => {
  let folder: string;
  let file: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'handshake-report-'));
    file = join(folder, 'report.csv');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is whole, and for nobody else to read', async () => {
    assert.deepEqual(await writeWhole(file, lines('a\r\n', 'b\r\n')), { kind: 'written' });
    assert.equal(await readFile(file, 'utf8'), 'a\r\nb\r\n');
    if (process.platform !== 'win32') assert.equal((await stat(file)).mode & 0o777, 0o600);
  });

  it('replaces the one before only when it is whole', async () => {
    await writeFile(file, 'before');
    await assert.rejects(writeWhole(file, broken()), /the database went away/);
    assert.deepEqual([await readdir(folder), await readFile(file, 'utf8')], [['report.csv'], 'before']);
    await writeWhole(file, lines('after'));
    assert.equal(await readFile(file, 'utf8'), 'after');
  });

  it('says why it could not be written', async () => {
    const written = await writeWhole(join(folder, 'no', 'report.csv'), lines('a'));
    assert.deepEqual(written, { kind: 'refused', reason: 'ENOENT' });
  });
});
