import assert from 'node:assert/strict';
import { databaseStarts, wordsSeenBy } from './harness.ts';
import { type Agent, type HelpdeskWorld, startHelpdesk } from './helpdesk-world.ts';

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
});
