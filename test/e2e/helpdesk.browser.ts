import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { needChromium } from '../chromium.ts';
import { openScene, type Scene } from './helpdesk-scene.ts';
import type { ChatPage } from './playground-page.ts';

const output = fileURLToPath(new URL('output/', import.meta.url));

// One ticket from its opening to its end: each test goes on where the one before it stopped.
describe('a ticket in the Agents Playground', function () {
  this.bail(true);
  let scene: Scene;
  let chat: ChatPage;

  before(async function () {
    needChromium(this);
    await mkdir(output, { recursive: true });
    scene = await openScene();
    chat = scene.chat;
  });

  after(() => scene?.end());

  it('is opened in the personal chat, and shown there on a card', async () => {
    // The Playground adds the bot to the channel when somebody looks into it.
    await scene.entersHelpdesk();
    await chat.entersPersonalChat();
    await scene.opensTicket('I present at noon');
    await chat.sees('In the queue');
    await lookAtChat('h01-queued', 2);
  });

  it('comes up in the channel, with all that is known', async () => {
    await scene.entersHelpdesk();
    await chat.sees('In the queue: nobody has it yet');
    await chat.sees('I present at noon');
    await chat.sees('Switch on the two cipher suites. It needs an administrator account and a restart.');
    await lookAtThread('h02-root');
  });

  it('is taken by an agent, whom the person sees on their card', async () => {
    await chat.presses('Take');
    await chat.sees('Kim Solberg has it');
    await lookAtThread('h03-taken');
    await chat.entersPersonalChat();
    await chat.sees('Picked up by:');
    await lookAtChat('h04-picked-up', 2);
  });

  it("takes the agent's lines to the person, by the button and by a mention in the thread", async () => {
    await scene.entersHelpdesk();
    await chat.presses('Reply');
    await chat.fills('Your reply to the person', 'Which network are you in?');
    await chat.presses('Send the reply');
    await chat.sees('Kim Solberg to Kim Solberg: Which network are you in?');
    await chat.mentionsAndSays('and is it the same at home?');
    await chat.entersPersonalChat();
    await chat.sees('Kim Solberg (helpdesk): Which network are you in?');
    await chat.sees('Kim Solberg (helpdesk): and is it the same at home?');
    await lookAtChat('h05-asked', 3);
  });

  it("takes the person's answer to the thread", async () => {
    await chat.says('The one of the office. At home it works.');
    await scene.entersHelpdesk();
    await chat.sees('Kim Solberg: The one of the office. At home it works.');
    await lookAtThread('h06-answered');
  });

  it('is solved by the agent, which both cards say', async () => {
    await chat.presses('Solve');
    await chat.fills('What solved it, for the person', 'The suites are on again.');
    await chat.presses('Mark as solved');
    await chat.sees('Solved by Kim Solberg; the person has not confirmed yet');
    await lookAtThread('h07-solved');
    await chat.entersPersonalChat();
    await chat.sees(/as solved: The suites are on again/);
    await chat.sees('Solved, says the helpdesk');
    await lookAtChat('h08-solved', 6);
  });

  it('is closed when the person says that it works, which the thread says', async () => {
    await chat.presses('It works now');
    await chat.sees('Solved and closed');
    await lookAtChat('h09-closed', 7);
    await scene.entersHelpdesk();
    await chat.sees('Closed: the person says that it works');
    await lookAtThread('h10-closed');
  });

  async function lookAtChat(stage: string, messages: number): Promise<void> {
    await chat.picture(join(output, `${stage}.png`), messages);
    assert.deepEqual(await chat.flaws(), [], stage);
  }

  async function lookAtThread(stage: string): Promise<void> {
    await chat.threadPicture(join(output, `${stage}.png`));
    assert.deepEqual(await chat.flaws(), [], stage);
  }
});
