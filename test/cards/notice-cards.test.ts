import { deepEqual, doesNotMatch, equal, match, ok } from 'node:assert/strict';
import type { Card } from '../../src/cards/card.ts';
import { createCards } from '../../src/cards/cards.ts';
import { loadWording } from '../../src/cards/wording.ts';
import { draftForm } from '../../src/notices/draft-form.ts';
import { partsOf, partsOfType, textOf } from './card-parts.ts';
import { rendererFaults } from './card-schema.ts';
import {
  author,
  deliveryOf,
  figures,
  halted,
  hole,
  noEnd,
  noticeCards,
  noticeIn,
  onlyIn,
  progress,
} from './notice-samples.ts';
import { binding } from './samples.ts';

const cards = createCards(loadWording('en'));
const samples = noticeCards(cards);

describe('every card of notices', () => {
  it("is read by Microsoft's renderer as version 1.5 without a complaint", () => {
    deepEqual(faults(rendererFaults), []);
  });

  it('stays under 25 KB', () => {
    deepEqual(
      faults((content) => {
        const bytes = Buffer.byteLength(JSON.stringify(content));
        return bytes < 25_000 ? [] : [bytes];
      }),
      [],
    );
  });

  it('has no hole left by its template', () => {
    const holes = samples
      .filter(({ name }) => name !== 'notice, hostile')
      .flatMap(({ name, card }) =>
        (JSON.stringify(card.content).match(/\$\{|null|undefined/g) ?? []).map((hole) => [name, hole]),
      );
    deepEqual(holes, []);
  });

  it('ties every button to this showing', () => {
    deepEqual(
      faults((content) =>
        partsOfType(content, 'Action.Submit').filter(({ data }) => Object(data).binding !== binding),
      ),
      [],
    );
  });

  it('labels every input', () => {
    deepEqual(
      faults((content) =>
        partsOf(content).filter(({ type, label }) => String(type).startsWith('Input.') && !label),
      ),
      [],
    );
  });

  it('has at most six buttons, which is what Teams shows', () => {
    deepEqual(
      faults((content) =>
        Array.isArray(content.actions) && content.actions.length > 6 ? [content.actions.length] : [],
      ),
      [],
    );
  });
});

describe("a reader's card", () => {
  const about = { notice: noticeIn(cards), binding, stopped: false, organisation: 'Contoso', contact: null };

  it('tells the day in the form and the time zone of the reader', () => {
    const shown = (locale: string, timeZone: string) =>
      textOf(
        cards.noticeCard({ ...about, delivery: deliveryOf('will-break', { locale, timeZone }) }).content,
      );
    match(shown('en-GB', 'Europe/Zurich'), /Wednesday,? 1 April 2026 at 02:00/);
    match(shown('en-US', 'America/Los_Angeles'), /Tuesday, March 31, 2026 at 05:00 PM PDT/);
  });

  it('says in plain words what will happen to this PC, and why', () => {
    const text = textOf(cards.noticeCard({ ...about, delivery: deliveryOf('will-break') }).content);
    match(text, /will stop on your Windows 10 PC/);
    match(text, /Why: the PC knows none of the ways of encrypting/);
  });

  it('does not say of a PC that still works why sign-in would stop', () => {
    const delivery = deliveryOf('at-risk', { cause: 'cipher-suites' });
    const text = textOf(cards.noticeCard({ ...about, delivery }).content);
    match(text, /Why: the PC knows only the older ways of encrypting/);
    match(text, /only just: the PC knows only the older ways of encrypting/);
  });

  it('has one text for each class, which is also there by itself', () => {
    const text = cards.noticeText({ ...about, delivery: deliveryOf('will-break') });
    match(text?.title ?? '', /Windows 10 PC will stop signing in from Wednesday,? 1 April 2026$/);
    match(text?.body ?? '', /^Hello Maria Muster\./);
    const notice = noticeIn(cards, { texts: {} });
    equal(cards.noticeText({ ...about, notice, delivery: deliveryOf('fine') }), null);
  });

  it('shows the longest text to its last word, with what is filled in', () => {
    const body = `${'{cause} {organisation} '.repeat(5)}${'word '.repeat(1_570)}LAST`;
    const notice = noticeIn(cards, { texts: { all: { en: { title: 'Long', body } } } });
    const { content } = cards.noticeCard({ ...about, notice, delivery: deliveryOf('will-break') });
    ok(body.length > 7_900);
    match(textOf(content), /word LAST$/m);
  });

  it('stays under 25 KB with each longest text that a draft takes', () => {
    const fits = (body: string) => {
      const draft = { name: 'x', subject: { kind: 'announcement' }, audience: { everyone: true } };
      const texts = { all: { en: { title: 'Ü'.repeat(200), body } } };
      if (!draftForm.safeParse({ ...draft, texts }).success) return false;
      const { content } = cards.noticeCard({
        ...{ ...about, notice: noticeIn(cards, { texts }), contact: 'IT help, extension 1234' },
        delivery: deliveryOf('will-break'),
      });
      ok(Buffer.byteLength(JSON.stringify(content)) < 25_000, body.slice(0, 20));
      return true;
    };
    deepEqual(
      ['x', 'ü', '字', 'x\n'].map((sign) => longestOf(sign, fits)),
      [8_000, 8_000, 6_636, 217],
    );
  });

  it('says that there is no report where there is none', () => {
    match(
      textOf(cards.noticeCard({ ...about, delivery: deliveryOf('unknown') }).content),
      /I have no report of your PC/,
    );
  });

  it('shows what came of its buttons in place of them', () => {
    const at = '2026-03-03T08:00:00.000Z';
    const delivery = deliveryOf('will-break', { acknowledgedAt: at, fixedAt: at });
    const { content } = cards.noticeCard({ ...about, delivery, stopped: true });
    deepEqual(pressesOf(content), ['person']);
    match(textOf(content), /You have said that you read this/);
    match(textOf(content), /ready for the change now/);
  });

  it('treats names and texts as data: no markdown, no template, no macro, and each placeholder once', () => {
    const { card } = samples.find(({ name }) => name === 'notice, hostile') ?? {};
    ok(card !== undefined);
    equal(card.title, `${hole} {day} {\u200b{TIME(x)}} x(http://x)`);
    ok(!JSON.stringify(card.content).includes('{{'));
  });

  it('names the reader whom nobody named, and a language that nobody knows, without a hole', () => {
    const delivery = deliveryOf('unknown', { name: null, locale: 'x', timeZone: 'Nowhere/Land' });
    match(textOf(cards.noticeCard({ ...about, delivery }).content), /Hello there\./);
  });
});

describe('a card for a reader whose language is German', () => {
  const notice = noticeIn(cards);
  const about = { binding, stopped: false, organisation: 'Contoso', contact: 'IT-Hilfe, 1234' };
  const shownTo = (locale: string, shown = notice) =>
    cards.noticeCard({ ...about, notice: shown, delivery: deliveryOf('will-break', { locale }) });

  it('is German from the first word to the last', () => {
    deepEqual(textOf(shownTo('de-CH').content).split('\n'), [
      'Eine Mitteilung von Contoso',
      'Ab Mittwoch, 1. April 2026 kann sich OneDrive auf Ihrem Windows 10-PC nicht mehr anmelden',
      'Für Ihren PC',
      '✖ Auf Ihrem Windows 10-PC wird die Anmeldung bei OneDrive nicht mehr funktionieren. Das zeigt der letzte Bericht Ihres PCs.',
      'Grund: Der PC kennt keines der Verschlüsselungsverfahren, die Microsoft dann noch annimmt.',
      'Guten Tag Maria Muster. Microsoft schaltet zwei ältere Verschlüsselungsverfahren (DHE) ab. Auf Ihrem Windows 10-PC ist kein neueres eingeschaltet. Der PC kennt keines der Verschlüsselungsverfahren, die Microsoft dann noch annimmt.',
      'Bitte drücken Sie vor Mittwoch, 1. April 2026 auf „Meinen PC prüfen“. Ich zeige Ihnen Schritt für Schritt, was zu ändern ist, oder hole jemanden dazu.',
      'Ihre Dateien sind sicher. Es geht nur um die Anmeldung. Fragen: IT-Hilfe, 1234',
      'Wann: ',
      'Mittwoch, 1. April 2026 um 02:00 MESZ',
      'Welcher PC: ',
      'der, den Sie am Dienstag, 3. März 2026 geprüft haben',
      'Fragen an: ',
      'IT-Hilfe, 1234',
      'Von: ',
      'Ada Author',
      'Gesendet vom Support-Bot. Wenn Sie keine solchen Mitteilungen mehr möchten, drücken Sie die Schaltfläche oder schreiben Sie „Mitteilungen stoppen“.',
      'Meinen PC prüfen',
      'Ich habe das gelesen',
      'Mit jemandem sprechen',
      'Keine Mitteilungen mehr',
      'Was Microsoft dazu sagt',
    ]);
  });

  it('tells clients and screen readers that it is German', () => {
    const { content, title } = shownTo('de-AT');
    deepEqual([content.lang, content.fallbackText], ['de', title]);
    match(title, /^Ab Mittwoch/);
  });

  it('is English from the first word to the last where the notice has no German text', () => {
    const { content } = shownTo('de-CH', onlyIn(notice, 'en'));
    equal(content.lang, 'en');
    deepEqual(textOf(content), textOf(shownTo('en-CH').content));
    match(textOf(content), /When: \nWednesday,? 1 April 2026 at 02:00 CEST/);
  });

  it('is German where their class has a German text, and English for others whose text stands for all', () => {
    const { en, de } = notice.texts['will-break'] ?? {};
    ok(en !== undefined && de !== undefined);
    const mixed = noticeIn(cards, { texts: { 'will-break': { de }, all: { en } } });
    match(shownTo('de', mixed).title, /^Ab Mittwoch/);
    match(shownTo('en-GB', mixed).title, /^OneDrive on your/);
  });
});

describe("an approver's card", () => {
  const notice = noticeIn(cards, { status: { at: 'awaiting-approval' }, total: 40 });

  it('shows the text, the audience and the figures beside the buttons that decide', () => {
    const { content } = cards.awaitingCard(notice, figures, [], {
      ...viewer('someone'),
      roles: ['approver'],
    });
    deepEqual(officeOf(content), ['approve', 'reject', 'preview', 'refresh']);
    match(textOf(content), /will stop signing in/);
    match(textOf(content), /This goes to 40 people; those who cannot be reached are counted, too\./);
    match(textOf(content), /by site .*: Bern/);
    match(textOf(content), /will break: 12/);
  });

  it('tells when it goes out and reminds, which is approved as well, and what its author entered as lost', () => {
    const schedule = {
      ...{ startAt: '2026-03-20T08:00:00.000Z', window: { from: '08:00', to: '18:00' } },
      ...{ weekdays: [1, 5], remindAfterDays: 7 },
    };
    const own = noticeIn(cards, {
      ...{ status: { at: 'awaiting-approval' }, total: 40, schedule },
      subject: {
        ...{ kind: 'policy', before: '2026-03-31', after: '2026-04-01', source: 'https://policy.example/' },
        lost: [{ kind: 'suite', name: 'TLS_RSA_WITH_AES_128_CBC_SHA' }],
      },
    });
    const approver = { ...viewer('someone'), timeZone: 'Europe/Zurich', roles: ['approver'] as const };
    const text = textOf(cards.awaitingCard(own, figures, [], approver).content);
    for (const words of [
      /Also no longer accepted: suite TLS_RSA_WITH_AES_128_CBC_SHA/,
      /Starts: Fri,? (20 Mar|Mar 20),? (at )?09:00/,
      /Between 08:00 and 18:00 of each reader's day/,
      /Only on Monday and Friday/,
      /After 7 days it reminds those whose PC is not ready/,
    ]) {
      match(text, words);
    }
  });

  it('has no such buttons for its author', () => {
    const { content } = cards.awaitingCard(notice, figures, [], {
      ...{ ...viewer(author.id.toUpperCase()), roles: ['author', 'approver'] },
    });
    deepEqual(officeOf(content), ['preview', 'withdraw', 'cancel', 'refresh']);
  });

  it('has no such buttons once the notice is a draft again, and says that it is', () => {
    const approver = { ...viewer('someone'), roles: ['approver'] as const };
    const draft = noticeIn(cards, { status: { at: 'draft' } });
    const { title, content } = cards.awaitingCard(draft, figures, [], approver);
    deepEqual([title, officeOf(content)], ['DHE suites retire: Draft', ['refresh']]);
    deepEqual(
      partsOf(content).filter(({ type }) => type === 'Input.Text'),
      [],
    );
    const edited = cards.decidedCard(draft, { what: 'edit', name: 'Ada', reason: '' }, approver);
    match(textOf(edited.content), /Ada has changed it since then, so it is a draft again\./);
    deepEqual(officeOf(edited.content), ['refresh', 'list']);
  });

  it('has no such buttons for an auditor', () => {
    const { content } = cards.awaitingCard(notice, figures, [], { ...viewer('someone'), roles: ['auditor'] });
    deepEqual(officeOf(content), ['preview', 'refresh']);
  });

  it('shows no text of a class that it does not go to', () => {
    const some = { ...notice, audience: { ...notice.audience, impact: ['will-break'] as const } };
    const approver = { ...viewer('someone'), roles: ['approver'] as const };
    const words = textOf(cards.awaitingCard(some, figures, [], approver).content);
    match(words, /Text for: will break \(en\)/);
    doesNotMatch(words, /Text for: fine/);
  });

  it('shows a long text to its last word, and says where there is no room for the rest', () => {
    const long = { title: 'Long', body: `${'word '.repeat(700)}LAST` };
    const approver = { ...viewer('someone'), roles: ['approver'] as const };
    const inOne = { ...notice, texts: { all: { en: long } } };
    match(textOf(cards.awaitingCard(inOne, figures, [], approver).content), /LAST/);
    const languages = ['de', 'en', 'es', 'fr', 'it', 'nl', 'pl', 'pt'];
    const inMany = { ...notice, texts: { all: Object.fromEntries(languages.map((each) => [each, long])) } };
    const { content } = cards.awaitingCard(inMany, figures, [], approver);
    ok(Buffer.byteLength(JSON.stringify(content)) < 25_000);
    doesNotMatch(textOf(content), /LAST/);
    match(
      textOf(content),
      /word …\n.*\nNot the whole texts\nThe rest has no room here\. Press "Preview to me"/s,
    );
  });

  it('is small enough with any texts and lists, and says how many texts are missing', () => {
    const long = { title: 'ü'.repeat(200), body: 'ü '.repeat(4_000) };
    const languages = Array.from({ length: 20 }, (_, n) => `x${String.fromCharCode(97 + n)}`);
    const inAll = Object.fromEntries(languages.map((each) => [each, long]));
    const of = { 'will-break': inAll, 'at-risk': inAll, fine: inAll, unknown: inAll, all: inAll };
    const limits = { impact: [], sites: Array<string>(500).fill('s'.repeat(200)), languages };
    const much = { ...notice, texts: of, audience: { ...notice.audience, ...limits } };
    const approver = { ...viewer('someone'), roles: ['approver'] as const };
    const { content } = cards.awaitingCard(much, figures, [], approver);
    ok(Buffer.byteLength(JSON.stringify(content)) < 25_000);
    match(textOf(content), /480 more/);
    match(textOf(content), /Not the whole texts, and 88 not at all/);
  });

  it('names twenty people and says how many more there are', () => {
    const auditor = { ...viewer('someone'), roles: ['auditor'] as const };
    const people = Array.from({ length: 25 }, (_, n) => `person-${n}`);
    const toThem = { ...notice, audience: { ...notice.audience, people } };
    match(textOf(cards.awaitingCard(toThem, figures, [], auditor).content), /person-19, 5 more/);
  });
});

describe("an author's news", () => {
  it('names in the notification what stopped by itself, and on the card why and what to do', () => {
    const notice = noticeIn(cards, { status: halted, total: 1_204 });
    const { title, content } = cards.newsCard(
      notice,
      { name: '', reason: '' },
      { ...viewer('a'), roles: [] },
    );
    equal(title, 'DHE suites retire has stopped by itself');
    match(textOf(content), /4 of 20 failed, .*\. Look at the reasons, then resume or cancel it\./);
    deepEqual(officeOf(content), ['refresh', 'list']);
  });
});

describe('a progress card', () => {
  it('names every state, also one that nobody is in, and the reasons', () => {
    const states = { ...progress.states, blocked: 0 };
    const notice = noticeIn(cards, { status: { at: 'sending', wave: 2 }, total: 1_204 });
    const text = textOf(
      cards.progressCard(notice, { ...progress, states }, noEnd, { ...viewer('a'), roles: ['author'] })
        .content,
    );
    for (const words of [
      'Queued: 700',
      'Held',
      'On the way: 4',
      'Sent: 440',
      'Failed: 8',
      'Blocked: 0',
      'Skipped: 5',
    ]) {
      ok(text.includes(words), words);
    }
    match(text, /failed, Teams had a fault of its own: 8/);
  });

  it('tells when a scheduled one starts, where its author is', () => {
    const schedule = { ...noticeIn(cards).schedule, startAt: '2026-03-20T08:00:00.000Z' };
    const notice = noticeIn(cards, { status: { at: 'scheduled' }, schedule, total: 1_204 });
    const writer = { ...viewer('a'), timeZone: 'Europe/Zurich', roles: ['author'] as const };
    const { content } = cards.progressCard(notice, progress, noEnd, writer);
    match(textOf(content), /Starts: Fri.* 09:00.*\nBetween 08:00 and 18:00 of each reader's day/);
    deepEqual(officeOf(content), ['withdraw', 'cancel', 'refresh']);
  });

  it('offers an auditor nothing that changes it', () => {
    const notice = noticeIn(cards, { status: { at: 'sending', wave: 2 }, total: 1_204 });
    const { content } = cards.progressCard(notice, progress, noEnd, { ...viewer('a'), roles: ['auditor'] });
    deepEqual(officeOf(content), ['refresh']);
  });
});

describe('a reminder', () => {
  const reminder = noticeIn(cards, { remindsOf: 'n-0', status: { at: 'sending', wave: 2 }, total: 3 });
  const writer = { ...viewer('a'), roles: ['author'] as const };

  it('is told from its notice by its name', () => {
    match(textOf(cards.progressCard(reminder, progress, noEnd, writer).content), /^Reminder of DHE suites/);
    const titles = partsOfType(
      cards.noticeList([reminder, noticeIn(cards)], writer).content,
      'Input.ChoiceSet',
    )
      .flatMap(({ choices }) => choices as { title: string }[])
      .map(({ title }) => title.split(' · ')[0]);
    deepEqual(titles, ['Reminder of DHE suites retire', 'DHE suites retire']);
  });

  it('says so to its reader, also where nobody has named the organisation', () => {
    const about = { notice: reminder, binding, stopped: false, contact: null };
    const eyebrow = (organisation: string | null, locale: string) => {
      const delivery = deliveryOf('will-break', { locale });
      return textOf(cards.noticeCard({ ...about, organisation, delivery }).content).split('\n')[0];
    };
    deepEqual(
      [eyebrow('Contoso', 'en'), eyebrow(null, 'en'), eyebrow(null, 'de')],
      ['Reminder · A notice from Contoso', 'A reminder for you', 'Eine Erinnerung für Sie'],
    );
  });

  it('is announced at the end of its notice, with a button that calls it off', () => {
    const done = noticeIn(cards, { status: { at: 'done' }, total: 3 });
    const end = { csv: null, remindsAt: new Date('2026-03-09T08:00:00Z') };
    const { content } = cards.progressCard(done, { ...progress, states: noneFailed }, end, writer);
    match(textOf(content), /not ready by then get a reminder on Mon.*\nTo 1,204 people\. Every/);
    deepEqual(officeOf(content), ['no-reminder', 'refresh']);
    const without = cards.progressCard(done, { ...progress, states: noneFailed }, noEnd, writer);
    deepEqual(officeOf(without.content), ['refresh']);
  });
});

describe('the card of an announcement', () => {
  const notice = noticeIn(cards, { subject: { kind: 'announcement' }, texts: cards.draftTexts(null) });

  it('shows no figures of PCs, which nobody has judged', () => {
    const form = cards.editNotice({ notice, figures, dryRun: null, remark: null, binding }).content;
    const asked = { ...notice, status: { at: 'awaiting-approval' }, total: 40 } as const;
    const approver = { ...viewer('someone'), roles: ['approver'] as const };
    const awaiting = cards.awaitingCard(asked, figures, [], approver).content;
    for (const content of [form, awaiting]) doesNotMatch(textOf(content), /will break: 12/);
  });
});

describe('the first card of a new notice', () => {
  it('keeps what was typed where something is missing', () => {
    const typed = { name: 'Mine', change: 'own', day: '2026-12-01', lost: 'suite TLS_X', source: 'x' };
    const { content } = cards.chooseChange([], { remark: 'Something is missing.', typed, binding });
    const inputs = partsOf(content).filter(({ type }) => String(type).startsWith('Input.'));
    deepEqual(Object.fromEntries(inputs.map(({ id, value }) => [id, value])), typed);
  });
});

describe('the log', () => {
  it('names the bot where it did something by itself, and no notice where there is none', () => {
    const at = '2026-03-02T08:00:00.000Z';
    const entries = [
      { at, name: '', what: 'finish', noticeId: 'n-1' },
      { at, name: 'Ada', what: 'opt-in', noticeId: '' },
    ];
    const { content } = cards.noticeLog(entries, { ...viewer('a'), roles: ['auditor'] });
    match(textOf(content), / · The bot · finish · n-1\n.* · Ada · opt-in\n/);
  });
});

describe('the texts to begin with', () => {
  it('fit what is lost', () => {
    const title = (name: string) => Object.values(cards.draftTexts([{ name }]))[0]?.en?.body ?? '';
    match(title('TLS_DHE_RSA_WITH_AES_128_GCM_SHA256'), /DHE/);
    match(title('TLS 1.1'), /TLS 1\.0 and 1\.1/);
    match(title('DigiCert Global Root CA'), /DigiCert Global Root G2/);
    match(title('NistP256'), /accept less/);
  });

  it('are German as well, but for an announcement, which its author writes', () => {
    for (const name of ['TLS_DHE_RSA_WITH_AES_128_GCM_SHA256', 'TLS 1.1', 'DigiCert Global Root CA', 'x']) {
      for (const texts of Object.values(cards.draftTexts([{ name }]))) {
        deepEqual(Object.keys(texts), ['en', 'de']);
      }
    }
    deepEqual(Object.keys(cards.draftTexts(null).all ?? {}), ['en']);
  });
});

/** How often a sign may stand in a text, by halves. */
function longestOf(sign: string, fits: (body: string) => boolean): number {
  let [least, most] = [1, 8_000];
  while (least < most) {
    const half = Math.ceil((least + most) / 2);
    if (fits(sign.repeat(half))) least = half;
    else most = half - 1;
  }
  return least;
}

const noneFailed = { ...progress.states, failed: 0 };

function viewer(id: string) {
  return { id, timeZone: null, binding };
}

function pressesOf(content: unknown) {
  return partsOfType(content, 'Action.Submit').map(({ data }) => Object(data).notice);
}

function officeOf(content: unknown) {
  return partsOfType(content, 'Action.Submit').map(({ data }) => Object(data).office);
}

function faults(check: (content: Card['content']) => readonly unknown[]): readonly unknown[] {
  return samples.flatMap(({ name, card }) => check(card.content).map((fault) => [name, fault]));
}
