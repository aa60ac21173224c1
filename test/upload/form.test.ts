import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { type Form, mostBytes, readForm } from '../../src/upload/form.ts';
import { bodyOf, formOf } from './page-builder.ts';

const multipart = 'multipart/form-data; boundary=b';
const part = (head: string, body: string) =>
  `--b\r\nContent-Disposition: form-data; ${head}\r\n\r\n${body}\r\n`;
const file = (body: string) => part('name="file"; filename="C:\\Users\\Name\\report.txt"', body);

describe('a form with a report', () => {
  it('gives the bytes of the file as they are', async () => {
    const bytes = Buffer.from([0xff, 0xfe, 0x41, 0x00, 0x0d, 0x00, 0x0a, 0x00, 0x80]);
    const sent = await readForm(await formOf({ file: new File([bytes], 'handshake-report.txt') }));
    assert.deepEqual(sent, { kind: 'bytes', bytes });
  });

  it('gives a pasted text in UTF-8', async () => {
    const sent = await readForm(await formOf({ text: 'Größe = 1\nレポート' }));
    assert.deepEqual(sent, { kind: 'bytes', bytes: Buffer.from('Größe = 1\r\nレポート') });
  });

  it('may be urlencoded, as a small tool sends it', async () => {
    const form = bodyOf('application/x-www-form-urlencoded', 'other=1&text=a+%3D+b%0D%0A%E2%80%A6');
    assert.deepEqual(await readForm(form), { kind: 'bytes', bytes: Buffer.from('a = b\r\n…') });
  });

  it('gives the file when there is a text too, and the text when no file was chosen', async () => {
    const both = bodyOf(multipart, `${part('name="text"', 'pasted')}${file('from the file')}--b--\r\n`);
    assert.deepEqual(await readForm(both), { kind: 'bytes', bytes: Buffer.from('from the file') });
    const one = bodyOf(multipart, `${file('')}${part('name="text"', 'pasted')}--b--\r\n`);
    assert.deepEqual(await readForm(one), { kind: 'bytes', bytes: Buffer.from('pasted') });
  });

  it('may be as large as the limit and not a byte larger', async () => {
    const whole = await readForm(bodyOf(multipart, `${file('x'.repeat(mostBytes - 1))}--b--\r\n`));
    assert.equal(whole.kind, 'bytes');
    const large = await readForm(bodyOf(multipart, `${file('x'.repeat(mostBytes + 1))}--b--\r\n`));
    assert.deepEqual(large, { kind: 'too-large' });
  });
});

describe('a form that is no form', () => {
  const bodies: readonly (readonly [string, string, string])[] = [
    ['is JSON', 'application/json', '{"text":"x"}'],
    ['has no type', '', 'text=x'],
    ['names no boundary', 'multipart/form-data', file('x')],
    ['is cut off within the file', multipart, file('x'.repeat(500)).slice(0, -20)],
    ['is cut off within a head', multipart, '--b\r\nContent-Disposition: form-da'],
    ['is empty', multipart, ''],
  ];
  for (const [what, type, body] of bodies) {
    it(`is malformed when it ${what}`, async () => {
      const { kind } = await readForm(bodyOf(type, body));
      assert.equal(kind, 'malformed');
    });
  }

  it('is malformed when the browser goes away', async () => {
    const stream = new Readable({ read: () => undefined });
    const reading = readForm(Object.assign(stream, { headers: { 'content-type': multipart } }) as Form);
    stream.push(file('x'));
    stream.destroy();
    assert.deepEqual(await reading, { kind: 'malformed' });
  });

  it('is not read for ever', async () => {
    let pulled = 0;
    const stream = new Readable({
      read() {
        pulled += 1;
        this.push(
          pulled === 1
            ? Buffer.from(`--b\r\n${'Content-Disposition: form-data; name="file"; filename="a"'}\r\n\r\n`)
            : Buffer.alloc(1024 * 1024, 'x'),
        );
      },
    });
    const form = Object.assign(stream, { headers: { 'content-type': multipart } }) as Form;
    assert.deepEqual(await readForm(form), { kind: 'too-large' });
    assert.ok(pulled < 40, `${pulled} MB`);
  });

  it('takes no more parts than the page has', async () => {
    const many = part('name="x"', '1').repeat(1000);
    const { kind } = await readForm(bodyOf(multipart, `${many}${part('name="text"', 'late')}--b--\r\n`));
    assert.equal(kind, 'nothing');
  });

  it('never throws, whatever comes', async () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '--b',
        '--b--',
        '\r\n',
        '\r\n\r\n',
        'Content-Disposition: form-data; name="file"; filename="',
        'name="text"',
        '%',
        '=',
        '&',
        '\0',
      ),
      fc.string({ maxLength: 20 }),
    );
    const type = fc.constantFrom(
      multipart,
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=""',
    );
    await fc.assert(
      fc.asyncProperty(type, fc.array(piece, { maxLength: 30 }), async (contentType, pieces) => {
        await readForm(bodyOf(contentType, pieces.join('')));
      }),
      { numRuns: 200 },
    );
  });
});
