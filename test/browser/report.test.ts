import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderHtml } from '../../src/report/html.ts';
import { createHostile, createUnmeasured } from '../report/evidence-variants.ts';
import { createHostileRequest, createLoosened } from '../report/pull-requests.ts';
import { createConfusionOf, createEvidence, createMetric } from '../support/evidence.ts';
import { createFailingEvidence } from '../support/failing-evidence.ts';
import { launchChromium, type OpenPage, openPage } from './chromium.ts';
import { FIND_WEAK_TEXTS } from './contrast.ts';

let browser: Browser;
const pages: Record<string, string> = {};

beforeAll(async () => {
  browser = await launchChromium();
  pages['pass'] = await renderHtml(createEvidence());
  pages['fail'] = await renderHtml(createFailingEvidence());
  pages['cannot-measure'] = await renderHtml(createUnmeasured());
  pages['nothing'] = await renderHtml({});
  pages['hostile'] = await renderHtml(createHostile());
  pages['changed'] = await renderHtml(createLoosened());
  pages['changed-hostile'] = await renderHtml(createHostileRequest());
  pages['wide'] = await renderHtml(createWide());
});

afterAll(() => browser?.close());

/** Names without a place to break, and more classes than fit on a phone. */
function createWide() {
  const name = 'a_column_name_without_a_place_to_break_'.repeat(4);
  const classes = Array.from({ length: 20 }, (_, index) => `class_${index}_${'x'.repeat(30)}`);
  const metrics = [
    createMetric({ name, source: 'reported' }),
    createMetric(),
    createMetric({ slice: { column: name, value: name } }),
  ];
  return createEvidence({ evaluation: { metrics, confusion: createConfusionOf(classes) } });
}

async function visit<T>(
  name: string,
  options: Parameters<typeof openPage>[2],
  look: (opened: OpenPage) => Promise<T>,
): Promise<T> {
  const opened = await openPage(browser, pages[name] ?? '', options);
  try {
    return await look(opened);
  } finally {
    await opened.close();
  }
}

const NAMES = ['pass', 'fail', 'cannot-measure', 'nothing', 'hostile', 'changed', 'changed-hostile', 'wide'];

describe.each(NAMES)('the page of a run: %s', (name) => {
  test('asks for nothing and complains of nothing', async () => {
    await visit(name, {}, async ({ page, messages, requests }) => {
      expect(await page.title()).not.toBe('');
      expect(requests).toEqual([]);
      expect(messages).toEqual([]);
    });
  });

  test.each([360, 768, 1024, 1280])('does not scroll sideways at %s pixels', async (width) => {
    await visit(name, { viewport: { width, height: 800 } }, async ({ page }) => {
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    });
  });

  test.each(['light', 'dark'] as const)('has text of enough contrast: %s', async (colorScheme) => {
    await visit(name, { colorScheme }, async ({ page }) => {
      await page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })");
      const found = await page.evaluate<{ count: number; weak: string[] }>(FIND_WEAK_TEXTS);
      expect(found.count).toBeGreaterThan(5);
      expect(found.weak).toEqual([]);
    });
  });
});

test('light and dark look different, and each is drawn', async () => {
  const [light, dark] = await Promise.all(
    (['light', 'dark'] as const).map((colorScheme) =>
      visit('fail', { colorScheme }, async ({ page }) => ({
        colour: await page.evaluate<string>('getComputedStyle(document.querySelector("main")).backgroundColor'),
        picture: await page.screenshot(),
      })),
    ),
  );
  expect(light?.colour).toBe('rgb(255, 255, 255)');
  expect(dark?.colour).toBe('rgb(21, 28, 35)');
  expect(light?.picture.equals(dark?.picture ?? light.picture)).toBe(false);
});

test('charts are drawn in the colours of the page', async () => {
  const look = async ({ page }: OpenPage): Promise<string[]> =>
    page.evaluate(
      '[...document.querySelectorAll("td.chart .mark-symbol path")].map((dot) => getComputedStyle(dot).fill)',
    );
  const light = await visit('pass', { colorScheme: 'light' }, look);
  const dark = await visit('pass', { colorScheme: 'dark' }, look);
  expect(light).toContain('rgb(34, 88, 156)');
  expect(dark).toContain('rgb(125, 178, 242)');
});

test('on paper nothing is folded, dark or cut off', async () => {
  await visit('fail', { colorScheme: 'dark', viewport: { width: 700, height: 900 } }, async ({ page }) => {
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const seen = await page.evaluate<{ background: string; folded: string[]; width: number }>(`({
      background: getComputedStyle(document.body).backgroundColor,
      folded: [...document.querySelectorAll('details td:not(:has(.none))')].filter((cell) => cell.getBoundingClientRect().height === 0)
        .map((cell) => cell.textContent),
      width: document.documentElement.scrollWidth,
    })`);
    expect(seen).toEqual({ background: 'rgb(255, 255, 255)', folded: [], width: 700 });
    expect((await page.pdf({ format: 'A4' })).length).toBeGreaterThan(10_000);
  });
});

test('the keyboard alone reaches and opens what is folded', async () => {
  await visit('fail', {}, async ({ page }) => {
    const active = (): Promise<string> => page.evaluate('document.activeElement.tagName');
    for (let step = 0; step < 30 && (await active()) !== 'SUMMARY'; step += 1) await page.keyboard.press('Tab');
    expect(await active()).toBe('SUMMARY');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.parentElement.open')).toBe(true);
  });
});

test('on a phone a metric is a card with its numbers named', async () => {
  await visit('pass', { viewport: { width: 360, height: 800 } }, async ({ page }) => {
    const label = await page.evaluate(
      'getComputedStyle(document.querySelector("#metrics td.number"), "::before").content',
    );
    expect(label).toBe('"Candidate"');
    const [box, chart] = await page.evaluate<[number, number]>(
      '["#metrics tbody tr", "#metrics td.chart svg"].map((one) => document.querySelector(one).getBoundingClientRect().width)',
    );
    expect(chart).toBeLessThanOrEqual((box ?? 0) + 12);
  });
});

test('text that looks like a script runs nowhere', async () => {
  await visit('hostile', {}, async ({ page }) => {
    expect(await page.evaluate('document.querySelectorAll("script, iframe, img, object, embed").length')).toBe(0);
    expect(await page.evaluate('document.querySelector("h1").textContent')).not.toBe('');
  });
});
