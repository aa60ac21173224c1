// Draws every card with Microsoft's own renderer, for people to look at: `npm run cards:gallery`.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { loadArticles } from '../../src/articles/load.ts';
import { createCards } from '../../src/cards/cards.ts';
import { loadWording } from '../../src/cards/wording.ts';
import { openBrowser } from '../chromium.ts';
import { helpdeskCards } from './helpdesk-samples.ts';
import { noticeCards } from './notice-samples.ts';
import { nodeCards, type Sample, sampleCards } from './samples.ts';
import { hostConfig, pageStyle, type Theme } from './teams-look.ts';

const output = new URL('../e2e/output/', import.meta.url);
const renderer = createRequire(import.meta.url).resolve('adaptivecards-renderer/dist/adaptivecards.min.js');
const views = [
  { theme: 'light', width: 380 },
  { theme: 'light', width: 560 },
  { theme: 'dark', width: 380 },
] as const;

await main();

async function main(): Promise<void> {
  const cards = createCards(loadWording('en'));
  const samples = [
    ...sampleCards(cards),
    ...helpdeskCards(cards),
    ...noticeCards(cards),
    ...loadArticles().flatMap((article) => nodeCards(cards, article)),
  ];
  const browser = await openBrowser();
  for (const { theme, width } of views) {
    const folder = new URL(`cards-${theme}-${width}/`, output);
    mkdirSync(folder, { recursive: true });
    writeFileSync(new URL('index.html', folder), drawPage(samples, theme, width));
    const page = await browser.newPage({ viewport: { width: 3 * width + 80, height: 1000 } });
    await page.goto(new URL('index.html', folder).href);
    await shootAll(page, samples, folder);
    console.log(`${samples.length} cards in ${fileURLToPath(folder)}`);
  }
  await browser.close();
}

async function shootAll(page: Page, samples: readonly Sample[], folder: URL): Promise<void> {
  for (const { name } of samples) {
    const file = new URL(`${name.replace(/[^a-z0-9]+/g, '-')}.png`, folder);
    await page.locator(`figure[id="${name}"]`).screenshot({ path: fileURLToPath(file) });
  }
}

function drawPage(samples: readonly Sample[], theme: Theme, width: number): string {
  const json = JSON.stringify(samples.map(({ name, card }) => ({ name, content: card.content })));
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Cards</title>
    <style>${pageStyle(theme, width)}</style><main></main>
    <script>${readFileSync(renderer, 'utf8').replaceAll('</script', '<\\/script')}</script>
    <script>
      const samples = ${json.replaceAll('<', '\\u003c')};
      const config = new AdaptiveCards.HostConfig(${JSON.stringify(hostConfig(theme))});
      AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
        const safe = text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
        result.outputHtml = safe.replace(/\\[([^\\]]+)\\]\\(([^)]+)\\)/g, '<a href="$2">$1</a>');
        result.didProcess = true;
      };
      for (const { name, content } of samples) {
        const card = new AdaptiveCards.AdaptiveCard();
        card.hostConfig = config;
        card.parse(content);
        const figure = document.createElement('figure');
        figure.id = name;
        figure.textContent = name;
        const frame = document.createElement('div');
        frame.className = 'card';
        frame.append(card.render());
        figure.append(frame);
        document.querySelector('main').append(figure);
      }
    </script></html>`;
}
