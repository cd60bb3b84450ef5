import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderSite } from '../../src/report/site/site.ts';
import { createFacts, createZooFacts, listMany } from '../report/site/ledgers.ts';
import { launchChromium } from './chromium.ts';
import { visitSite } from './site-pages.ts';

const ZOO = renderSite(createZooFacts());
const CHURN = 'model-churn.html';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());

const readVersions = (page: Page): Promise<string[]> =>
  page.evaluate(
    `[...document.querySelectorAll('#versions-table tbody tr:not([hidden]) th')].map((one) => one.textContent)`,
  );

describe('the table of versions', () => {
  test('is sorted by version, by time and by a metric, and says so', async () => {
    await visitSite(browser, ZOO, CHURN, {}, async ({ page }) => {
      expect(await readVersions(page)).toEqual(['v1.3.0', 'v1.3.0-rc.1', 'v1.2.0', 'v1.1.0', 'v1.1.0-rc.1', 'v1.0.0']);
      const button = page.getByRole('button', { name: 'Log loss' });
      await button.click();
      expect((await readVersions(page))[0]).toBe('v1.0.0');
      await button.click();
      expect((await readVersions(page))[0]).toBe('v1.3.0');
      expect(await page.locator('th[aria-sort]').allTextContents()).toEqual(['Log loss']);
      await page.getByRole('button', { name: 'Version' }).click();
      expect((await readVersions(page)).slice(0, 2)).toEqual(['v1.3.0', 'v1.3.0-rc.1']);
      expect(await page.locator('th[aria-sort=descending]').allTextContents()).toEqual(['Version']);
    });
  });

  test('is filtered by words and by whether they are final, and says how many are left', async () => {
    await visitSite(browser, ZOO, CHURN, {}, async ({ page }) => {
      await page.getByLabel('Filter').fill('live PRODUCTION');
      expect(await readVersions(page)).toEqual(['v1.1.0']);
      expect(await page.getByRole('status').first().textContent()).toBe('1 of 6 versions');
      await page.getByLabel('Filter').fill('');
      await page.getByLabel('Pre-releases').uncheck();
      expect(await readVersions(page)).toEqual(['v1.3.0', 'v1.2.0', 'v1.1.0', 'v1.0.0']);
    });
  });
});

const readRow = (page: Page, name: string): Promise<string[]> =>
  page.locator('#comparison tr', { hasText: name }).first().locator('th, td').allTextContents();

describe('two versions beside each other', () => {
  test('are at first the two newest final ones', async () => {
    await visitSite(browser, ZOO, CHURN, {}, async ({ page }) => {
      expect(await page.locator('#compared').textContent()).toBe('v1.3.0 compared with v1.2.0.');
      expect(await readRow(page, 'Accuracy')).toEqual([
        ...['Accuracy', '0.8690 (0.849 – 0.889)', '0.8930 (0.873 – 0.913)', '+0.0240 better', 'overlap'],
      ]);
    });
  });

  test('are chosen, swapped, and kept in the address that is passed on', async () => {
    const address = await visitSite(browser, ZOO, CHURN, {}, async ({ page }) => {
      await page.getByLabel('From', { exact: true }).selectOption('v1.0.0');
      await page.getByRole('button', { name: 'Swap' }).click();
      expect((await readRow(page, 'Accuracy'))[3]).toBe('−0.0510 worse');
      return page.url().split('/').at(-1) ?? '';
    });
    expect(address).toBe(`${CHURN}#compare=v1.3.0..v1.0.0`);
    await visitSite(browser, ZOO, address, {}, async ({ page }) => {
      expect((await readRow(page, 'Accuracy'))[4]).toBe('do not overlap');
    });
  });

  test.each(['#compare=v9.9.9..v1.0.0', '#compare=<script>..', '#compare', '#versions'])(
    '%s changes nothing',
    async (hash) => {
      await visitSite(browser, ZOO, CHURN + hash, {}, async ({ page, messages }) => {
        expect(await page.locator('#compared').textContent()).toBe('v1.3.0 compared with v1.2.0.');
        expect(messages).toEqual([]);
      });
    },
  );
});

