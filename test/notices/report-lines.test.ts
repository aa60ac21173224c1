import { deepEqual, equal } from 'node:assert/strict';
import type { DeliveryRow } from '../../src/notices/notice-desk.ts';
import { csvOf, jsonOf } from '../../src/notices/report-lines.ts';

const row: DeliveryRow = {
  ...{ personId: 'p-1', name: 'Maria Muster', impact: 'will-break', cause: 'cipher-suites' },
  ...{ os: 'windows-10', site: 'Bern', state: 'sent', reason: null, sentAt: '2026-03-02T08:00:00.000Z' },
  ...{ acknowledgedAt: null, checkedAt: null, fixedAt: null },
};

describe('The report of a notice as CSV', () => {
  it('begins with what tells Excel that it is in UTF-8, and with the names of the columns', async () => {
    equal(
      await textOf([]),
      '\ufeffpersonId,name,impact,cause,os,site,state,reason,reasonInWords,' +
        'sentAt,acknowledgedAt,checkedAt,fixedAt\r\n',
    );
  });

  it('has a line for each delivery, however many pages there are', async () => {
    const lines = await linesOf([[row], [{ ...row, personId: 'p-2', state: 'failed', reason: '413' }]]);
    deepEqual(lines, [
      'p-1,Maria Muster,will-break,cipher-suites,windows-10,Bern,sent,,,2026-03-02T08:00:00.000Z,,,',
      'p-2,Maria Muster,will-break,cipher-suites,windows-10,Bern,failed,413,words for 413,2026-03-02T08:00:00.000Z,,,',
    ]);
  });

  const names = [
    ['=HYPERLINK("https://x.example")', `"'=HYPERLINK(""https://x.example"")"`],
    ['+41 1', "'+41 1"],
    ['-1+1', "'-1+1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['\n=1', `"'\n=1"`],
    ['＝1', "'＝1"],
  ] as const;
  for (const [name, cell] of names) {
    it(`has no formula where somebody calls themselves ${JSON.stringify(name)}`, async () => {
      equal(await textOf([[{ ...row, name }]]).then((text) => text.includes(`p-1,${cell},will-break`)), true);
    });
  }

  it('quotes what would end a cell, and leaves umlauts and other signs as they are', async () => {
    const [line] = await linesOf([[{ ...row, name: 'Müller, "Jo" = 1', site: 'Zürich' }]]);
    equal(line?.startsWith('p-1,"Müller, ""Jo"" = 1",will-break,cipher-suites,windows-10,Zürich,'), true);
  });
});

describe('The report of a notice as JSON', () => {
  it('has the names as they are, since no spreadsheet opens it', async () => {
    let text = '';
    for await (const part of jsonOf(pagesOf([[{ ...row, name: '=1' }], [], [row]]))) text += part;
    deepEqual(JSON.parse(text), { deliveries: [{ ...row, name: '=1' }, row] });
  });
});

async function* pagesOf(pages: readonly (readonly DeliveryRow[])[]) {
  yield* pages;
}

async function textOf(pages: readonly (readonly DeliveryRow[])[]): Promise<string> {
  let text = '';
  for await (const part of csvOf(pagesOf(pages), (reason) => `words for ${reason}`)) text += part;
  return text;
}

async function linesOf(pages: readonly (readonly DeliveryRow[])[]): Promise<readonly string[]> {
  return (await textOf(pages)).split('\r\n').slice(1, -1);
}
