import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { renderSite } from '../../src/report/site/site.ts';
import { createHostileFacts } from '../report/site/hostile.ts';
import { createFacts, createNumber, createPlacing, createRelease, createZooFacts } from '../report/site/ledgers.ts';
import { launchChromium } from './chromium.ts';
import { FIND_WEAK_TEXTS } from './contrast.ts';
import { visitSite } from './site-pages.ts';

/** Names as long as they may be, without a place to break. */
function createWideFacts() {
  const name = (letter: string) => letter.repeat(64);
  const version = `v1.0.0-${'x'.repeat(90)}`;
  const metrics = Array.from({ length: 12 }, (_, index) => createNumber(`${'metric_'.repeat(9)}${index}`, 0.5));
  return createFacts([
    createRelease(name('m'), version, {
      metrics,
      files: [{ path: 'p'.repeat(300), sha256: `sha256:${'a'.repeat(64)}`, size: 1 }],
    }),
    createRelease(name('m'), 'v1.0.0', { metrics, reference: `ghcr.io/${'o'.repeat(200)}@sha256:${'a'.repeat(64)}` }),
    createPlacing(name('m'), name('s'), version, { reason: 'r'.repeat(300) }),
  ]);
}

const SITES = {
  zoo: renderSite(createZooFacts()),
  none: renderSite(createFacts([])),
  hostile: renderSite(createHostileFacts()),
  wide: renderSite(createWideFacts()),
};
const PAGES = Object.entries(SITES).flatMap(([site, files]) =>
  [...files.keys()].filter((name) => name.endsWith('.html')).map((name) => [site as keyof typeof SITES, name] as const),
);

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());

test.each(PAGES)(
  '%s: %s asks for nothing, fits a phone and a desk, and can be read by day and by night',
  async (site, name) => {
    await visitSite(browser, SITES[site], name, {}, async ({ page, messages, requests }) => {
      for (const width of [320, 1152]) {
        await page.setViewportSize({ width, height: 800 });
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      }
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        const found = await page.evaluate<{ count: number; weak: string[] }>(FIND_WEAK_TEXTS);
        expect(found.count).toBeGreaterThan(5);
        expect(found.weak, colorScheme).toEqual([]);
      }
      expect(await page.evaluate('typeof hacked')).toBe('undefined');
      expect([messages, requests]).toEqual([[], []]);
    });
  },
);

test('a script that comes into the page from elsewhere does not run', async () => {
  await visitSite(browser, SITES.zoo, 'model-churn.html', {}, async ({ page, messages }) => {
    await page.evaluate(`(() => {
      const script = document.createElement('script');
      script.textContent = 'globalThis.hacked = 1';
      const picture = document.createElement('img');
      picture.src = 'https://evil.example/x.png';
      document.body.append(script, picture);
    })()`);
    await page.waitForFunction('document.images[0].complete');
    expect(await page.evaluate('typeof hacked')).toBe('undefined');
    expect(messages.filter((text) => text.includes('Content Security Policy')).length).toBe(2);
  });
});

test('charts and strips are drawn, in the colours of the page, in light and dark', async () => {
  const look = (colorScheme: 'light' | 'dark') =>
    visitSite(browser, SITES.zoo, 'model-churn.html', { colorScheme }, ({ page }) =>
      page.evaluate<string[]>(`['.history .dots', '.history .early', '.strip .sick']
        .map((one) => getComputedStyle(document.querySelector(one)).stroke)
        .concat(getComputedStyle(document.querySelector('.strip .held.back')).fill)`),
    );
  expect(await look('light')).toEqual([
    'rgb(34, 88, 156)',
    'rgb(178, 88, 12)',
    'rgb(176, 42, 29)',
    'rgb(250, 227, 223)',
  ]);
  expect(await look('dark')).toEqual([
    'rgb(125, 178, 242)',
    'rgb(240, 163, 94)',
    'rgb(255, 148, 131)',
    'rgb(60, 26, 22)',
  ]);
});

test('on paper nothing is cut off, dark, or a control', async () => {
  const options = { colorScheme: 'dark', viewport: { width: 700, height: 900 } } as const;
  await visitSite(browser, SITES.zoo, 'model-churn.html', options, async ({ page }) => {
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const seen = await page.evaluate(`({
      background: getComputedStyle(document.body).backgroundColor,
      controls: [...document.querySelectorAll('select, input')].filter((one) => one.checkVisibility()).length,
      cut: [...document.querySelectorAll('.scroll')].filter((one) => one.scrollHeight > one.clientHeight + 1).length,
      width: document.documentElement.scrollWidth,
    })`);
    expect(seen).toEqual({ background: 'rgb(255, 255, 255)', controls: 0, cut: 0, width: 700 });
    expect((await page.pdf({ format: 'A4' })).length).toBeGreaterThan(10_000);
  });
});

test('without JavaScript everything is there to read, and it says what is not', async () => {
  await visitSite(browser, SITES.zoo, 'model-churn.html', { javaScriptEnabled: false }, async ({ page }) => {
    const words = await page.locator('main').innerText();
    for (const text of ['Too many empty answers since Monday.', 'v1.0.0', '0.842', 'needs JavaScript'])
      expect(words).toContain(text);
    expect(await page.locator('#filter, #before, #swap').filter({ visible: true }).count()).toBe(0);
    expect(await page.locator('th button').count()).toBe(0);
    expect(await page.locator('#versions-table tbody tr').count()).toBe(6);
  });
});
