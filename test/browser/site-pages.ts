import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

/** A page of a site that is open, and what the site did that it should not have done. */
interface OpenSite {
  readonly page: Page;
  readonly messages: string[];
  /** Addresses outside of the site that were asked for. Every such request is refused. */
  readonly requests: string[];
}

const HOST = 'http://site.invalid/zoo/';

/** Serves the files of a site as GitHub Pages would, cut off from every other network, and looks at one page. */
export async function visitSite<T>(
  browser: Browser,
  files: ReadonlyMap<string, string>,
  address: string,
  options: BrowserContextOptions,
  look: (opened: OpenSite) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const messages: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => messages.push(message.text()));
  page.on('pageerror', (error) => messages.push(String(error)));
  await context.route('**/*', async (route) => {
    const url = route.request().url().split('#')[0] ?? '';
    const body = url.startsWith(HOST) ? files.get(url.slice(HOST.length)) : undefined;
    if (body !== undefined) return route.fulfill({ contentType: 'text/html; charset=utf-8', body });
    requests.push(url);
    return route.abort();
  });
  try {
    await page.goto(HOST + address, { waitUntil: 'load' });
    return await look({ page, messages, requests });
  } finally {
    await context.close();
  }
}
