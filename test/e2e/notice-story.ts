import type { NoticeScene } from './notice-scene.ts';

export const noticeName = 'DHE suites retire in April';

/** What people write and press, in this order, from their reports to a PC that is ready. */
export type NoticeStory = {
  allReport(): Promise<void>;
  /** The form as it is before its texts and its schedule are opened. */
  kimBegins(): Promise<void>;
  kimFillsIn(): Promise<void>;
  kimPreviews(): Promise<void>;
  kimSubmits(): Promise<void>;
  annaApproves(): Promise<void>;
  jonasOpensCheck(): Promise<void>;
  jonasSendsReport(): Promise<void>;
  jonasAcknowledges(): Promise<void>;
  /** Three have read it, two of them have made their PC ready, and one has looked at it. */
  othersAct(): Promise<void>;
};

export function createNoticeStory({ kim, anna, jonas, others, report }: NoticeScene): NoticeStory {
  return {
    async allReport() {
      for (const [chat, pc] of [
        [kim, 'ready'],
        [anna, 'ready'],
        [jonas, 'old'],
      ] as const) {
        await chat.says('hello');
        await chat.sees('Which error do you see?');
        await chat.says(report(pc));
        await chat.sees(/with your report/);
      }
    },
    async kimBegins() {
      await kim.says('new notice');
      await kim.fills('Name, for administrators only', noticeName);
      await kim.chooses('2026-04-01');
      await kim.presses('Go on');
      await kim.sees(`Draft: ${noticeName}`);
    },
    async kimFillsIn() {
      await kim.presses('Text for: will break');
      await kim.presses('When, reminder, reason');
      await kim.fills('Not before this time', '08:00');
      await kim.fills('Not after this time', '18:00');
      await kim.fills('Remind after so many days', '7');
    },
    async kimPreviews() {
      await kim.presses('Preview to me');
      // The last one of the cards.
      await kim.sees(/^Please check your Windows 10 PC/);
    },
    async kimSubmits() {
      await kim.presses('Submit');
      await kim.sees(/^It was shown to/);
      await anna.sees(`To approve: ${noticeName}`);
    },
    async annaApproves() {
      await anna.presses('Approve');
      await kim.sees('Anna Berg has approved this. There is nothing left to decide.');
    },
    async jonasOpensCheck() {
      await jonas.presses('Check my PC');
      await jonas.sees('Download the check');
    },
    async jonasSendsReport() {
      await jonas.says(report('ready'));
      // The result before this one has no buttons any more.
      await jonas.sees('Check again');
    },
    async jonasAcknowledges() {
      await jonas.presses('I have read this');
      await jonas.sees(/You have said that you read this/);
    },
    async othersAct() {
      for (const [user, pc] of [
        [others.old[0], 'ready'],
        [others.old[1], 'ready'],
        [others.old[2], 'old'],
      ] as const) {
        await user?.pressesButton('I have read this');
        await user?.says(report(pc));
      }
    },
  };
}
