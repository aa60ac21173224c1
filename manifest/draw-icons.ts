/** Renders the icons from their drawings: `node manifest/draw-icons.ts`. Needs a Chromium on this machine. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../test/chromium.ts';

const icons = [
  { name: 'color', size: 192 },
  { name: 'outline', size: 32 },
] as const;

async function drawIcon(browser: Browser, name: string, size: number): Promise<void> {
  const drawing = readFileSync(new URL(`icons/${name}.svg`, import.meta.url), 'utf8');
  const page = await browser.newPage({ viewport: { width: size, height: size }, deviceScaleFactor: 1 });
  await page.setContent(`<style>*{margin:0}svg{display:block}</style>${drawing}`);
  await page.screenshot({
    path: fileURLToPath(new URL(`${name}.png`, import.meta.url)),
    omitBackground: true,
  });
  await page.close();
}

const browser = await openBrowser();
try {
  for (const { name, size } of icons) await drawIcon(browser, name, size);
} finally {
  await browser.close();
}
