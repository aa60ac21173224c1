import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import type { Context } from 'mocha';
import { type Browser, chromium } from 'playwright-core';

const chromiumPath = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Debian's Chromium, without the services that would look for hosts of their own. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** Skips a suite where no Chromium is installed; in CI that is a failure. */
export function needChromium(suite: Context): void {
  if (existsSync(chromiumPath)) return;
  assert.ok(!process.env.CI, `${chromiumPath} is missing`);
  console.log(`    skipped: ${chromiumPath} is not installed (set CHROMIUM to where it is)`);
  suite.skip();
}
