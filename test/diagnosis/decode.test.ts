import assert from 'node:assert/strict';
import iconv from 'iconv-lite';
import { decode, sniff } from '../../src/diagnosis/decode.ts';

const text = 'AzureAdJoined : YES\r\nDomainJoined : NO\r\n';

describe('The encoding of a text file', () => {
  const encodings: readonly (readonly [string, Uint8Array, string])[] = [
    ['UTF-8', Buffer.from(text), 'utf-8'],
    ['UTF-8 with BOM', iconv.encode(text, 'utf8', { addBOM: true }), 'utf-8'],
    ['UTF-16LE with BOM', iconv.encode(text, 'utf16le', { addBOM: true }), 'utf-16le'],
    ['UTF-16LE without BOM', iconv.encode(text, 'utf16le'), 'utf-16le'],
    ['UTF-16BE with BOM', iconv.encode(text, 'utf16be', { addBOM: true }), 'utf-16be'],
    ['UTF-16BE without BOM', iconv.encode(text, 'utf16be'), 'utf-16be'],
  ];

  for (const [name, bytes, encoding] of encodings) {
    it(`is recognised: ${name}`, () => {
      assert.deepEqual(decode(bytes), { text, encoding });
    });
  }

  it('is the OEM page for accents of a German console, the ANSI page for those of an editor', () => {
    const german = 'Schlüssel für Übergänge';
    assert.deepEqual(decode(iconv.encode(german, 'cp850')), { text: german, encoding: 'cp850' });
    assert.deepEqual(decode(iconv.encode(german, 'win1252')), { text: german, encoding: 'windows-1252' });
  });

  it('keeps the ASCII of any code page', () => {
    const russian = 'Прокси : DefaultSecureProtocols';
    assert.match(decode(iconv.encode(russian, 'cp866')).text, / : DefaultSecureProtocols$/);
  });
});

describe('What a file is', () => {
  const kinds: readonly (readonly [string, Uint8Array, string])[] = [
    ['a report', Buffer.from(text), 'text'],
    ['a report in UTF-16', iconv.encode(text, 'utf16le'), 'text'],
    ['a screenshot', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'image'],
    ['a photo', Buffer.from('ffd8ffe000104a464946', 'hex'), 'image'],
    ['a PDF', Buffer.from('%PDF-1.7\n'), 'pdf'],
    ['a zip or a Word document', Buffer.from('504b030414000600', 'hex'), 'archive'],
    ['a web page', Buffer.from('<!DOCTYPE html><html>'), 'html'],
    ['a program', Buffer.from('4d5a900003000000', 'hex'), 'binary'],
    ['noise', Buffer.from([1, 2, 3, 0, 0, 5, 6, 7, 200, 201, 1, 2]), 'binary'],
    ['nothing', new Uint8Array(), 'empty'],
    ['blanks', Buffer.from(' \r\n'), 'empty'],
    ['a text that begins like a bitmap', Buffer.from('BM25 : AzureAdJoined'), 'text'],
  ];

  for (const [name, bytes, kind] of kinds) {
    it(`is told by its bytes: ${name}`, () => {
      assert.equal(sniff(bytes), kind);
    });
  }
});