test('pointing at a chart says which version it is, and its number', async () => {
  await visitSite(browser, ZOO, CHURN, {}, async ({ page }) => {
    const chart = page.locator('.history').first();
    const drawing = chart.locator('svg');
    await drawing.hover({ position: { x: 3, y: 20 } });
    expect(await chart.locator('[data-readout]').textContent()).toBe('v1.0.0: 0.8420 (0.822 – 0.862)');
    const { width = 0 } = (await drawing.boundingBox()) ?? {};
    await drawing.hover({ position: { x: width / 4, y: 20 } });
    expect(await chart.locator('[data-readout]').textContent()).toContain('v1.1.0-rc.1: 0.8610');
    expect(await chart.locator('[data-readout]').textContent()).toContain('a pre-release');
    await page.mouse.move(0, 0);
    expect(await chart.locator('[data-readout]').textContent()).toBe('');
  });
});

test('the keyboard alone reaches everything in the order of the page, sees where it is, and is caught nowhere', async () => {
  await visitSite(browser, ZOO, CHURN, {}, async ({ page }) => {
    const seen: string[] = [];
    for (let step = 0; step < 200; step += 1) {
      await page.keyboard.press('Tab');
      const found = await page.evaluate<string>(`(() => {
        const one = document.activeElement;
        if (!one || one === document.body) return '';
        const { outlineStyle, outlineWidth } = getComputedStyle(one);
        const box = one.getBoundingClientRect();
        const clear = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1 && box.width > 0 && box.right > 0;
        return (clear ? '' : 'unseen ') + (one.id || one.textContent.trim().slice(0, 30));
      })()`);
      if (found === '') break;
      seen.push(found);
    }
    expect(seen[0]).toBe('To the content');
    expect(seen.filter((one) => one.startsWith('unseen'))).toEqual([]);
    const order = ['octo/zoo', 'Live now', 'filter', 'early', 'Version', 'Accuracy', 'before', 'after', 'swap'];
    const places = order.map((one) => seen.indexOf(one));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places).not.toContain(-1);
    expect(seen.at(-1)).toBe('swap');
  });
});

test('the skip link leads into the content', async () => {
  await visitSite(browser, ZOO, CHURN, {}, async ({ page }) => {
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('content');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Live now');
  });
});

test('the choice of versions is made by keyboard', async () => {
  await visitSite(browser, ZOO, CHURN, {}, async ({ page }) => {
    await page.locator('#before').focus();
    await page.keyboard.type('v1.0');
    expect(await page.locator('#compared').textContent()).toBe('v1.3.0 compared with v1.0.0.');
  });
});

test('from the first page every model and version is one or two links away', async () => {
  await visitSite(browser, ZOO, 'index.html', {}, async ({ page, requests }) => {
    await page.getByRole('link', { name: 'churn', exact: true }).click();
    await page.locator('#versions-table').getByRole('link', { name: 'v1.2.0', exact: true }).click();
    expect(page.url()).toContain('model-churn.versions-1.html#v1.2.0');
    const top = await page.evaluate<number>(`document.getElementById('v1.2.0').getBoundingClientRect().top`);
    expect(Math.abs(top)).toBeLessThan(30);
    expect(requests).toEqual([]);
  });
});

describe('a thousand versions of five metrics', () => {
  const many = renderSite(createFacts(listMany(1000)));

  test('weigh little enough for one page, and no page of details more than half a megabyte', () => {
    expect(many.get(CHURN)?.length).toBeLessThan(2_000_000);
    for (const [name, page] of many) if (name !== CHURN) expect(page.length, name).toBeLessThan(500_000);
  });

  test('are filtered, sorted and compared', async () => {
    await visitSite(browser, many, CHURN, {}, async ({ page, messages }) => {
      await page.getByLabel('Filter').fill('v1.77');
      expect((await readVersions(page)).length).toBe(11);
      await page.getByRole('button', { name: 'ROC AUC' }).click();
      await page.getByLabel('From', { exact: true }).selectOption('v1.0.0');
      expect(await page.locator('#comparison table').count()).toBe(5);
      expect(messages).toEqual([]);
    });
  });
});
