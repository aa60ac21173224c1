import { deepEqual, doesNotMatch, equal, match, ok } from 'node:assert/strict';
import { readDraft } from '../../src/bot/notices/office-form.ts';
import type { Fields } from '../../src/bot/notices/read.ts';
import { createCards } from '../../src/cards/cards.ts';
import { loadWording } from '../../src/cards/wording.ts';
import { impactClasses, type Notice } from '../../src/domain/notice.ts';
import { partsOf, textOf } from '../cards/card-parts.ts';
import { figures, noticeIn } from '../cards/notice-samples.ts';

const cards = createCards(loadWording('en'));
const notice = noticeIn(cards);

describe('the texts in the form of a draft', () => {
  it('can be written in English and German, and are kept as they were when nothing is typed', () => {
    const fields = fieldsOf(notice);
    deepEqual(
      Object.keys(fields).filter((id) => id.endsWith('.fine')),
      ['title.en.fine', 'body.en.fine', 'title.de.fine', 'body.de.fine'],
    );
    deepEqual(readDraft(notice, fields).texts, notice.texts);
  });

  it('change in the one language that somebody typed in', () => {
    const typed = { ...fieldsOf(notice), 'body.de.fine': ' Sie müssen gar nichts tun. ' };
    const { en, de } = readDraft(notice, typed).texts.fine ?? {};
    deepEqual(en, notice.texts.fine?.en);
    deepEqual(de, { title: notice.texts.fine?.de?.title, body: 'Sie müssen gar nichts tun.' });
  });

  it('are gone in a language whose title and text were emptied; its readers get the English one', () => {
    const emptied = { ...fieldsOf(notice), 'title.de.fine': '', 'body.de.fine': ' ' };
    deepEqual(Object.keys(readDraft(notice, emptied).texts.fine ?? {}), ['en']);
  });

  it('stay where the form does not show their language', () => {
    const fr = { title: 'Bonjour', body: 'Tout va bien.' };
    const french: Notice = { ...notice, texts: { ...notice.texts, unknown: { fr } } };
    deepEqual(readDraft(french, fieldsOf(french)).texts.unknown, { fr });
  });
});

describe('what the form of a draft leaves alone', () => {
  const ids = (count: number) =>
    Array.from({ length: count }, (_, n) => `00000000-1111-4222-8333-${String(n).padStart(12, '0')}`);
  const full: Notice = {
    ...notice,
    audience: {
      ...{ everyone: true, impact: ['will-break', 'fine'], findings: ['curves'], os: ['windows-11'] },
      ...{ sites: ['Bern', 'Basel, West'], languages: ['de-ch', 'fr'], people: ids(3), groups: ['g-1'] },
    },
    schedule: {
      ...{ startAt: '2026-03-20T08:00:00.000Z', window: { from: '08:00', to: '18:00' } },
      ...{ weekdays: [1, 2], remindAfterDays: 7 },
    },
    mandatory: { reason: 'It locks them out' },
  };
  const { name, subject, audience, texts, schedule, mandatory } = full;
  const draft = { name, subject, audience, texts, schedule, mandatory };

  it('is everything that nobody changed, also a name with a comma', () => {
    deepEqual(readDraft(full, fieldsOf(full)), draft);
  });

  it('is everything that a client does not send, because it is hidden', () => {
    const shown = Object.entries(fieldsOf(full)).filter(([id]) => id in full.audience);
    deepEqual(readDraft(full, Object.fromEntries(shown)), draft);
    deepEqual(readDraft(full, {}), draft);
  });

  it('is no choice that was taken back: clients leave out what is not chosen', () => {
    const { impact: _, os: __, ...others } = fieldsOf(full);
    const read = readDraft(full, others);
    deepEqual([read.audience.impact, read.audience.os], [[], []]);
    deepEqual(read.audience.findings, ['curves']);
  });

  it('is a list of people that is too long for a card, and the card says so', () => {
    const listed: Notice = { ...full, audience: { ...audience, people: ids(20_000) } };
    const fields = fieldsOf(listed);
    ok(!('people' in fields));
    deepEqual(readDraft(listed, fields).audience.people, ids(20_000));
    match(textOf(cardOf(listed)), /kept as they are: the list of 20,000 people/);
  });

  it('is every text and list that has no room on a card, which is small enough, and says so', () => {
    const text = { title: 'Ü'.repeat(200), body: 'ü'.repeat(8_000) };
    const inAll = Object.fromEntries(['en', 'de', 'fr', 'it'].map((language) => [language, text]));
    const long: Notice = {
      ...full,
      audience: { ...audience, sites: Array<string>(500).fill('s'.repeat(200)), people: ids(100) },
      texts: { 'will-break': inAll, 'at-risk': inAll, fine: { en: { title: 'Short', body: 'Fine.' } } },
    };
    ok(sizeOf(long) < 25_000);
    const fields = fieldsOf(long);
    deepEqual(readDraft(long, { ...fields, 'body.en.fine': 'Still fine.' }), {
      ...{ name, subject, audience: long.audience, schedule, mandatory },
      texts: { ...long.texts, fine: { en: { title: 'Short', body: 'Still fine.' } } },
    });
    const { impact: _, ...others } = fields;
    deepEqual(readDraft(long, others).audience.impact, []);
    match(
      textOf(cardOf(long)),
      /kept as they are: the list of 500 sites, 1 group, .*the text in English for: will break/,
    );
  });

  it('is no more than what has no room: of many texts, the shorter ones can be edited', () => {
    const of = (length: number) => ({ title: 'T', body: 'ü'.repeat(length) });
    const by = Object.fromEntries(impactClasses.map((impact) => [impact, { en: of(800), de: of(900) }]));
    const many: Notice = { ...full, texts: { ...by, all: { en: of(800) } } };
    ok(sizeOf(many) < 25_000);
    const fields = fieldsOf(many);
    ok('body.en.all' in fields && !('body.de.unknown' in fields));
    deepEqual(readDraft(many, fields), { ...draft, texts: many.texts });
  });

  it('is named in the form, such as the days of the week and a third language', () => {
    const french: Notice = { ...full, texts: { all: { fr: { title: 'Bonjour', body: 'Ça va.' } } } };
    match(
      textOf(cardOf(french)),
      /kept as they are: 1 group, the days of the week \(Monday and Tuesday\), and the text in French for: everyone else/,
    );
    doesNotMatch(textOf(cardOf(notice)), /kept as they are/);
  });

  it('is a text that is longer than the form lets anybody type', () => {
    const en = { title: 'Long', body: 'x'.repeat(3_000) };
    const inputs = partsOf(cardOf({ ...full, texts: { all: { en } } }));
    equal(inputs.find(({ id }) => id === 'body.en.all')?.maxLength, 3_000);
  });
});

/** What a client sends when nothing was changed on the card. */
function fieldsOf(shown: Notice): Fields {
  const inputs = partsOf(cardOf(shown)).filter(({ type }) => String(type).startsWith('Input.'));
  return Object.fromEntries(inputs.map(({ id, value }) => [id, String(value ?? '')]));
}

function sizeOf(shown: Notice): number {
  return Buffer.byteLength(JSON.stringify(cardOf(shown)));
}

function cardOf(shown: Notice): Readonly<Record<string, unknown>> {
  const about = { figures, dryRun: null, remark: null, binding: 'n-1.3.x' };
  return cards.editNotice({ notice: shown, ...about }).content;
}
