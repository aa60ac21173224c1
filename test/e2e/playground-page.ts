import { fileURLToPath } from 'node:url';
import type { Browser, Locator, Page } from 'playwright-core';

/** The chat as a person sees it. */
export type ChatPage = {
  says(text: string): Promise<void>;
  /** In a group or channel the bot hears only what mentions it. */
  mentionsAndSays(text: string): Promise<void>;
  presses(button: string): Promise<void>;
  /** Where the link on the last card that has one leads. */
  link(title: string): Promise<string>;
  /** Presses what opens an address outside of the chat; the address. */
  opens(title: string): Promise<string>;
  /** Opens the list on the last card and takes the choice. */
  chooses(choice: string): Promise<void>;
  /** Waits until the text is there. */
  sees(text: string | RegExp): Promise<void>;
  entersGroup(): Promise<void>;
  entersPersonalChat(): Promise<void>;
  entersChannel(name: string): Promise<void>;
  /** Writes into the field of a card. */
  fills(label: string, text: string): Promise<void>;
  /** What stands in the field of a card. */
  value(label: string): Promise<string>;
  /** A picture of the last messages, uncut. */
  picture(path: string, messages?: number): Promise<void>;
  /** A picture of the channel's newest thread, uncut. */
  threadPicture(path: string): Promise<void>;
  /** What is wrong with what is on show, in words. */
  flaws(): Promise<readonly string[]>;
  /** Titles of the cards that have buttons. */
  cardsWithButtons(): Promise<readonly string[]>;
  /** What the cards show that have this text, oldest first. */
  cards(text: string): Promise<readonly CardOnShow[]>;
};

/** Texts, and titles of buttons and links, in their order; what is folded away is not among them. */
export type CardOnShow = { readonly lines: readonly string[]; readonly presses: readonly string[] };

/** Tall, so that every card is whole; the chat is the column between the Playground's two side panels. */
const viewport = { width: 1280, height: 3600 };
const column = { left: 330, width: 620 };

export async function openChat(browser: Browser, url: string, deviceScaleFactor = 1): Promise<ChatPage> {
  const page = await browser.newPage({ viewport, deviceScaleFactor });
  page.setDefaultTimeout(30_000);
  await page.addInitScript({ path: fileURLToPath(new URL('in-the-page.js', import.meta.url)) });
  await page.goto(url);
  // In a channel the first box begins a thread of its own; the last one answers.
  const box = page.locator('[role=textbox]').last();
  const card = () => page.locator('.ac-adaptiveCard').last();

  async function send(text: string): Promise<void> {
    // A paste keeps its line ends; typing them would send the message.
    await page.keyboard.insertText(text);
    await page.keyboard.press('Enter');
  }

  return {
    async says(text) {
      await box.click();
      await send(text);
    },
    async mentionsAndSays(text) {
      await box.click();
      await page.keyboard.type('@Hand');
      await page.getByRole('menuitem', { name: 'Handshake' }).click();
      await send(` ${text}`);
    },
    presses: (button) => page.getByRole('button', { name: button, exact: true }).last().click(),
    async link(title) {
      const href = await page.getByRole('link', { name: title, exact: true }).last().getAttribute('href');
      if (href === null) throw new Error(`The link "${title}" leads nowhere.`);
      return href;
    },
    async opens(title) {
      const [request] = await Promise.all([
        page.context().waitForEvent('request'),
        page.getByRole('link', { name: title, exact: true }).last().click(),
      ]);
      return request.url();
    },
    chooses: (choice) => choose(page, card(), choice),
    sees: (text) => page.getByText(text).last().waitFor(),
    entersGroup: () => page.getByRole('treeitem', { name: 'Group Chat' }).click(),
    entersPersonalChat: () => page.getByRole('treeitem', { name: 'Personal Chat' }).click(),
    entersChannel: (name) => page.getByRole('treeitem', { name }).click(),
    fills: (label, text) => page.getByLabel(label).last().fill(text),
    value: (label) => page.getByLabel(label).last().inputValue(),
    picture: (path, messages = 1) => takePicture(page, path, `look.lastMessages(${messages})`),
    threadPicture: (path) => takePicture(page, path, 'look.lastThread()'),
    flaws: () => page.evaluate('look.flaws()'),
    cardsWithButtons: () => page.evaluate('look.cardsWithButtons()'),
    cards: (text) => page.evaluate(`look.cards(${JSON.stringify(text)})`),
  };
}

async function choose(page: Page, card: Locator, choice: string): Promise<void> {
  const radio = card.getByRole('radio', { name: choice });
  if ((await radio.count()) > 0) return radio.click();
  await card.getByRole('combobox').click();
  await page.getByRole('option', { name: choice }).click();
}

type Part = { readonly top: number; readonly bottom: number; readonly isWhole: boolean };

async function takePicture(page: Page, path: string, part: string): Promise<void> {
  // The chat scrolls to its end and fades messages in; a second is enough for both.
  await page.waitForTimeout(1_000);
  const { top, bottom, isWhole } = await page.evaluate<Part>(part);
  if (!isWhole) throw new Error(`${path} would be cut off: the messages are taller than the window.`);
  const clip = { x: column.left, y: top, width: column.width, height: bottom - top };
  await page.screenshot({ path, clip, animations: 'disabled', caret: 'hide' });
}
