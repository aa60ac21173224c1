import assert from 'node:assert/strict';
import { readPeopleList } from '../../src/notices/people-list.ts';

const ada = '0a0a0a0a-1111-4222-8333-444444444444';
const ben = '0b0b0b0b-1111-4222-8333-444444444444';

describe("An administrator's list of people", () => {
  it('is read by the names of its columns, in any order', () => {
    const list = readPeopleList(
      `\ufeffsite,Entra ID,Language\r\n"Basel, Rhine",${ada.toUpperCase()},de-CH\r\n`,
    );
    const person = { entraId: ada, name: null, site: 'Basel, Rhine', language: 'de-CH', timeZone: null };
    assert.deepEqual(list, { kind: 'list', people: [person] });
  });

  it('may part its fields by semicolons', () => {
    const list = readPeopleList(`Entra id;time zone\n${ada};Europe/Zurich\n`);
    assert.equal(list.kind === 'list' && list.people[0]?.timeZone, 'Europe/Zurich');
  });

  const broken = [
    ['a column that nobody knows', `Entra id,city\n${ada},Bern`, '1 header'],
    ['no column for the id', 'name\nAda', '1 header'],
    ['nothing in it', '', '1 header'],
    ['an id that is none', 'Entra id\nada@contoso.example', '2 entra-id'],
    ['somebody twice', `Entra id\n${ada}\n${ben}\n${ada}`, '4 twice'],
    ['a field too many', `Entra id\n${ada},x`, '2 columns'],
    ['a language that is none', `Entra id,language\n${ada},Swiss German`, '2 language'],
    ['a time zone that is none', `Entra id,time zone\n${ada},CEST+1`, '2 time-zone'],
    ['a quote that never ends', `Entra id,name\n${ada},"Ada`, '2 unreadable'],
    ['a very long field', `Entra id,name\n${ada},${'x'.repeat(201)}`, '2 long'],
  ] as const;
  for (const [what, text, expected] of broken) {
    it(`with ${what} is refused, and its line named`, () => {
      const list = readPeopleList(text);
      const problems = list.kind === 'broken' ? list.problems : [];
      assert.deepEqual(
        problems.map(({ line, why }) => `${line} ${why}`),
        [expected],
      );
    });
  }
});
