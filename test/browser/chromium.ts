import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

/** Nothing of Chromium’s own may go out: no look-ups, no updates, no sync. */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts the Chromium of the environment variable CHROMIUM, or the one that Debian installs. */
export function launchChromium(): Promise<Browser> {
  const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
  if (!existsSync(executablePath)) {
    throw new Error(
      `There is no Chromium at ${executablePath}. Install it (apt-get update && apt-get install -y ` +
        '--no-install-recommends chromium), or name one in the environment variable CHROMIUM.',
    );
  }
  return chromium.launch({ executablePath, args: ARGUMENTS });
}

/** A page that is open, and what it did that it should not have done. */
export interface OpenPage {
  readonly page: Page;
  /** Messages of the console, errors among them. */
  readonly messages: string[];
  /** Addresses that the page asked for. Every request is refused. */
  readonly requests: string[];
  close(): Promise<void>;
}

/** Shows a text as a page of its own, cut off from every network. */
export async function openPage(browser: Browser, html: string, options: BrowserContextOptions = {}): Promise<OpenPage> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const messages: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => messages.push(message.text()));
  page.on('pageerror', (error) => messages.push(String(error)));
  const address = 'http://report.invalid/';
  await context.route('**/*', async (route) => {
    const url = route.request().url();
    if (url === address) return route.fulfill({ contentType: 'text/html; charset=utf-8', body: html });
    requests.push(url);
    return route.abort();
  });
  await page.goto(address, { waitUntil: 'networkidle' });
  return { page, messages, requests, close: () => context.close() };
}
