import { deepEqual } from 'node:assert/strict';
import { readDraft } from '../../src/bot/notices/office-form.ts';
import type { Fields } from '../../src/bot/notices/read.ts';
import { createCards } from '../../src/cards/cards.ts';
import { loadWording } from '../../src/cards/wording.ts';
import type { Notice } from '../../src/domain/notice.ts';
import { partsOf } from '../cards/card-parts.ts';
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

/** What a client sends when nothing was changed on the card. */
function fieldsOf(shown: Notice): Fields {
  const about = { figures, dryRun: null, remark: null, binding: 'n-1.3.x' };
  const { content } = cards.editNotice({ notice: shown, ...about });
  const inputs = partsOf(content).filter(({ type }) => String(type).startsWith('Input.'));
  return Object.fromEntries(inputs.map(({ id, value }) => [id, String(value ?? '')]));
}
