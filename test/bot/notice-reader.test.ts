import { deepEqual, equal, match } from 'node:assert/strict';
import { createBinder } from '../../src/bot/binding.ts';
import { createComposeNotice, noticeShowing } from '../../src/bot/notices/compose.ts';
import { readNoticeInput } from '../../src/bot/notices/read.ts';
import { optByWords, pressNotice, previewShowing, type ReaderParts } from '../../src/bot/notices/reader.ts';
import { createCards } from '../../src/cards/cards.ts';
import type { NoticePress, ReadersDelivery } from '../../src/cards/notice-card.ts';
import { loadWording } from '../../src/cards/wording.ts';
import { partsOfType, textOf } from '../cards/card-parts.ts';
import { deliveryOf, noticeIn, onlyIn } from '../cards/notice-samples.ts';

const cards = createCards(loadWording('en'));
const binder = createBinder('a secret of this test');
const notice = noticeIn(cards, { id: 'N-TEST', status: { at: 'sending', wave: 2 } });
const maria = { ids: ['maria'], name: 'Maria', locale: 'en-GB' };

describe('a press on a notice', () => {
  it('acknowledges, and the card shows it in place of the button', async () => {
    const { parts, done } = world();
    const { card } = await pressNotice(parts, pressOf('acknowledge'), maria);
    deepEqual(done, ['acknowledge N-TEST maria']);
    deepEqual(pressesOn(card), ['check', 'person', 'stop']);
  });

  it('takes the reader out of further notices', async () => {
    const { parts, done } = world();
    const { card, text } = await pressNotice(parts, pressOf('stop'), maria);
    deepEqual(done, ['opt-out maria', 'record opt-out']);
    deepEqual(pressesOn(card), ['check', 'acknowledge', 'person']);
    match(text ?? '', /^You get no more notices/);
  });

  it('opens the diagnosis, or brings in a person, in the dialogs', async () => {
    const { parts } = world();
    equal((await pressNotice(parts, pressOf('check'), maria)).asked, 'choose-check');
    equal((await pressNotice(parts, pressOf('person'), maria)).asked, 'person');
  });

  it('changes nothing when somebody else presses it', async () => {
    const { parts, done } = world();
    const olaf = { ids: ['olaf'], name: 'Olaf', locale: null };
    const { text, ...rest } = await pressNotice(parts, pressOf('acknowledge'), olaf);
    match(text ?? '', /was not made for you/);
    deepEqual(rest, { card: null, asked: null });
    deepEqual(done, []);
  });

  it('changes nothing when it is made up, or made from the notice before', async () => {
    const { parts, done } = world();
    for (const binding of ['N-TEST.0.AAAAAAAAAAAAAAAAAAAAAA', binder.sign(noticeShowing('N-OLD', 'maria'))]) {
      const forged = { ...pressOf('stop'), binding };
      match((await pressNotice(parts, forged, maria)).text ?? '', /too old/);
    }
    deepEqual(done, []);
  });

  it('changes nothing on a preview', async () => {
    const { parts, done } = world();
    const previewed = { ...pressOf('acknowledge'), binding: binder.sign(previewShowing('N-TEST', 'maria')) };
    match((await pressNotice(parts, previewed, maria)).text ?? '', /only a preview/);
    deepEqual(done, []);
  });
});

describe('a press on a German notice', () => {
  const lena = { ...maria, locale: 'de-CH' };

  it('is answered in German, on the card and below it', async () => {
    const { parts } = world({ locale: 'de-CH' });
    const { card } = await pressNotice(parts, pressOf('acknowledge'), lena);
    match(textOf(card), /Sie haben bestätigt, dass Sie das gelesen haben/);
    const { text } = await pressNotice(parts, pressOf('stop'), lena);
    match(text ?? '', /^Sie erhalten von mir keine Mitteilungen mehr/);
  });

  it('is answered in English where the notice has no German text, as its card is', async () => {
    const { parts } = world({ locale: 'de-CH' }, onlyIn(notice, 'en'));
    const { card, text } = await pressNotice(parts, pressOf('stop'), lena);
    match(textOf(card), /You get no more notices/);
    match(text ?? '', /^You get no more notices/);
  });

  it('says in German that it is not for them', async () => {
    const { parts } = world();
    const forged = { ...pressOf('stop'), binding: 'N-TEST.0.AAAAAAAAAAAAAAAAAAAAAA' };
    match((await pressNotice(parts, forged, lena)).text ?? '', /nicht für Sie bestimmt/);
  });
});

