import assert from 'node:assert/strict';
import type { Answer } from '../../src/upload/page.ts';
import { code, formOf, judged, now, openDesk, statusOf, textOf } from './page-builder.ts';

const here = '192.0.2.1';
const report = () => formOf({ text: 'REPORT of this PC' });

describe('the page that takes reports', () => {
  const pages: readonly (readonly [string, () => Promise<Answer>, number, RegExp])[] = [
    ['asks for the code', () => openDesk().upload.ask(here, null), 200, /<label for="code">Your code/],
    [
      'leads from a typed code to its page',
      () => openDesk().upload.ask(here, 'cdfg-2345'),
      303,
      /^-> r\/CDFG2345$/,
    ],
    [
      'says so when what was typed is no code',
      () => openDesk().upload.ask(here, 'ABC'),
      200,
      /role="alert".*not a code/,
    ],
    ['takes the report under a code', () => openDesk().upload.open(here, code), 200, /Your code: CDFG-2345/],
    [
      'links the scripts beside it',
      () => openDesk().upload.open(here, code),
      200,
      /href="\.\.\/scripts\/1-a\/check-CDFG2345\.ps1"/,
    ],
    [
      'tells a stranger nothing',
      () => openDesk().upload.open(here, 'HJKM6789'),
      404,
      /This code does not work/,
    ],
    [
      'knows no code that is none',
      () => openDesk().upload.open(here, '<script>'),
      404,
      /This code does not work/,
    ],
    [
      'knows a used code',
      () => openDesk({ used: true }).upload.open(here, code),
      200,
      /has come in already.*CDFG2345\/result/s,
    ],
    [
      'shows the result',
      () => openDesk({ used: true }).upload.result(here, code, 0),
      200,
      /This PC looks fine.*Go back to the chat/s,
    ],
    [
      'looks again by itself while the report is read',
      () => openDesk().upload.result(here, code, 3),
      200,
      /http-equiv="refresh" content="2;url=result\?tries=4"/,
    ],
    [
      'ends looking when nothing comes',
      () => openDesk().upload.result(here, code, 20),
      200,
      /send the report once more.*href="\.\.\/CDFG2345"/s,
    ],
    [
      'ends looking when the count of looks is nonsense',
      () => openDesk().upload.result(here, code, Number.NaN),
      200,
      /went wrong/,
    ],
  ];
  for (const [rule, open, status, text] of pages) {
    it(rule, async () => {
      const answer = await open();
      assert.equal(statusOf(answer), status);
      assert.match(textOf(answer), text);
    });
  }

  it('looks the same to a stranger for a code that ran out and one that never was', async () => {
    const expired = openDesk({ expiresAt: now }).upload;
    assert.deepEqual(await expired.open(here, code), await expired.open(here, 'HJKM6789'));
  });

  it('says that the report has come in when its result is told in the chat only', async () => {
    const answer = await openDesk({ used: true }, { resultOf: async () => null }).upload.result(
      here,
      code,
      0,
    );
    assert.match(textOf(answer), /Your report has arrived/);
    assert.doesNotMatch(textOf(answer), /looks fine/);
  });

  it('passes on what speaks against a report', async () => {
    const resultOf = async () => ({ ...judged, doubts: ['old'] as const });
    const answer = await openDesk({ used: true }, { resultOf }).upload.result(here, code, 0);
    assert.doesNotMatch(textOf(answer), /This PC looks fine/);
    assert.match(textOf(answer), /Check this PC afresh/);
  });

  it('lets nothing in from elsewhere, no script, no frame, no cache and no referrer', async () => {
    const answer = await openDesk().upload.open(here, code);
    assert.ok(answer.kind === 'page');
    assert.match(
      answer.headers['Content-Security-Policy'] ?? '',
      /^default-src 'none'; style-src 'sha256-[\w+/=]+'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'$/,
    );
    assert.equal(answer.headers['Cache-Control'], 'no-store');
    assert.equal(answer.headers['Referrer-Policy'], 'no-referrer');
    assert.doesNotMatch(answer.html, /<script|https?:|src=|style=/);
  });
});

