import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { chromium, type Browser, type Page } from 'playwright-core';

import { describeWhereThere } from '../support/outside-folder.js';

const PATH = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const QUIET = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** A suite that looks at pages in a browser; skipped, and says so, where there is none. */
export function describeInChromium(name: string, define: () => void): void {
  describeWhereThere({ path: PATH, exists: existsSync(PATH), reason: `there is no browser ${PATH}; set CHROMIUM to name one` }, name, define);
}

export async function startChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: PATH, args: QUIET });
}

export interface Visit {
  readonly page: Page;
  /** Errors and warnings of the console, exceptions, and requests for anything but the file itself. */
  readonly complaints: string[];
}

export async function visit(browser: Browser, file: string, { width, dark = false, bypassPolicy = false }: { readonly width: number; readonly dark?: boolean; readonly bypassPolicy?: boolean }): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: dark ? 'dark' : 'light', bypassCSP: bypassPolicy, reducedMotion: 'reduce' });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(`exception: ${error.message}`));
  page.on('request', (request) => {
    if (request.url() !== `file://${file}`) complaints.push(`request: ${request.url()}`);
  });
  await page.goto(`file://${file}`);
  return { page, complaints };
}

/** What an accessibility checker finds, as `impact rule: element`. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  await page.evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
  return page.evaluate(`axe.run().then(({ violations }) => violations.map(({ impact, id, nodes }) => impact + ' ' + id + ': ' + nodes[0].html.slice(0, 120)))`);
}
