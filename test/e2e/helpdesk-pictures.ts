// The second half of `npm run pictures`: a ticket as the helpdesk and as the person sees it.
import { takeForDocs } from './docs-picture.ts';
import { openScene, type Scene } from './helpdesk-scene.ts';

const scene = await openScene(1.5);
try {
  await talk(scene);
} finally {
  await scene.end();
}

async function talk({ chat, entersHelpdesk, opensTicket }: Scene): Promise<void> {
  await entersHelpdesk();
  await chat.entersPersonalChat();
  await opensTicket('I present at noon, and the slides are in OneDrive.');
  await entersHelpdesk();
  await chat.presses('Take');
  await chat.sees(/ has it$/);
  await chat.mentionsAndSays('Is it the same at home?');
  await chat.entersPersonalChat();
  await chat.sees(/\(helpdesk\): Is it the same at home/);
  await chat.says('Yes, I have just tried.');
  await entersHelpdesk();
  await chat.sees(/: Yes, I have just tried/);
  await takeForDocs('7-helpdesk', chat.threadPicture);
  await chat.presses('Solve');
  await chat.fills('What solved it, for the person', 'Both cipher suites are on again.');
  await chat.presses('Mark as solved');
  await chat.entersPersonalChat();
  await chat.sees('Solved, says the helpdesk');
  await chat.sees(/as solved: Both cipher suites/);
  await takeForDocs('8-status', (path) => chat.picture(path, 5));
}
