import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderComment } from '../../src/report/comment.ts';
import { DRAFT_REFUSAL } from '../../src/report/refusals.ts';
import {
  createBootstrap,
  createFacts,
  createHostileRequest,
  createLoosened,
  createPassing,
  createSmallHostile,
} from '../report/pull-requests.ts';
import { createEvidence, createMetric } from '../support/evidence.ts';
import { launchChromium, type OpenPage, openPage } from './chromium.ts';
import { renderCommentPage } from './github-markdown.ts';

const LETTERS = '펭귄 بطريق ペンギン 👩‍🔬🐧 می‌خواهم';
const name = 'a_column_name_without_a_place_to_break_'.repeat(4);
const EVIDENCE = {
  pass: createPassing(),
  loosened: createLoosened(),
  bootstrap: createBootstrap(),
  hostile: createHostileRequest(),
  letters: createSmallHostile(LETTERS),
  wide: createEvidence({ evaluation: { metrics: [createMetric({ name, source: 'reported' })] } }),
  draft: DRAFT_REFUSAL,
} as const;
const NAMES = Object.keys(EVIDENCE) as (keyof typeof EVIDENCE)[];

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());

async function visit<T>(
  which: keyof typeof EVIDENCE,
  look: (opened: OpenPage) => Promise<T>,
  viewport = { width: 1012, height: 900 },
): Promise<T> {
  const { body } = renderComment(EVIDENCE[which], createFacts());
  const opened = await openPage(browser, renderCommentPage(body), { viewport });
  try {
    return await look(opened);
  } finally {
    await opened.close();
  }
}

/** What the text of the comment says where GitHub looks for references: everywhere but in code. */
const READ_TEXT = `(() => {
  const walker = document.createTreeWalker(document.querySelector('.markdown-body'), NodeFilter.SHOW_TEXT);
  const texts = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.parentElement.closest('pre, code')) texts.push(node.data);
  }
  return texts.join('\\n');
})()`;

const COUNT_COMMENTS = `(() => {
  const walker = document.createTreeWalker(document.querySelector('.markdown-body'), NodeFilter.SHOW_COMMENT);
  let count = 0;
  while (walker.nextNode()) count += 1;
  return count;
})()`;

describe.each(NAMES)('a comment as GitHub shows it: %s', (which) => {
  test('holds our elements and no others, and one link: that of the run', async () => {
    await visit(which, async ({ page, messages, requests }) => {
      const tags = await page.evaluate<string[]>(
        '[...new Set([...document.querySelectorAll(".markdown-body *")].map((one) => one.localName))]',
      );
      const ours = 'a blockquote br code details h2 h3 li p pre strong sub summary table tbody td th thead tr ul'.split(
        ' ',
      );
      expect(tags.filter((tag) => !ours.includes(tag))).toEqual([]);
      const links = await page.evaluate('[...document.querySelectorAll(".markdown-body a")].map((one) => one.href)');
      expect(links).toEqual(['https://github.com/octo/penguins/actions/runs/4711']);
      const attributes = await page.evaluate<string[]>(
        '[...new Set([...document.querySelectorAll(".markdown-body *")].flatMap((one) => one.getAttributeNames()))]',
      );
      expect(attributes.filter((one) => !['href', 'align', 'lang'].includes(one))).toEqual([]);
      const comments = await page.evaluate<number>(COUNT_COMMENTS);
      // Our own two are added where the comment is posted.
      expect(comments).toBe(0);
      expect([requests, messages]).toEqual([[], []]);
    });
  });

  test('mentions nobody, refers to nothing, and draws no emoji by code', async () => {
    const text = await visit(which, ({ page }) => page.evaluate<string>(READ_TEXT));
    expect(text.length).toBeGreaterThan(100);
    expect(text).not.toMatch(/@[a-z\d]|#\d|\bGH-\d|:[a-z_]+:|https?:\/\/|\bwww\./i);
  });

  test('has no markup that stayed text', async () => {
    const text = await visit(which, ({ page }) => page.evaluate<string>(READ_TEXT));
    expect(text).not.toMatch(/^\s*(?:\|.*\||#{1,6} \S|<\/?(?:sub|details|summary)>|-{3,})\s*$/m);
    expect(text).not.toContain('&#8203;');
  });

  test.each([360, 768, 1012])('does not scroll sideways at %s pixels', async (width) => {
    await visit(
      which,
      async ({ page }) => {
        await page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })");
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      },
      { width, height: 900 },
    );
  });
});

test('the folded parts are folded, and hold their tables and charts', async () => {
  await visit('pass', async ({ page }) => {
    const folded = await page.evaluate<{ open: number; tables: number; charts: number }>(`({
      open: document.querySelectorAll('details[open]').length,
      tables: document.querySelectorAll('details table').length,
      charts: document.querySelectorAll('details pre[lang="mermaid"]').length,
    })`);
    expect(folded).toEqual({ open: 0, tables: 10, charts: 2 });
  });
});

test('letters of every script come out as they went in', async () => {
  const text = await visit('letters', ({ page }) => page.evaluate<string>(READ_TEXT));
  expect(text.split(LETTERS).length).toBeGreaterThan(5);
});

/** The picture of the documents: `PICTURE=1 npm run test:browser -- comment` draws it again. */
test.runIf(process.env['PICTURE'])('is drawn for the documents', async () => {
  await visit('loosened', async ({ page }) => {
    const path = join(import.meta.dirname, '../../docs/comment.png');
    await page.locator('.comment').screenshot({ path });
  });
});
