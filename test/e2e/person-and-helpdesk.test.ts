import assert from 'node:assert/strict';
import { sql } from 'kysely';
import type { TeamsUser } from '../doubles/teams-user.ts';
import { databaseStarts, textOf, wordsSeenBy } from './harness.ts';
import { type Agent, type HelpdeskWorld, pressesLast, startHelpdesk } from './helpdesk-world.ts';

describe('Somebody whose case is at the helpdesk', () => {
  let desk: HelpdeskWorld;
  let ana: Agent;
  before(async function () {
    this.timeout(databaseStarts);
    desk = await startHelpdesk({
      HELPDESK_HOURS: 'Mon-Sun 00:00-24:00',
      HELPDESK_TIME_ZONE: 'Europe/Zurich',
    });
    ana = desk.agent('Ana');
    await ana.mentions('help');
  });
  after(() => desk.world.close());

  /** What the person does, and everything that follows from it. */
  async function does(act: Promise<unknown>): Promise<void> {
    await act;
    await desk.world.app.followUp();
  }

  function statusOf(user: TeamsUser): string {
    const card = user
      .cardsShown()
      .findLast(({ content }) => /Your case at the helpdesk/.test(textOf(content)));
    assert.ok(card, 'no status card');
    return textOf(card.content);
  }

  const said = (ticket: string) => desk.said(ticket).at(-1);

  it('sees before sending how the queue stands, and afterwards one card that follows the ticket', async () => {
    const user = desk.world.connector.user({ name: 'Nina' });
    await user.says('0x8004de40 on windows 10');
    await user.says('human');
    assert.match(textOf(user.lastCard().content), /waiting at the moment.*not known yet/s);
    await pressesLast(user, 'send-ticket', {
      value: 'By noon, please',
      urgency: 'high',
      contact: '+41 44 000 00 00',
      time: 'until 16:00',
    });
    assert.match(
      textOf(user.lastCard().content),
      /By noon, please.*I can't work until it is solved.*\+41 44 000 00 00.*until 16:00/s,
    );
    await does(pressesLast(user, 'share', {}));
    assert.match(statusOf(user), /⏳ In the queue.*number \d+ in the queue/s);
    const [ticket = ''] = /HS-[2-9A-Z]{6}/.exec(statusOf(user)) ?? [];
    const cards = () =>
      user.cardsShown().filter(({ content }) => /Your case at/.test(textOf(content))).length;
    assert.equal(cards(), 1);
    await ana.presses(ticket, 'take');
    assert.match(statusOf(user), /☎ Picked up.*Picked up by: \nAna/s);
    assert.equal(cards(), 1);
    assert.match(desk.card(ticket), /\+41 44 000 00 00/);
  });

  it('finds the note again that they wanted to change', async () => {
    const user = desk.world.connector.user({ name: 'Nina' });
    await user.says('0x8004de40 on windows 10');
    await user.says('human');
    await pressesLast(user, 'send-ticket', { value: 'By noon', urgency: 'low', contact: 'extension 7' });
    await pressesLast(user, 'back', {});
    const form = JSON.stringify(user.lastCard().content);
    for (const written of ['By noon', 'low', 'extension 7']) assert.ok(form.includes(`"value":"${written}"`));
  });

  it('speaks to the agent alone, with the bot silent, until they ask for the bot', async () => {
    const { user, ticket } = await desk.person('Maria');
    await ana.presses(ticket, 'take');
    const before = wordsSeenBy(user).length;
    await does(user.says('still broken, my mail is maria@contoso.com'));
    assert.equal(said(ticket), 'Maria: still broken, my mail is maria@contoso.com');
    assert.equal(wordsSeenBy(user).length, before);
    await does(user.says('talk to the bot'));
    assert.match(wordsSeenBy(user).at(-1) ?? '', /Withdraw HS-.*Ana from the helpdesk is on it/s);
    await does(user.says('yes'));
    assert.equal(said(ticket), `Maria has withdrawn ${ticket}. Nothing more to do.`);
    assert.match(statusOf(user), /✖ Withdrawn/);
    await does(user.says('still broken'));
    assert.equal(said(ticket), `Maria has withdrawn ${ticket}. Nothing more to do.`);
  });

  it('has files passed on with their text, and words that come amid a paste', async () => {
    const { user, ticket } = await desk.person('Maria');
    await ana.presses(ticket, 'take');
    await does(user.attaches({ name: 'setup.log', bytes: Buffer.from('step 7 failed') }));
    assert.equal(said(ticket), 'Maria: setup.log\nstep 7 failed');
    await does(user.says('=== HANDSHAKE REPORT 1 BEGIN ===\ntool = handshake-check'));
    await does(user.says('did you get that?'));
    assert.equal(said(ticket), 'Maria: did you get that?');
  });

  it('has edits and deletions of their words followed', async () => {
    const { user, ticket } = await desk.person('Maria');
    await ana.presses(ticket, 'take');
    await does(user.sends({ type: 'message', id: `${ticket}-m`, text: 'It is the poxy' }));
    await does(user.sends({ type: 'messageUpdate', id: `${ticket}-m`, text: 'It is the proxy' }));
    assert.equal(said(ticket), 'Maria (edited): It is the proxy');
    await does(user.sends({ type: 'messageDelete', id: `${ticket}-m` }));
    assert.equal(said(ticket), 'Maria has deleted this message.');
  });

  it('gets the script when a new check is asked for, once, and the helpdesk hears of the report', async () => {
    const { user, ticket } = await desk.person('Maria');
    await ana.presses(ticket, 'ask-check');
    await desk.world.app.followUp();
    const words = wordsSeenBy(user);
    assert.ok(words.some((text) => text.startsWith('Ana (helpdesk) asks you to check this PC again')));
    assert.equal(words.filter((text) => text.includes("Let's check your PC")).length, 1);
    await does(user.says('Name\n----\nTLS_RSA_WITH_AES_128_CBC_SHA\n'));
    assert.match(said(ticket) ?? '', /Maria sent a new report/);
    await desk.world.app.followUp();
    assert.match(desk.card(ticket), /What the check found.*TLS_RSA_WITH_AES_128_CBC_SHA/s);
  });

  it('goes on where they were when the case is handed back, knowing what was done', async () => {
    const { user, ticket } = await desk.person('Maria');
    await ana.presses(ticket, 'hand-back', { reason: 'I have opened the port' });
    await desk.world.app.followUp();
    const words = wordsSeenBy(user);
    const told = words.findIndex((text) => text.includes('hands you back to me: I have opened the port'));
    assert.ok(told >= 0, words.join('\n--\n'));
    assert.ok(words.slice(told + 1).some((text) => /How shall we go on/.test(text)));
    assert.match(statusOf(user), /Back with me/);
  });

  it('confirms, rates and opens again by the buttons of the card', async () => {
    const { user, ticket } = await desk.person('Maria');
    await ana.presses(ticket, 'solve', { solve: 'Port opened' });
    assert.match(statusOf(user), /Solved, says the helpdesk/);
    await does(pressesLast(user, 'ticket-rate', { stars: '4' }));
    assert.match(statusOf(user), /Your rating: \n4 · Good/);
    await does(pressesLast(user, 'ticket-reopen', {}));
    assert.match(statusOf(user), /Picked up by: \nAna/);
    await does(pressesLast(user, 'ticket-note', { note: 'One more thing' }));
    assert.equal(said(ticket), 'Maria: One more thing');
    await does(pressesLast(user, 'ticket-confirm', {}));
    assert.match(statusOf(user), /Solved and closed/);
  });

  it('is not left in silence, and neither is the helpdesk', async () => {
    const { user, ticket } = await desk.person('Maria');
    const long = new Date(Date.now() - 5 * 3_600_000).toISOString();
    await sql`update tickets set ticket = jsonb_set(ticket, '{since}', to_jsonb(${long}::text)) where id = ${ticket}`.execute(
      desk.world.app.database.db,
    );
    assert.equal(await desk.world.app.windClock(), 1);
    await desk.world.app.followUp();
    assert.match(wordsSeenBy(user).join('\n'), new RegExp(`Nobody has picked up ${ticket} yet`));
    assert.match(said(ticket) ?? '', /Nobody has taken .* yet/);
    assert.equal(await desk.world.app.windClock(), 0);
  });
});
