import assert from 'node:assert/strict';
import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { decode, sniff } from '../../src/diagnosis/decode.ts';
import { classifyAttachments, readIntake } from '../../src/intake/receive.ts';

const downloaded = {
  contentType: 'application/vnd.microsoft.teams.file.download.info',
  contentUrl: 'https://contoso-my.sharepoint.com/personal/ann/Documents/report.txt',
  name: 'handshake-report.txt',
  content: { downloadUrl: 'https://contoso-my.sharepoint.com/download?x=1', uniqueId: 'u1', fileType: 'txt' },
};
const mirror = { contentType: 'text/html', content: '<p>see file</p>' };
const picture = {
  contentType: 'image/png',
  contentUrl: 'https://smba.trafficmanager.net/v3/attachments/1',
  name: 'a.png',
};

describe('the attachments of a message', () => {
  it('bring a file of Teams by its download URL', () => {
    assert.deepEqual(classifyAttachments({ attachments: [mirror, downloaded] }), {
      kind: 'file',
      file: { url: downloaded.content.downloadUrl, name: 'handshake-report.txt' },
    });
  });

  it('bring a file of other channels by its content URL', () => {
    const plain = { contentType: 'text/plain', contentUrl: 'http://127.0.0.1:50/x', name: 'x.txt' };
    assert.deepEqual(classifyAttachments({ attachments: [plain] }), {
      kind: 'file',
      file: { url: plain.contentUrl, name: 'x.txt' },
    });
  });

  it('bring nothing when the message is only mirrored as HTML, or a card was forwarded', () => {
    const card = { contentType: 'application/vnd.microsoft.card.adaptive', content: {} };
    for (const attachments of [[mirror], [card], [], undefined, null, 'x', [null, 7, { content: {} }]]) {
      assert.deepEqual(classifyAttachments({ attachments }), { kind: 'nothing' });
    }
  });

  it('bring a screenshot, which is not fetched at all', () => {
    const pasted = { contentType: 'image/*', contentUrl: picture.contentUrl };
    for (const attachments of [[picture], [mirror, picture], [pasted]]) {
      assert.deepEqual(classifyAttachments({ attachments }), { kind: 'no-report', problem: 'screenshot' });
    }
  });

  it('bring the text before other files, and any file before a picture', () => {
    const document = { ...downloaded, name: 'notes.docx' };
    const chosen = classifyAttachments({ attachments: [picture, document, downloaded] });
    assert.equal(chosen.kind === 'file' && chosen.file.name, 'handshake-report.txt');
    const other = classifyAttachments({ attachments: [picture, document] });
    assert.equal(other.kind === 'file' && other.file.name, 'notes.docx');
  });

  it('are answered when Teams leaves out the download URL', () => {
    assert.deepEqual(classifyAttachments({ attachments: [{ ...downloaded, content: {} }] }), {
      kind: 'no-report',
      problem: 'other',
    });
  });

  it('never make an error, whatever they are', () => {
    fc.assert(
      fc.property(fc.anything(), (attachments) => {
        return ['nothing', 'file', 'no-report'].includes(classifyAttachments({ attachments }).kind);
      }),
    );
  });
});

describe('the bytes of a file', () => {
  const report = '=== HANDSHAKE REPORT 1 BEGIN ===\r\n[report]\r\n';

  it('are text in whatever encoding a tool wrote', () => {
    for (const bytes of [
      Buffer.from(report),
      Buffer.from(`\ufeff${report}`, 'utf16le'),
      Buffer.from(report, 'utf16le'),
    ]) {
      const read = readIntake(bytes, sniff, decode);
      assert.ok(read.kind === 'text');
      assert.match(read.text, /^\ufeff?=== HANDSHAKE REPORT 1 BEGIN/);
    }
  });

  const office = zipSync({
    '[Content_Types].xml': strToU8('<Types/>'),
    'word/document.xml': strToU8('<x/>'),
  });
  for (const [problem, bytes] of [
    ['screenshot', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0])],
    ['screenshot', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0x10])],
    ['pdf', Buffer.from('%PDF-1.7\n')],
    ['archive', zipSync({ 'handshake-report.txt': strToU8(report) })],
    ['office', office],
    ['office', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])],
    ['html', Buffer.from('<!DOCTYPE html>\n<html><body>Sign in</body></html>')],
    ['empty', Buffer.alloc(0)],
    ['empty', Buffer.from('\r\n  \r\n')],
    ['binary', Buffer.from([0x4d, 0x5a, 0x90, 0, 3, 0, 0, 0])],
    ['script', Buffer.from('@echo off\r\necho === HANDSHAKE REPORT 1 BEGIN ===\r\n')],
    ['script', Buffer.from('<#\r\n  Reads the settings\r\n#>\r\nparam([string]$Case)\r\n')],
  ] as const) {
    it(`are no report when they are ${problem}: ${bytes.subarray(0, 4).toString('hex')}`, () => {
      assert.deepEqual(readIntake(bytes, sniff, decode), { kind: 'no-report', problem });
    });
  }
});
