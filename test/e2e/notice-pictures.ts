// The third part of `npm run pictures`: a notice as its author, its approver and its reader see it.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type NoticeScene, openNoticeScene } from './notice-scene.ts';

const folder = fileURLToPath(new URL('../../docs/pictures/', import.meta.url));

const scene = await openNoticeScene(1.5);
try {
  await story(scene);
} finally {
  await scene.end();
}

async function story({ chat, ...scene }: NoticeScene): Promise<void> {
  const take = (name: string, messages = 1) => chat.picture(join(folder, `${name}.png`), messages);
  await chat.says('hello');
  await chat.sees('Which error do you see?');
  await scene.kimSendsReport();
  await chat.says('new notice');
  await chat.fills('Name, for administrators only', 'DHE suites retire in April');
  await chat.chooses('2026-04-01');
  await chat.presses('Go on');
  await chat.sees(/^Draft: DHE suites/);
  await chat.presses('Text for: will break');
  await take('9-notice-draft');
  await chat.presses('Preview to me');
  await chat.sees(/Bitte prüfen Sie Ihren Windows 10-PC/);
  await take('10-notice-preview', 2);
  await scene.annaAsks();
  await chat.sees(/^To approve: DHE suites/);
  await take('11-notice-approval');
  await scene.annaWritesToKim();
  await chat.sees(/^OneDrive on your Windows 10 PC/);
  await take('12-notice-reader');
  await chat.presses('I have read this');
  await chat.sees(/You have said that you read this/);
  await chat.presses('Check my PC');
  await chat.sees('Download the check');
  await take('13-notice-check', 2);
  await scene.isUnderWay();
  await chat.sees(/Being sent$/);
  await take('14-notice-progress');
  await scene.isOver();
  await chat.sees(/✔ Done$/);
  await take('15-notice-report');
}