describe('words that take a reader out of notices, or in again', () => {
  it('are answered in their own language', async () => {
    const { parts, done } = world();
    const said = (out: boolean, language: string) => optByWords(parts, { kind: 'opt', out, language }, maria);
    match((await said(true, 'de')) ?? '', /keine Mitteilungen mehr/);
    match((await said(false, 'de')) ?? '', /wieder Mitteilungen/);
    match((await said(false, 'en')) ?? '', /get notices again/);
    deepEqual(
      done,
      ['out', 'in', 'in'].flatMap((way) => [`opt-${way} maria`, `record opt-${way}`]),
    );
  });
});

describe('a notice as it is sent', () => {
  it('has a summary for the notification, and buttons of this reader alone', () => {
    const about = { cards, binder, organisation: 'Contoso', contact: null };
    const sent = createComposeNotice(about)(notice, { ...deliveryOf('will-break'), personId: 'maria' });
    match(String(sent.summary), /will stop signing in/);
    const bindings = partsOfType(sent.attachments, 'Action.Submit').map(({ data }) => Object(data).binding);
    deepEqual([...new Set(bindings)], [binder.sign(noticeShowing('N-TEST', 'maria'))]);
  });
});

describe('what is said in a chat', () => {
  const said = (text: string, isGroup = false) =>
    readNoticeInput({ type: 'message', text, conversation: { id: 'c', isGroup } } as never);

  it('is heard when it is about notices, however it is written', () => {
    deepEqual(said(' Stop notices. '), { kind: 'opt', out: true, language: 'en' });
    deepEqual(said('start notices'), { kind: 'opt', out: false, language: 'en' });
    deepEqual(said('Mitteilungen stoppen!'), { kind: 'opt', out: true, language: 'de' });
    deepEqual(said('NEW NOTICE'), { kind: 'words', words: 'new' });
  });

  it('is left to the dialogs otherwise, and in a group', () => {
    equal(said('I have seen your notices, thank you').kind, 'nothing');
    equal(said('constructor').kind, 'nothing');
    equal(said('notices', true).kind, 'nothing');
  });
});

function world(reader: Partial<ReadersDelivery> = {}, sent = notice) {
  const done: string[] = [];
  let delivery = { ...deliveryOf('will-break', reader), personId: 'maria' };
  let optedOut = false;
  const parts: ReaderParts = {
    ...{ cards, binder, organisation: 'Contoso', contact: null },
    desk: {
      find: async (id) => (id === sent.id ? sent : null),
      async acknowledge(id, personId) {
        done.push(`acknowledge ${id} ${personId}`);
        delivery = { ...delivery, acknowledgedAt: '2026-03-03T08:00:00.000Z' };
        return true;
      },
      async record({ what }) {
        done.push(`record ${what}`);
      },
    },
    findDelivery: async (_, personId) => (personId === 'maria' ? delivery : null),
    async setOptOut(personId, out) {
      done.push(`opt-${out ? 'out' : 'in'} ${personId}`);
      optedOut = out;
      return true;
    },
    isOptedOut: async () => optedOut,
  };
  return { parts, done };
}

function pressOf(press: NoticePress) {
  const binding = binder.sign(noticeShowing('N-TEST', 'maria'));
  return { kind: 'reader', press, noticeId: 'N-TEST', binding } as const;
}

function pressesOn(card: unknown) {
  return partsOfType(card, 'Action.Submit').map(({ data }) => Object(data).notice);
}
