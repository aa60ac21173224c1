import type { Cards } from '../../src/cards/cards.ts';
import type { ReadersDelivery } from '../../src/cards/notice-card.ts';
import {
  type ImpactClass,
  impactClasses,
  type Notice,
  type NoticeProgress,
  type NoticeStatus,
} from '../../src/domain/notice.ts';
import { binding, type Sample } from './samples.ts';

export const author = { id: '11111111-aaaa-4aaa-8aaa-111111111111', name: 'Ada Author' };
const lost = [{ name: 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384' }];

export function noticeIn(cards: Pick<Cards, 'draftTexts'>, changes: Partial<Notice> = {}): Notice {
  return {
    id: 'n-1',
    version: 3,
    name: 'DHE suites retire',
    subject: {
      ...{ kind: 'policy', before: '2026-03-31', after: '2026-04-01', lost: [] },
      source: 'https://learn.microsoft.com/azure/frontdoor/diffie-hellman-ciphers',
    },
    audience: {
      ...{ everyone: false, impact: ['will-break'], findings: ['cipher-suites'], os: ['windows-10'] },
      ...{ sites: ['Bern'], languages: [], people: [], groups: [] },
    },
    texts: cards.draftTexts(lost),
    schedule: { startAt: null, window: { from: '08:00', to: '18:00' }, weekdays: [], remindAfterDays: 7 },
    mandatory: null,
    status: { at: 'draft' },
    author,
    submitter: null,
    approver: null,
    total: null,
    createdAt: '2026-03-02T08:00:00.000Z',
    since: '2026-03-02T08:00:00.000Z',
    remindsOf: null,
    ...changes,
  };
}

/** The notice with its texts of one language. */
export function onlyIn(notice: Notice, language: string): Notice {
  const texts = Object.entries(notice.texts).map(([impact, byLanguage]) => [
    impact,
    Object.fromEntries(Object.entries(byLanguage).filter(([each]) => each === language)),
  ]);
  return { ...notice, texts: Object.fromEntries(texts) };
}

export function deliveryOf(impact: ImpactClass, changes: Partial<ReadersDelivery> = {}): ReadersDelivery {
  return {
    impact,
    cause: impact === 'will-break' ? 'cipher-suites' : null,
    os: impact === 'unknown' ? null : 'windows-10',
    evidenceAt: '2026-03-02T23:30:00.000Z',
    name: 'Maria Muster',
    locale: 'en-GB',
    timeZone: 'Europe/Zurich',
    acknowledgedAt: null,
    checkedAt: null,
    fixedAt: null,
    ...changes,
  };
}

export const progress: NoticeProgress = {
  total: 1_204,
  states: { queued: 700, held: 40, sending: 4, sent: 440, failed: 8, blocked: 6, skipped: 5, unknown: 1 },
  reasons: [
    { state: 'failed', reason: 'ServiceError', count: 8 },
    { state: 'skipped', reason: 'opted-out', count: 5 },
  ],
  acknowledged: 210,
  checked: 180,
  fixed: 150,
  rate: 24.6,
  expectedEnd: '2026-03-02T09:40:00.000Z',
};

/** Of what goes on. */
export const noEnd = { csv: null, remindsAt: null };

export const figures = {
  byClass: { 'will-break': 12, 'at-risk': 31, fine: 940, unknown: 221 },
  rows: [
    { impact: 'will-break', cause: 'cipher-suites', os: 'windows-10', site: 'Bern', people: 12 },
    { impact: 'fine', cause: null, os: 'windows-11', site: 'Basel', people: 940 },
  ],
} as const;

const dryRun = {
  count: 12,
  sample: [{ name: 'Maria Muster', impact: 'will-break' }],
  unreachable: Array.from({ length: 14 }, (_, index) => ({
    ...{ id: `person-${index}`, name: index === 0 ? 'Olaf Out' : null, why: 'opted-out' },
  })),
} as const;

/** What readers and administrators see of notices. */
export function noticeCards(cards: Cards): readonly Sample[] {
  return [...readersCards(cards), ...officeCards(cards)].map(([name, card]) => ({
    ...{ name: `notice, ${name}`, card, interactive: false },
  }));
}

type Named = readonly [string, Sample['card']];

/** A template's hole, as somebody may type it. */
export const hole = ['$', '{title}'].join('');

function readersCards(cards: Cards): readonly Named[] {
  const about = { binding, stopped: false, organisation: 'Contoso', contact: 'IT help, extension 1234' };
  const at = '2026-03-03T08:00:00.000Z';
  const notice = noticeIn(cards);
  const hostile = {
    en: { title: '**{name}** [x](http://x)', body: `{{DATE(2026-01-01T00:00:00Z)}} ${hole} {name}` },
  };
  const answered = { acknowledgedAt: at, checkedAt: at, fixedAt: at };
  return [
    ...impactClasses.flatMap((impact): readonly Named[] => [
      [impact, cards.noticeCard({ ...about, notice, delivery: deliveryOf(impact) })],
      [
        `${impact} in German`,
        cards.noticeCard({ ...about, notice, delivery: deliveryOf(impact, { locale: 'de-CH' }) }),
      ],
    ]),
    [
      'answered in German',
      cards.noticeCard({
        ...{ ...about, notice, stopped: true },
        delivery: deliveryOf('will-break', { ...answered, locale: 'de-CH' }),
      }),
    ],
    [
      'answered',
      cards.noticeCard({
        ...{ ...about, notice, stopped: true },
        delivery: deliveryOf('will-break', answered),
      }),
    ],
    [
      'hostile',
      cards.noticeCard({
        ...{ ...about, notice: noticeIn(cards, { texts: { all: hostile } }) },
        delivery: deliveryOf('will-break', { name: `${hole} **{day}** {{TIME(x)}}` }),
      }),
    ],
    [
      'announcement',
      cards.noticeCard({
        ...{ ...about, organisation: null, contact: null, delivery: deliveryOf('fine') },
        notice: noticeIn(cards, { subject: { kind: 'announcement' }, texts: cards.draftTexts(null) }),
      }),
    ],
  ];
}

export const halted: NoticeStatus = {
  ...{ at: 'halted', wave: 0, why: { code: 'too-many-bad', bad: 4, settled: 20 } },
};

function officeCards(cards: Cards): readonly Named[] {
  const viewer = {
    ...{ id: 'someone', timeZone: 'Europe/Zurich', binding },
    roles: ['author', 'approver', 'auditor'] as const,
  };
  const notice = noticeIn(cards);
  const change = { day: '2026-04-01', change: 'lost', kind: 'suite', source: 'https://example.com' } as const;
  const going = (status: NoticeStatus) => noticeIn(cards, { status, total: 1_204 });
  const shown = (status: NoticeStatus, csv: string | null): Named => [
    `progress ${status.at}`,
    cards.progressCard(going(status), progress, { csv, remindsAt: null }, viewer),
  ];
  const much = { title: 'x'.repeat(200), body: 'Viele schöne Wörter, '.repeat(38) };
  const long = { en: much, de: much };
  const texts = { 'will-break': long, 'at-risk': long, fine: long, unknown: long, all: long };
  const edit = { notice, figures, dryRun, remark: null, binding };
  return [
    ['help', cards.noticeHelp(viewer)],
    ['list', cards.noticeList([notice, going({ at: 'done' })], viewer)],
    ['empty list', cards.noticeList([], viewer)],
    [
      'choose',
      cards.chooseChange([{ ...change, name: lost[0]?.name ?? '' }], { remark: null, typed: {}, binding }),
    ],
    ['edit', cards.editNotice(edit)],
    ['edit, much', cards.editNotice({ ...edit, notice: noticeIn(cards, { texts }) })],
    ['awaiting', cards.awaitingCard(going({ at: 'awaiting-approval' }), figures, [], viewer)],
    [
      'awaiting, own',
      cards.awaitingCard(going({ at: 'awaiting-approval' }), figures, ['Bo', 'Cy'], {
        ...viewer,
        ...author,
      }),
    ],
    ['rejected', cards.decidedCard(notice, { what: 'reject', name: 'Bo', reason: 'Too long.' }, viewer)],
    ['news of a rejection', cards.newsCard(notice, { name: 'Bo', reason: 'Too long.' }, viewer)],
    ['news of a halt', cards.newsCard(going(halted), { name: '', reason: '' }, viewer)],
    shown({ at: 'sending', wave: 1 }, null),
    shown(halted, null),
    shown({ at: 'done' }, 'https://bot.contoso.example/notice-reports/n-1.1.x'),
    [
      'log',
      cards.noticeLog(
        [{ at: '2026-03-02T08:00:00.000Z', name: 'Ada Author', what: 'create', noticeId: 'n-1' }],
        viewer,
      ),
    ],
  ];
}
