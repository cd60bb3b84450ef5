import { describe, expect, test } from 'vitest';
import { renderHtml } from '../../src/report/html.ts';
import { createConfusionOf, createEvidence, createMetric } from '../support/evidence.ts';
import { createFailingEvidence } from '../support/failing-evidence.ts';
import { createFirstRun, createHostile, createUnmeasured } from './evidence-variants.ts';
import { createMeasured } from './measured-evidence.ts';

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

describe('what statistics add', () => {
  test('curves are drawn, say what they show, and follow the colours of the page', async () => {
    const page = await renderHtml(createMeasured());
    const charts = listTags(page).filter((tag) =>
      /<svg[^>]*aria-label="(?:ROC curve|Precision and|Calibration)/.test(tag),
    );
    expect(charts.map((tag) => /aria-label="([^"]*)"/.exec(tag)?.[1])).toEqual([
      'ROC curve: Adelie, 21 points: true-positive rate over false-positive rate',
      'Precision and recall: Adelie, 21 points: precision over recall',
      'Calibration: Adelie, 21 points: share that is positive over mean score',
    ]);
    const drawn = page.slice(page.indexOf('id="curves"'), page.indexOf('id="confusion"'));
    expect(drawn).toContain('var(--data)');
    expect(drawn).not.toMatch(/NaN|#[0-9a-f]{3,8}\b/i);
  });

  test('points outside of the axes stay on the drawing, and an empty curve is none', async () => {
    const curves = [
      {
        kind: 'roc' as const,
        points: [[-5, 1e9, 1] as [number, number, number], [1, 1, 1] as [number, number, number]],
      },
      { kind: 'calibration' as const, points: [] },
    ];
    const page = await renderHtml(createEvidence({ evaluation: { curves } }));
    expect(page.match(/aria-label="ROC curve/g)).toHaveLength(1);
    expect(page).not.toContain('aria-label="Calibration');
    expect(page).not.toMatch(/1e\+?9|1000000000/);
  });

  test('newly broken rows come before newly fixed ones, folded, with how many more there are', async () => {
    const page = await renderHtml(createMeasured());
    const places = ['What changed', 'Newly broken (3 rows)', 'p017', 'Newly fixed (102 rows)', 'and 2 more rows'];
    const found = places.map((part) => page.indexOf(part));
    expect(found).not.toContain(-1);
    expect(found).toEqual(found.toSorted((a, b) => a - b));
    expect(page).toContain('<details><summary>Newly broken (3 rows)');
    expect(page).toContain('within noise');
  });

  test('a rule with confidence shows its limits, its error and the rows that it lacks', async () => {
    const page = await renderHtml(createMeasured());
    for (const part of ['−0.0614 – 0.0181', 'at least 0.924', 'error 0.00025']) {
      expect(page).toContain(part);
    }
  });

  test('metrics of groups stand apart, and so do those of single classes', async () => {
    const page = await renderHtml(createMeasured());
    expect(page).toContain('<caption>Fairness between the groups of sex</caption>');
    expect(page).toContain('<summary>Metrics of each class (3)</summary>');
    expect(page).toContain('reported (out/harness.json: results.mmlu.acc,none)');
  });
});
