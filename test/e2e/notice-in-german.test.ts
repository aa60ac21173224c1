import assert from 'node:assert/strict';
import { objectsOf } from '../bot/chat.ts';
import type { TeamsUser } from '../doubles/teams-user.ts';
import { databaseStarts, startWorld, textOf, type World, wordsSeenBy } from './harness.ts';

const ana = 'a0000000-0000-4000-8000-00000000000a';

describe('A notice to people whose Teams is German, and to others', function () {
  this.timeout(databaseStarts);
  let world: World;
  let author: TeamsUser;
  let lena: TeamsUser;
  let maria: TeamsUser;

  before(async () => {
    const began = Date.now();
    const now = () => new Date(Date.parse('2026-03-02T09:00:00Z') + Date.now() - began);
    const settings = { NOTICE_AUTHORS: ana, ORGANISATION_NAME: 'Lumen' };
    world = await startWorld({ mode: 'teams', data: 'memory', settings, app: { now } });
    const { connector } = world;
    author = connector.user({ name: 'Ana', aadObjectId: ana });
    lena = connector.user({ name: 'Lena', locale: 'de-CH' });
    maria = connector.user({ name: 'Maria' });
    for (const user of [lena, maria]) await user.says('hello');
  });
  after(() => world.close());

  const seen = (user: TeamsUser) => textOf(user.lastCard().content);
  const filled = (changed: Readonly<Record<string, string>>) => {
    const inputs = objectsOf(author.lastCard().content).filter(({ type }) =>
      String(type).startsWith('Input.'),
    );
    return { ...Object.fromEntries(inputs.map(({ id, value }) => [id, String(value ?? '')])), ...changed };
  };

  it('is written and previewed in both languages', async () => {
    await author.says('new notice');
    await author.pressesButton('Go on', filled({ change: '2026-04-01', name: 'DHE retires' }));
    const asked = { impact: 'unknown', 'title.de.unknown': 'Lena, ist Ihr PC bereit für {day}?' };
    await author.pressesButton('Preview to me', filled(asked));
    const words = wordsSeenBy(author).join('\n');
    assert.match(words, /Is your PC ready for Wednesday, April 1, 2026\?/);
    assert.match(words, /Lena, ist Ihr PC bereit für Mittwoch, 1\. April 2026\?/);
  });

  it('reaches each in their own language, as it was typed', async () => {
    await author.says('notices');
    await author.pressesButton('Open', filled({ id: await onlyNotice() }));
    await author.pressesButton('Submit', filled({}));
    await world.app.notices.windClock();
    await world.app.notices.sweep();
    assert.match(seen(lena), /^Eine Mitteilung von Lumen\nLena, ist Ihr PC bereit/);
    assert.match(seen(lena), /Von Ihrem PC liegt mir kein Bericht vor/);
    assert.match(seen(maria), /^A notice from Lumen\nIs your PC ready/);
  });

  it('answers German presses and words in German', async () => {
    await lena.pressesButton('Ich habe das gelesen');
    assert.match(seen(lena), /Sie haben bestätigt, dass Sie das gelesen haben/);
    await lena.pressesButton('Keine Mitteilungen mehr');
    assert.match(seen(lena), /Sie erhalten keine Mitteilungen mehr/);
    await lena.says('Mitteilungen starten');
    assert.match(wordsSeenBy(lena).at(-1) ?? '', /Sie erhalten wieder Mitteilungen/);
  });

  it('goes on in English once the check begins', async () => {
    await lena.pressesButton('Meinen PC prüfen');
    assert.match(seen(lena), /check your PC/);
  });

  async function onlyNotice(): Promise<string> {
    const rows = await world.app.database.db.selectFrom('notices').select('id').execute();
    assert.equal(rows.length, 1);
    return rows[0]?.id ?? '';
  }
});
