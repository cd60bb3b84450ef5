import { describe, expect, test } from 'vitest';
import { renderHtml } from '../../src/report/html.ts';
import { createConfusionOf, createEvidence, createMetric } from '../support/evidence.ts';
import { createFailingEvidence } from '../support/failing-evidence.ts';
import { createFirstRun, createHostile, createUnmeasured } from './evidence-variants.ts';

/** The tags of a page, without what stands between them. */
function listTags(page: string): string[] {
  return page.match(/<[^>]*>/g) ?? [];
}

test.each([
  ['pass', createEvidence(), 'The model may merge'],
  ['fail', createFailingEvidence(), 'The model may not merge'],
  ['cannot measure', createUnmeasured(), 'it could not be measured'],
  ['observed', createFirstRun(), 'Fails, but does not block'],
  ['nothing', {}, 'No verdict yet'],
])('the title of a page says the verdict: %s', async (_, evidence, title) => {
  const page = await renderHtml(evidence);
  expect(page).toMatch(new RegExp(`<h1>[^<]*${title}`));
  expect(page).toMatch(new RegExp(`<title>[^<]*${title}`));
});

test('the same evidence gives the same bytes, also when two pages are drawn at once', async () => {
  const [first, second] = await Promise.all([renderHtml(createFailingEvidence()), renderHtml(createFailingEvidence())]);
  expect(second).toBe(first);
  expect(await renderHtml(createFailingEvidence())).toBe(first);
});

describe('nothing outside the page', () => {
  test.each([
    ['a failing run', createFailingEvidence()],
    ['hostile text', createHostile()],
  ])('no tag refers to anything: %s', async (_, evidence) => {
    for (const whole of listTags(await renderHtml(evidence))) {
      const tag = whole.replace(/ (?:aria-label|data-title|title|content)="[^"]*"/g, '');
      expect(tag).not.toMatch(/\b(?:src|srcset|action|formaction|poster|data|background|xlink:href|xmlns)\s*=/i);
      expect(tag).not.toMatch(/\bon\w+\s*=|url\(|@import|javascript:|https?:/i);
      expect(tag).not.toMatch(/\bhref="(?!#report"|data:,")/);
      expect(tag).not.toMatch(/^<(?:script|iframe|object|embed|base|form|foreignObject|a (?!class="skip"))/i);
    }
  });

  test('the page’s policy allows its own styles and nothing else', async () => {
    const page = await renderHtml({});
    expect(page).toContain(`content="default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;; img-src data:;`);
    expect(page.match(/<style>[\s\S]*<\/style>/)?.[0]).not.toMatch(/url\(|@import|http/);
  });
});

test('a class called <script> is text in chart and table alike', async () => {
  const classes = ['<script>alert(1)</script>', 'a"b', "c'd"];
  const page = await renderHtml(createEvidence({ evaluation: { confusion: createConfusionOf(classes) } }));
  expect(page).not.toContain('<script');
  expect(page.match(/&lt;script&gt;/g)?.length).toBeGreaterThan(2);
});

test('no two elements share an id', async () => {
  const ids = listTags(await renderHtml(createFailingEvidence())).flatMap(
    (tag) => /\bid="([^"]*)"/.exec(tag)?.[1] ?? [],
  );
  expect(ids.length).toBeGreaterThan(5);
  expect(new Set(ids).size).toBe(ids.length);
});

test('every table has a caption and every heading cell a scope', async () => {
  const page = await renderHtml(createFailingEvidence());
  const count = (pattern: RegExp): number => page.match(pattern)?.length ?? 0;
  expect(count(/<table /g)).toBeGreaterThan(5);
  expect(count(/<caption>[^<]/g)).toBe(count(/<table /g));
  expect(count(/<th scope="(?:col|row)"/g)).toBe(count(/<th /g));
});

test('every chart says in words what it shows', async () => {
  const charts = listTags(await renderHtml(createFailingEvidence())).filter((tag) => /<svg.*class="marks"/.test(tag));
  expect(charts.length).toBeGreaterThan(12);
  for (const chart of charts) expect(chart).toMatch(/role="img" aria-label="[^"]{10,}"/);
  expect(charts.join()).toContain('Accuracy: 0.8783, interval 0.806 – 0.926, baseline 0.9739, allowed at least 0.9000');
});

test('hundreds of slices and classes are listed and not all drawn', async () => {
  const slices = Array.from({ length: 700 }, (_, index) =>
    createMetric({ slice: { column: 'station', value: `s${index}` } }),
  );
  const classes = Array.from({ length: 100 }, (_, index) => `c${index}`);
  const page = await renderHtml(
    createEvidence({
      evaluation: { metrics: [createMetric(), ...slices], confusion: createConfusionOf(classes) },
      verdict: { rules: [] },
    }),
  );
  expect(page).toContain('676 more slices');
  expect(page).toContain('too large to draw');
  expect(page.length).toBeLessThan(1024 * 1024);
});
