import { deepEqual, equal, ok } from 'node:assert/strict';
import { createCards } from '../../src/cards/cards.ts';
import type { ScriptOffer, ShownScript, ShownWebLink } from '../../src/cards/report-cards.ts';
import { loadWording } from '../../src/cards/wording.ts';
import { partsOfType, pressesOf, textOf } from './card-parts.ts';
import { binding } from './samples.ts';

const cards = createCards(loadWording('en'));

const powershell: ScriptOffer = {
  kind: 'powershell',
  fileName: 'check.ps1',
  url: 'https://bot.example/1/check.ps1',
  sizeBytes: 23_412,
  sha256: 'a1'.repeat(32),
  recommended: false,
};
const batch: ScriptOffer = {
  kind: 'batch',
  fileName: 'check.cmd',
  url: 'https://bot.example/2/check.cmd',
  sizeBytes: 812,
  sha256: 'b2'.repeat(32),
  recommended: true,
};

const webLink: ShownWebLink = {
  address: 'https://bot.example/r',
  code: 'CDFG-2345',
  url: 'https://bot.example/r/CDFG2345',
  picture: 'data:image/png;base64,AAAA',
};

function scriptCard(changes: Partial<ShownScript> = {}): unknown {
  const about = {
    offers: [powershell, batch],
    command: null,
    webLink,
    os: null,
    canSendFile: false,
    ...changes,
  };
  return cards.script(binding, about).content;
}

describe('the way without a download', () => {
  const commands = ['ver', 'netsh winhttp show proxy'];
  const card = cards.byHand(binding, { commands });

  it('shows each command unchanged, in a run of its own that can be copied', () => {
    const copyable = partsOfType(card.content, 'TextRun').filter(({ fontType }) => fontType === 'Monospace');
    deepEqual(
      copyable.map(({ text }) => text),
      commands,
    );
  });

  it('has words on the execution policy, on files from the internet, and on what the organisation blocks', () => {
    const text = textOf(card.content);
    for (const words of ['execution policy', 'Mark of the Web', 'Blocked by your organisation']) {
      ok(text.includes(words), words);
    }
  });

  it('leads on, back, and to a person', () => {
    deepEqual(pressesOf(card.content), ['choose-guide', 'back', 'person']);
  });
});

describe('the card that hands out the script', () => {
  const text = textOf(scriptCard());

  it('says before anything else that the script only reads and needs no administrator', () => {
    ok(text.includes('only reads settings'));
    ok(text.includes('needs no administrator'));
  });

  it('downloads the recommended script by button, and links the other', () => {
    const downloads = partsOfType(scriptCard(), 'Action.OpenUrl').map(({ url }) => url);
    deepEqual(downloads, [batch.url]);
    ok(text.includes(`[Download check.ps1](${powershell.url})`));
    ok(text.indexOf('check.cmd') < text.indexOf('check.ps1'));
  });

  it('tells size and whole SHA-256 of each script', () => {
    ok(text.includes('812 bytes') && text.includes('23.4 kB'));
    ok(text.includes(batch.sha256) && text.includes(powershell.sha256));
  });

  it('names the file that has to come back', () => {
    ok(text.includes('handshake-report.txt'));
  });

  it('names three ways back: the file, the web page, the paste', () => {
    const names = ['Attach the file', 'Use the web page', 'Paste the text'];
    const places = names.map((name) => text.indexOf(name));
    ok(places.every((place) => place >= 0));
    deepEqual(
      places,
      places.toSorted((a, b) => a - b),
    );
  });

  it('shows address and code to type, the link with both, and that link as a picture', () => {
    ok(text.includes('https://bot.example/r\n') && text.includes('CDFG-2345'));
    ok(text.includes(`(${webLink.url})`));
    const [picture] = partsOfType(scriptCard(), 'Image');
    equal(picture?.url, webLink.picture);
    ok(String(picture?.altText).includes('QR code'));
  });

  it('offers to send the file only where the channel can', () => {
    deepEqual(pressesOf(scriptCard()), ['by-hand', 'choose-guide', 'back', 'person']);
    deepEqual(pressesOf(scriptCard({ canSendFile: true })).slice(0, 2), ['send-file', 'by-hand']);
  });

  it('shows the line to paste only when there is one', () => {
    const command = 'powershell -Command "irm https://bot.example/1/check.ps1 | iex"';
    const copyable = partsOfType(scriptCard({ command }), 'TextRun').filter(
      ({ fontType, text: shown }) => fontType === 'Monospace' && shown !== webLink.code,
    );
    deepEqual(
      copyable.map((run) => run.text),
      [command],
    );
    ok(!text.includes('No download possible'));
  });
});

describe('a report that is pasted in parts', () => {
  it('is counted, and can be called complete', () => {
    const card = cards.pasteMore(binding, { received: 2 });
    equal(card.title, 'I have 2 parts');
    deepEqual(pressesOf(card.content), ['pasted-all', 'back', 'person']);
  });
});
