// The third part of `npm run pictures`: a notice as its author, its approver and its reader see it.
import { takeForDocs } from './docs-picture.ts';
import { type NoticeScene, openNoticeScene } from './notice-scene.ts';
import { createNoticeStory } from './notice-story.ts';
import type { ChatPage } from './playground-page.ts';

// Less sharp than the others: cards of administrators are long, and would be too big.
const scene = await openNoticeScene(1.25);
try {
  await tell(scene);
} finally {
  await scene.end();
}

async function tell(scene: NoticeScene): Promise<void> {
  const { kim, anna, jonas } = scene;
  const story = createNoticeStory(scene);
  await story.allReport();
  await story.kimBegins();
  await story.kimFillsIn();
  await take(kim, '9-notice-draft');
  await story.kimPreviews();
  await take(kim, '10-notice-preview', 2);
  await story.kimSubmits();
  await take(anna, '11-notice-approval');
  await story.annaApproves();
  await scene.goOn();
  await jonas.sees(/^OneDrive on your Windows 10 PC/);
  await take(jonas, '12-notice-reader');
  await kim.sees('Sent: 7');
  await take(kim, '14-notice-progress');
  await story.jonasOpensCheck();
  await take(jonas, '13-notice-check');
  await story.jonasSendsReport();
  await story.jonasAcknowledges();
  await story.othersAct();
  scene.letPass(5);
  await scene.goOn();
  await kim.sees(/✔ Done$/);
  await take(kim, '15-notice-report');
}

function take(chat: ChatPage, name: string, messages = 1): Promise<void> {
  return takeForDocs(name, (path) => chat.picture(path, messages));
}
