import assert from 'node:assert/strict';
import iconv from 'iconv-lite';
import { type CodePage, guessCodePage } from '../../src/diagnosis/code-pages.ts';
import { decode } from '../../src/diagnosis/decode.ts';

/** A line of a localised console or editor, and the pages that people have it in. */
const texts: readonly (readonly [language: string, text: string, pages: readonly CodePage[]])[] = [
  [
    'German',
    'FEHLER: Der Registrierungsschlüssel wurde für keinen Überblick geprüft',
    ['cp850', 'windows-1252'],
  ],
  ['French', 'Paramètres proxy actuels : accès direct, aucun réglage trouvé', ['cp850', 'windows-1252']],
  ['Spanish', 'Configuración del servidor: ¿está vacía? Dirección pequeña', ['cp850', 'windows-1252']],
  ['Portuguese', 'Não há configurações de servidor; ligação directa à rede', ['cp850', 'windows-1252']],
  ['Swedish', 'Åtkomst nekad, körningen är för gammal', ['cp850', 'windows-1252']],
  ['Polish', 'Bieżące ustawienia; dostęp bezpośredni, błąd ścieżki właściwości', ['cp852', 'windows-1250']],
  ['Czech', 'Přímý přístup, žádný server; zpráva o chybě není úplná', ['cp852', 'windows-1250']],
  ['Hungarian', 'Közvetlen elérés, nincs kiszolgáló; a művelet időtúllépés', ['cp852', 'windows-1250']],
  ['Russian', 'Текущие параметры прокси: прямой доступ. Ошибка', ['cp866', 'windows-1251']],
  ['Japanese', '現在の プロキシ設定: 直接アクセス、表示 ソフト 能力 予定', ['cp932']],
  ['Chinese', '当前的代理服务器设置: 直接访问, 没有代理服务器', ['cp936']],
];

describe('The code page of a text without a mark', () => {
  for (const [language, text, pages] of texts) {
    for (const page of pages) {
      it(`is guessed so that ${language} in ${page} can be read`, () => {
        const lines = `AzureAdJoined : YES\r\n${text}\r\nDomainJoined : NO\r\n`;
        assert.equal(decode(iconv.encode(lines, page)).text, lines);
      });
    }
  }

  it('is known where the second byte of a character looks like a path or a bar', () => {
    const japanese = '表示ソフトの能力を予定する';
    const bytes = iconv.encode(japanese, 'cp932');
    assert.ok(bytes.includes(0x5c));
    assert.equal(decode(bytes).text, japanese);
  });

  it('is 437 where frames are drawn as an American console draws them', () => {
    const frame = '╒═══╕\n│ é │\n╘═══╛';
    assert.equal(decode(iconv.encode(frame, 'cp437')).text, frame);
  });

  it('is no question in UTF-8, also where a part ends within a character', () => {
    const bytes = Buffer.from('Paramètres, accès, réglé, créé, à côté, déjà, très, là, près, é');
    assert.match(decode(bytes.subarray(0, -1)).text, /^Paramètres, accès/);
  });

  it('is guessed without anything to guess from', () => {
    assert.equal(guessCodePage(new Uint8Array()), 'windows-1252');
  });
});

describe('UTF-16', () => {
  it('is recognised without a mark in any script, by its blanks and line ends', () => {
    const text = '現在の設定\r\n直接アクセス サーバー\r\n'.repeat(20);
    assert.equal(decode(iconv.encode(text, 'utf16le')).text, text);
    assert.equal(decode(iconv.encode(text, 'utf16be')).text, text);
  });

  it('that was appended to a text of single bytes is read like the rest', () => {
    const bytes = Buffer.concat([
      Buffer.from('AzureAdJoined : YES\r\n'.repeat(30)),
      iconv.encode('DomainJoined : NO\r\n', 'utf16le'),
    ]);
    assert.match(decode(bytes).text, /YES\r\nDomainJoined : NO\r\n$/);
  });
});
