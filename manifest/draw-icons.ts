/** Renders the icons from their drawings: `node manifest/draw-icons.ts`. Needs a Chromium on this machine. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright-core';

const icons = [
  { name: 'color', size: 192 },
  { name: 'outline', size: 32 },
] as const;

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

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

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: flags,
});
try {
  for (const { name, size } of icons) await drawIcon(browser, name, size);
} finally {
  await browser.close();
}