describe('a report that is sent to the page', () => {
  it('is taken in under its code and leads to the result', async () => {
    const { upload, taken } = openDesk();
    assert.equal(textOf(await upload.take(here, 'cdfg-2345', await report())), '-> CDFG2345/result');
    assert.deepEqual(taken, [[code, 'REPORT of this PC']]);
  });

  it('leads to the result, which looks again, when the chat is slow', async () => {
    const { upload } = openDesk({}, { patienceMs: 1, takeReport: () => new Promise(() => undefined) });
    assert.equal(textOf(await upload.take(here, code, await report())), '-> CDFG2345/result');
  });

  it('can be sent again when it could not be kept', async () => {
    const { upload } = openDesk({}, { takeReport: () => Promise.reject(new Error('no database')) });
    const answer = await upload.take(here, code, await report());
    assert.equal(statusOf(answer), 500);
    assert.match(textOf(answer), /Your code still works.*href="CDFG2345"/s);
    assert.doesNotMatch(textOf(answer), /no database/);
  });

  it('is not taken in under a code that was used, ran out or never was', async () => {
    for (const [known, given, status] of [
      [{ used: true }, code, 409],
      [{ expiresAt: now }, code, 404],
      [{}, 'HJKM6789', 404],
    ] as const) {
      const { upload, taken } = openDesk(known);
      assert.equal(statusOf(await upload.take(here, given, await report())), status);
      assert.deepEqual(taken, []);
    }
  });

  const mistakes: readonly (readonly [string, Readonly<Record<string, string | File>>, number, RegExp])[] = [
    ['nothing chosen', { file: new File([], '') }, 400, /choose the file handshake-report\.txt first/],
    ['nothing pasted', { text: ' \r\n ' }, 400, /choose the file handshake-report\.txt first/],
    ['no report', { text: 'hello' }, 422, /could not find a report in that/],
    [
      'far too much',
      { file: new File([Buffer.alloc(2 * 1024 * 1024 + 1)], 'a.iso') },
      413,
      /too large for a report/,
    ],
    ['far too much text', { text: 'x'.repeat(2 * 1024 * 1024 + 1) }, 413, /too large for a report/],
  ];
  for (const [mistake, fields, status, text] of mistakes) {
    it(`is asked for again when it is ${mistake}, and the code stays good`, async () => {
      const { upload, taken } = openDesk();
      const answer = await upload.take(here, code, await formOf(fields));
      assert.equal(statusOf(answer), status);
      assert.match(textOf(answer), text);
      assert.match(textOf(answer), /role="alert"/);
      await upload.take(here, code, await report());
      assert.equal(taken.length, 1);
    });
  }
});

describe('someone who tries codes', () => {
  const limits = { wrongCodes: 3, forms: 100, formsOfCode: 100 };

  it('gets no page any more after some wrong ones, even with a right one', async () => {
    const { upload, taken } = openDesk({}, { limits });
    for (const wrong of ['HJKM2345', 'HJKM2346', 'HJKM2347']) {
      assert.equal(statusOf(await upload.open(here, wrong)), 404);
    }
    assert.equal(statusOf(await upload.open(here, code)), 429);
    assert.equal(statusOf(await upload.result(here, code, 0)), 429);
    assert.equal(statusOf(await upload.take(here, code, await report())), 429);
    assert.equal(statusOf(await upload.ask(here, code)), 429);
    assert.deepEqual(taken, []);
  });

  it('is one and the same from every address of an IPv6 network', async () => {
    const { upload } = openDesk({}, { limits });
    for (const last of [1, 2, 3]) await upload.open(`2001:db8:1:2::${last}`, 'HJKM2345');
    assert.equal(statusOf(await upload.open('2001:db8:1:2:ffff::1', code)), 429);
    assert.equal(statusOf(await upload.open('2001:db8:1:3::1', code)), 200);
  });

  it('does not keep others from their page', async () => {
    const { upload } = openDesk({}, { limits });
    for (let tries = 0; tries < 9; tries += 1) await upload.open(here, 'HJKM2345');
    assert.equal(statusOf(await upload.open('192.0.2.2', code)), 200);
  });

  it('is not who opens the right page often', async () => {
    const { upload } = openDesk({}, { limits });
    for (let tries = 0; tries < 9; tries += 1) {
      assert.equal(statusOf(await upload.open(here, code)), 200);
    }
  });
});

describe('someone who sends form after form', () => {
  const usual = { wrongCodes: 100, forms: 100, formsOfCode: 100 };
  const noise = () => formOf({ text: 'hello' });

  it('is stopped for the code, wherever they are', async () => {
    const { upload } = openDesk({}, { limits: { ...usual, formsOfCode: 2 } });
    for (const from of ['192.0.2.1', '192.0.2.2']) {
      assert.equal(statusOf(await upload.take(from, code, await noise())), 422);
    }
    assert.equal(statusOf(await upload.take('192.0.2.3', code, await noise())), 429);
  });

  it('is stopped for their address', async () => {
    const { upload } = openDesk({}, { limits: { ...usual, forms: 1 } });
    assert.equal(statusOf(await upload.take(here, code, await noise())), 422);
    assert.equal(statusOf(await upload.take(here, code, await noise())), 429);
    assert.equal(statusOf(await upload.take('192.0.2.2', code, await noise())), 422);
  });
});

describe('a page whose database fails', () => {
  it('says so without a word of the error, and logs it', async () => {
    const { upload, logged } = openDesk({}, { findCode: () => Promise.reject(new Error('no database')) });
    const answer = await upload.open(here, code);
    assert.equal(statusOf(answer), 500);
    assert.doesNotMatch(textOf(answer), /no database/);
    assert.equal(logged.length, 1);
  });
});
