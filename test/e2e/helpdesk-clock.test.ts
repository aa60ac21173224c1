import assert from 'node:assert/strict';
import { buildReport } from '../diagnosis/report-builder.ts';
import { databaseStarts, wordsSeenBy } from './harness.ts';
import { type HelpdeskWorld, opensTicket, startHelpdesk } from './helpdesk-world.ts';

const minute = 60_000;

describe('What the helpdesk is told by the clock', () => {
  let desk: HelpdeskWorld;
  let at = Date.parse('2026-11-24T05:00:00Z');
  const settings = {
    HELPDESK_TARGETS: 'high=120,normal=480,low=1440',
    HELPDESK_DIGEST_AT: '08:00',
    HELPDESK_TIME_ZONE: 'UTC',
    HELPDESK_MANY_ALIKE: '3',
  };
  before(async function () {
    this.timeout(databaseStarts);
    desk = await startHelpdesk(settings, { app: { now: () => new Date(at) } });
    await desk.agent('Ana').mentions('help');
  });
  after(() => desk.world.close());

  /** The minute's look, at a time that is so many minutes later. */
  async function lookAfter(minutes: number): Promise<void> {
    at += minutes * minute;
    await desk.world.app.watchChannel();
    await desk.world.app.followUp();
  }
  const inChannel = () => wordsSeenBy({ messages: () => desk.world.connector.shown(desk.channel) });
  const count = (words: readonly string[], part: RegExp) => words.filter((text) => part.test(text)).length;

  it('a ticket is told of in its thread when a fifth of its time is left, once', async () => {
    const { ticket } = await desk.person('Maria');
    await lookAfter(89);
    assert.equal(count(desk.said(ticket), /target/), 0);
    await lookAfter(11);
    await lookAfter(1);
    assert.equal(count(desk.said(ticket), /will miss its target in 20 minutes/), 1);
  });

  it('the day begins with an overview, once', async () => {
    const overviews = () => count(inChannel(), /^The helpdesk today/);
    assert.equal(overviews(), 0);
    await lookAfter(90);
    await lookAfter(1);
    assert.equal(overviews(), 1);
    await lookAfter(24 * 60);
    await lookAfter(1);
    assert.equal(overviews(), 2);
  });

  it('many people with one cause become one ticket with the others linked, and the channel hears of it once', async () => {
    const tickets: string[] = [];
    for (const name of ['Nils', 'Olga', 'Pia', 'Quirin']) {
      const user = desk.world.connector.user({ name });
      await user.says(buildReport({ 'suites:Get-TlsCipherSuite': ['TLS_RSA_WITH_AES_128_CBC_SHA'] }));
      tickets.push(await opensTicket(user, 'Since this morning'));
      await desk.world.app.followUp();
      await lookAfter(1);
    }
    const [parent = '', ...children] = tickets;
    assert.equal(
      count(inChannel(), new RegExp(`\\b3 people.*${parent}`, 's')),
      1,
      inChannel().join('\n--\n'),
    );
    for (const child of children) assert.match(desk.card(child), new RegExp(parent), child);
    assert.doesNotMatch(desk.card(parent), new RegExp(children.join('|')));
  });
});
