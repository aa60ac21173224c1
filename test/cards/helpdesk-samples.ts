import type { Cards } from '../../src/cards/cards.ts';
import type { TicketStatus } from '../../src/domain/handoff.ts';
import { type Shared, sharedOf } from '../../src/domain/share.ts';
import { remediationFor } from '../../src/remediation/remediation.ts';
import { ticketIn } from './handoff-samples.ts';
import { currentCase, diagnosis, finding, longCase, richCase, type Sample } from './samples.ts';

const now = new Date('2026-03-02T09:10:00.000Z');
const target = new Date('2026-03-02T10:05:00.000Z');
const note = 'Since Monday. I need the folder "Offers" by noon, please.';
const ana = { id: 'a', name: 'Ana Agent' };
const people = ['Ana Agent', 'Bo Berg', 'Chen Wei'].map((name) => ({ id: name, name }));

/** What the rules make of a PC whose TLS 1.2 is off in Schannel. */
const remedies = remediationFor(
  diagnosis({
    verdict: 'fail',
    os: 'windows-10',
    facts: [
      { name: 'schannel.tls12.enabled', value: 0, line: 14 },
      { name: 'schannel.tls12.disabled-by-default', value: 1, line: 15 },
    ],
    findings: [finding('tls12-schannel.off', 'fail', ['schannel.tls12.enabled = 0'])],
  }),
);

/** The same of a PC that lacks the suites, whose remedy ends in scripts. */
const suites = remediationFor(
  diagnosis({
    verdict: 'fail',
    os: 'windows-10',
    facts: [{ name: 'cipher.suites', value: ['TLS_DHE_RSA_WITH_AES_256_GCM_SHA384'], line: 14 }],
    findings: [finding('cipher-suites.none', 'fail', ['TLS_DHE_RSA_WITH_AES_256_GCM_SHA384'])],
  }),
);

/** The root of a ticket's thread in its states, and the overviews. */
export function helpdeskCards(cards: Cards): readonly Sample[] {
  const root = (name: string, status: TicketStatus, shared: Shared, parts: Partial<About> = {}): Sample => ({
    name: `helpdesk ${name}`,
    card: cards.rootCard(
      { ticket: ticketIn(status), details: { ...details, shared } },
      { seal: 'seal', people, target, remedies: [], mayStandTwice: false, now, ...parts },
    ),
    interactive: false,
  });
  const rich = sharedOf(richCase, note, true);
  const bare = sharedOf(currentCase(), '', false);
  const many = Array.from({ length: 120 }, (_, index) => ({
    id: `${index}`.repeat(12),
    name: `Agent number ${index}`,
  }));
  return [
    root('queued', { at: 'queued' }, rich, { remedies }),
    root('queued, may stand twice', { at: 'queued' }, bare, { mayStandTwice: true }),
    root('taken', { at: 'assigned', agent: ana }, rich),
    root('waiting', { at: 'waiting-for-user', agent: ana }, bare),
    root('solved', { at: 'solved', agent: ana }, rich),
    root('closed', { at: 'closed', how: 'confirmed' }, bare),
    root('with suites', { at: 'queued' }, bare, { remedies: suites }),
    root('with much', { at: 'queued' }, sharedOf(longCase, 'x '.repeat(1_000), true), {
      people: many,
      remedies: [...remedies, ...remedies],
    }),
    overview(cards, 'queue'),
    overview(cards, 'breaching'),
  ];
}

type About = Parameters<Cards['rootCard']>[1];

const details = {
  title: 'OneDrive 0x8004de40 on Windows 10: only retired cipher suites are left',
  person: { name: 'Maria Muster', locale: 'de-CH', timeZone: 'Europe/Zurich' },
  contact: '+41 44 555 01 00',
  bestTime: 'until 16:00',
  article: 'onedrive-sign-in',
};

function overview(cards: Cards, of: 'queue' | 'breaching'): Sample {
  const row = (status: TicketStatus, minutes: number) => ({
    ticket: ticketIn(status),
    title: details.title,
    person: details.person.name,
    target: new Date(now.getTime() + minutes * 60_000),
    link: 'https://teams.microsoft.com/l/message/19%3Ahelpdesk%40thread.tacv2/1772438700000',
  });
  const rows = of === 'queue' ? [row({ at: 'queued' }, -35), row({ at: 'assigned', agent: ana }, 55)] : [];
  const counts = {
    open: rows.length,
    unowned: rows.length === 0 ? 0 : 1,
    breaching: rows.length === 0 ? 0 : 1,
  };
  return {
    name: rows.length === 0 ? 'helpdesk, nothing breaching' : 'helpdesk, queue',
    card: cards.deskQueue({ of, rows, counts, now }),
    interactive: false,
  };
}
