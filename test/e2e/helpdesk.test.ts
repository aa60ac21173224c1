import assert from 'node:assert/strict';
import { databaseStarts, wordsSeenBy } from './harness.ts';
import { type Agent, type HelpdeskWorld, opensTicket, startHelpdesk } from './helpdesk-world.ts';

describe('The helpdesk in its channel', () => {
  let desk: HelpdeskWorld;
  let ana: Agent;
  let bo: Agent;
  before(async function () {
    this.timeout(databaseStarts);
    desk = await startHelpdesk();
    ana = desk.agent('Ana');
    bo = desk.agent('Bo');
    await ana.mentions('help');
  });
  after(() => desk.world.close());

  const last = (words: readonly string[]) => words.at(-1) ?? '';

  it('gets a thread for a ticket, whose first card says who, what, and how long', async () => {
    const { ticket } = await desk.person('Maria', 'I present at noon');
    const card = desk.card(ticket);
    assert.match(card, /In the queue: nobody has it yet/);
    assert.match(card, /Who: \nMaria · .*English.*Europe\/Vienna/);
    assert.match(card, /In their words: \nI present at noon/);
    assert.match(card, /▲ High/);
    assert.match(card, /Target: solved by \{\{DATE/);
  });

  it('shows on both cards who has taken it, and tells the person', async () => {
    const { user, ticket } = await desk.person('Maria');
    await ana.presses(ticket, 'take');
    assert.match(desk.card(ticket), /Ana has it/);
    assert.match(wordsSeenBy(user).join('\n'), /Ana from the helpdesk has picked up/);
  });

  it('gives a ticket to exactly one of two who take it at once, and tells the other who has it', async () => {
    const { user, ticket } = await desk.person('Maria');
    await Promise.all([ana.presses(ticket, 'take'), bo.presses(ticket, 'take')]);
    const [owner] = /(Ana|Bo) has it/.exec(desk.card(ticket)) ?? [];
    assert.ok(owner);
    assert.deepEqual(
      desk.said(ticket).filter((text) => text.includes(` is with ${owner.split(' ')[0]}.`)).length,
      1,
    );
    assert.equal(wordsSeenBy(user).filter((text) => text.includes('has picked up')).length, 1);
  });

  it('reaches the person with what agents write in the thread, mentioned or not', async () => {
    const { user, ticket } = await desk.person('Maria');
    await ana.writes(ticket, 'Which proxy do you use?');
    assert.equal(last(wordsSeenBy(user)), 'Ana (helpdesk): Which proxy do you use?');
    await bo.mentions('and since when?', ticket);
    assert.equal(last(wordsSeenBy(user)), 'Bo (helpdesk): and since when?');
    await ana.presses(ticket, 'reply', { reply: 'By the card' });
    assert.equal(last(wordsSeenBy(user)), 'Ana (helpdesk): By the card');
  });

  it('carries edits and deletions of such lines over', async () => {
    const { user, ticket } = await desk.person('Maria');
    const line = await ana.writes(ticket, 'Use TLS 1.0');
    await ana.edits(ticket, line, 'Use TLS 1.2');
    assert.equal(last(wordsSeenBy(user)), 'Ana (helpdesk): Use TLS 1.2');
    await ana.deletes(ticket, line);
    assert.match(last(wordsSeenBy(user)), /has withdrawn this message/);
  });

  it('keeps notes to itself', async () => {
    const { user, ticket } = await desk.person('Maria');
    const before = wordsSeenBy(user).length;
    await ana.writes(ticket, '// the third one of this site');
    await ana.mentions('note look at the proxy', ticket);
    assert.equal(wordsSeenBy(user).length, before);
    assert.match(last(desk.said(ticket)), /Kept as an internal note/);
  });

  it('asks for a new check, solves, hands back and rejects, each with a word to the person', async () => {
    const { user, ticket } = await desk.person('Maria');
    await ana.presses(ticket, 'ask-check');
    assert.match(desk.card(ticket), /Ana has it and waits for the person/);
    assert.match(wordsSeenBy(user).join('\n'), /asks you to check this PC again/);
    await ana.presses(ticket, 'solve', { solve: 'TLS 1.2 is on again' });
    assert.match(desk.card(ticket), /✔ Solved by Ana/);
    assert.match(wordsSeenBy(user).join('\n'), /as solved: TLS 1.2 is on again/);

    const second = await desk.person('Berta');
    await ana.presses(second.ticket, 'hand-back', { reason: 'please take the step' });
    assert.match(desk.card(second.ticket), /handed back to the bot/);
    assert.match(wordsSeenBy(second.user).join('\n'), /hands you back to me: please take the step/);

    const third = await desk.person('Carla');
    await ana.mentions('reject not ours', third.ticket);
    assert.match(desk.card(third.ticket), /✖ Closed: rejected/);
    assert.match(wordsSeenBy(third.user).join('\n'), /cannot take .*: not ours/);
    await ana.writes(third.ticket, 'one more thing');
    assert.match(last(desk.said(third.ticket)), /is closed, so nothing was done/);
  });

  it('gives a ticket to a colleague by the card, and knows nobody by a wrong name', async () => {
    const { ticket } = await desk.person('Maria');
    await ana.presses(ticket, 'assign', { to: bo.user.profile.aadObjectId });
    assert.match(desk.card(ticket), /Bo has it/);
    await ana.mentions('assign Nobody', ticket);
    assert.match(last(desk.said(ticket)), /I know nobody of the helpdesk called Nobody/);
  });

  it('shows in the thread what the person writes, and mends it when they edit', async () => {
    const { user, ticket } = await desk.person('Maria');
    await ana.presses(ticket, 'take');
    await user.sends({ type: 'message', id: 'maria-1', text: 'The proxy is host A' });
    await desk.world.app.followUp();
    assert.equal(last(desk.said(ticket)), 'Maria: The proxy is host A');
    await user.sends({ type: 'messageUpdate', id: 'maria-1', text: 'The proxy is host B' });
    await desk.world.app.followUp();
    assert.equal(last(desk.said(ticket)), 'Maria (edited): The proxy is host B');
  });

  it('does nothing for somebody who is no agent, and says so', async () => {
    const { user, ticket } = await desk.person('Maria');
    const eve = desk.stranger();
    const before = wordsSeenBy(user).length;
    await eve.presses(ticket, 'take');
    await eve.writes(ticket, 'give me your password');
    assert.match(last(desk.said(ticket)), /Only people of the helpdesk/);
    assert.match(desk.card(ticket), /nobody has it yet/);
    assert.equal(wordsSeenBy(user).length, before);
  });

  it('refuses a button whose ticket was changed on the way', async () => {
    const [one, other] = [await desk.person('Maria'), await desk.person('Berta')];
    await ana.presses(one.ticket, 'take', { ticket: other.ticket });
    assert.match(last(desk.said(one.ticket)), /belongs to another card/);
    assert.match(desk.card(other.ticket), /nobody has it yet/);
  });

  it('hands out the transcript by a link that is signed, and by no other', async () => {
    const { ticket } = await desk.person('Maria', 'I present at noon');
    await ana.writes(ticket, 'Which proxy?');
    await ana.writes(ticket, '// third one today');
    await ana.presses(ticket, 'transcript');
    const path = /https:\/\/bot\.example\.com(\/transcripts\/\S+)/.exec(last(desk.said(ticket)))?.[1] ?? '';
    const file = await fetch(desk.world.app.url + path);
    assert.deepEqual([file.status, file.headers.get('cache-control')], [200, 'private, no-store']);
    const text = await file.text();
    for (const said of ['I present at noon', 'Ana (helpdesk): Which proxy?', 'note: third one today']) {
      assert.ok(text.includes(said), text);
    }
    assert.equal((await fetch(`${desk.world.app.url}${path}x`)).status, 404);
  });

  it('shows the queue on request, with links to the threads', async () => {
    const { ticket } = await desk.person('Maria');
    await ana.mentions('queue');
    const shown = JSON.stringify(desk.world.connector.shown(desk.channel).at(-1)?.activity);
    assert.match(shown, new RegExp(`"Open ${ticket}"`));
    assert.match(
      shown,
      /https:\/\/teams\.microsoft\.com\/l\/message\/19%3Ahelpdesk%40thread\.tacv2\/\d+\?tenantId=/,
    );
  });

  it('answers in a thread without a ticket where the ticket is', async () => {
    const { ticket } = await desk.person('Maria');
    await ana.mentions(`take`);
    const answers = () => wordsSeenBy({ messages: () => desk.world.connector.shown(desk.channel) });
    assert.match(last(answers()), /No ticket belongs to this thread/);
    await ana.mentions(`solve ${ticket}`);
    assert.match(last(answers()), new RegExp(`${ticket} has a thread of its own: https://teams`));
  });

  it('loses nothing to a busy channel: what was throttled comes later, once', async () => {
    const { user, ticket } = await desk.person('Maria');
    desk.world.connector.failNext(3, { kind: 'throttled', retryAfterSeconds: 30 });
    await ana.presses(ticket, 'take');
    assert.match(desk.card(ticket), /nobody has it yet/);
    await desk.world.letTimePass();
    await desk.world.app.followUp();
    assert.match(desk.card(ticket), /Ana has it/);
    assert.equal(wordsSeenBy(user).filter((text) => text.includes('has picked up')).length, 1);
  });
});

describe('A helpdesk whose Teams wants replies to the root', () => {
  let desk: HelpdeskWorld;
  before(async function () {
    this.timeout(databaseStarts);
    desk = await startHelpdesk({ HELPDESK_THREADS: 'reply' }, { data: 'disk' });
  });
  after(() => desk.world.close());

  it('has its tickets wait until the channel is heard from, and works in its threads after a restart', async function () {
    this.timeout(databaseStarts);
    const ana = desk.agent('Ana');
    const user = desk.world.connector.user({ name: 'Maria' });
    const ticket = await opensTicket(user, 'Since Monday');
    await desk.world.app.followUp();
    assert.equal(desk.world.connector.shown(desk.channel).length, 0);

    await ana.mentions('help');
    await desk.world.restart();
    await desk.world.letTimePass();
    await desk.world.app.followUp();
    assert.match(desk.card(ticket), /nobody has it yet/);

    await ana.presses(ticket, 'take');
    await user.sends({ type: 'message', text: 'Are you there?' });
    await desk.world.app.followUp();
    assert.equal(desk.said(ticket).at(-1), 'Maria: Are you there?');
    const { id } = desk.root(ticket);
    const paths = desk.world.connector.sent().map(({ path }) => decodeURIComponent(path));
    assert.ok(
      paths.some((path) => path.endsWith(`${desk.channel}/activities/${id}`)),
      paths.join('\n'),
    );
  });
});
