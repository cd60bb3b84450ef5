import { describe, expect, test } from 'vitest';
import { computeSha256 } from '../../../src/evidence/digest.ts';
import { renderSite } from '../../../src/report/site/site.ts';
import {
  createFacts,
  createNumber,
  createPlacing,
  createRelease,
  createZooFacts,
  listMany,
  listZoo,
} from './ledgers.ts';
import { getPage, listTags, listValues, readWords } from './tags.ts';

const ZOO = renderSite(createZooFacts());
const PAGES = [...ZOO].filter(([name]) => name.endsWith('.html'));

describe('the files of a site', () => {
  test('are a first page, and for each model a page, one for its stages, and one for every fifty versions', () => {
    expect([...ZOO.keys()].filter((name) => !/fraud|tides/.test(name))).toEqual([
      ...['index.html', 'model-churn.html', 'model-churn.stages.html', 'model-churn.versions-1.html', '.nojekyll'],
    ]);
    const many = renderSite(createFacts(listMany(101)));
    expect([...many.keys()].filter((name) => name.includes('versions'))).toEqual(
      [1, 2, 3].map((page) => `model-churn.versions-${page}.html`),
    );
    expect(listValues(getPage(many, 'model-churn.versions-3.html'), 'id')).toContain('v1.100.0');
  });

  test('are the same bytes for the same ledger, and say once when they were built', () => {
    expect(renderSite(createZooFacts())).toEqual(ZOO);
    for (const [, page] of PAGES) expect(page.split('2026-06-01').length - 1).toBe(1);
  });

  test('a version keeps its page and its place on it when others are added', () => {
    const few = renderSite(createFacts(listMany(60)));
    const more = renderSite(createFacts(listMany(120)));
    const links = (files: Map<string, string>) =>
      listValues(getPage(files, 'model-churn.html'), 'href').filter((link) => /versions-1\.html#v1\.7\.0$/.test(link));
    expect(links(few).length).toBeGreaterThan(0);
    expect(links(more)).toEqual(links(few));
  });

  test('two models whose names differ in case only have a file each', () => {
    const files = renderSite(createFacts([createRelease('Churn', 'v1.0.0'), createRelease('churn', 'v1.0.0')]));
    const names = [...files.keys()].map((name) => name.toLowerCase());
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBe(8);
  });
});

describe.each(PAGES)('%s', (_, page) => {
  test('every link inside the site leads somewhere', () => {
    for (const link of listValues(page, 'href').filter((one) => !/^(?:https:|data:)/.test(one))) {
      const [file = '', id = ''] = link.split('#');
      const target = file === '' ? page : getPage(ZOO, file);
      if (id !== '') expect(listValues(target, 'id'), link).toContain(id);
    }
  });

  test('links outside lead to the repository alone', () => {
    const outside = listValues(page, 'href').filter((link) => /^[a-z]+:/.test(link) && link !== 'data:,');
    expect(outside.filter((link) => !link.startsWith('https://github.com/octo/zoo'))).toEqual([]);
  });

  test('no tag loads or runs anything but its own script and style, which the policy names by digest', () => {
    for (const tag of listTags(page)) {
      expect(tag).not.toMatch(/ (?:src|srcset|action|poster|background|style|on\w+)=/);
      expect(tag).not.toMatch(/^<(?:iframe|object|embed|base|form|img|foreignObject)\b/i);
    }
    const policy = (/Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? '').replaceAll('&#39;', "'");
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    const inline = [...page.matchAll(/<(script|style)>([\s\S]*?)<\/\1>/g)];
    expect(inline.length).toBeGreaterThan(0);
    for (const [, kind, text = ''] of inline) {
      const digest = Buffer.from(computeSha256(text).slice(7), 'hex').toString('base64');
      expect(policy).toContain(`${kind}-src 'sha256-${digest}'`);
    }
  });

  test('no two elements share an id, every table has a caption, every heading cell a scope, every picture words', () => {
    const ids = listValues(page, 'id');
    expect(new Set(ids).size).toBe(ids.length);
    const count = (pattern: RegExp): number => page.match(pattern)?.length ?? 0;
    expect(count(/<caption>[^<]/g)).toBe(count(/<table\b/g));
    expect(count(/<th scope="(?:col|row)"/g)).toBe(count(/<th\b/g));
    for (const picture of listTags(page).filter((tag) => /^<svg.*(?:data-metric|lane)/.test(tag))) {
      expect(picture).toMatch(/role="img" aria-label="[^"]{10,}"/);
    }
  });
});

describe('what a site says', () => {
  test('the first page: every model, what is live, what is not, and where the ledger stands', () => {
    const words = readWords(getPage(ZOO, 'index.html'));
    expect(words).toContain('3 models in the registry');
    expect(words).toMatch(/production: v1\.1\.0 since 2026-01-13 12:00 UTC/);
    expect(words).toContain('canary: never filled');
    expect(words).toContain(createZooFacts().head?.digest);
    expect(words).toContain('Too many empty answers since Monday.');
  });

  test('a model: what is live, and its history with the reasons of promotions and rollbacks', () => {
    const page = getPage(ZOO, 'model-churn.html');
    const words = readWords(page);
    expect(words).toContain('v1.1.0 is live in production');
    expect(words).toContain('canary : no version was ever put into this stage.');
    expect(words).toContain('rolled back to v1.1.0 after v1.2.0 grace Too many empty answers since Monday.');
    expect(words).toMatch(/approved by hedy \(in an issue\)/);
    expect(page).toContain(
      'aria-label="Accuracy of 6 versions from v1.0.0 on, newest v1.3.0 0.8930, interval 0.873 – 0.913"',
    );
  });

  test('a version: its controls, waivers, digests, download, and what changed since the final one before', () => {
    const words = readWords(getPage(ZOO, 'model-churn.versions-1.html'));
    expect(words).toMatch(/bias-review fail \(waived\)/);
    expect(words).toContain('bias-review The reviewers meet in March. hedy 2026-03-31');
    expect(words).toContain('modelgate fetch churn@v1.3.0');
    expect(words).toContain('What changed since v1.2.0');
    expect(words).toContain('Accuracy 0.8690 (0.849 – 0.889) 0.8930 (0.873 – 0.913) +0.0240 better overlap');
    expect(words).toContain('The first version: there is nothing to compare it with');
    expect(words).toMatch(/lie in ghcr\.io\/octo\/churn@sha256:/);
  });

  test('a withdrawn version and one that was never published say so', () => {
    const words = readWords(getPage(ZOO, 'model-churn.versions-1.html'));
    expect(words).toMatch(/v1\.2\.0 withdrawn This version was withdrawn/);
    expect(words).toMatch(/v1\.3\.0-rc\.1 pre-release not published This version stands in the ledger and was never/);
  });

  test('a model that reveals its verdicts only has no numbers, and says why', () => {
    for (const name of ['model-fraud.html', 'model-fraud.versions-1.html']) {
      expect(readWords(getPage(ZOO, name))).toContain('reveals the verdict only (reveal: verdict)');
    }
  });

  test('one version: nothing to compare, nothing live', () => {
    const words = readWords(getPage(ZOO, 'model-tides.html'));
    expect(words).toContain('Nothing is live yet');
    expect(words).toContain('There are no two versions to compare yet.');
    expect(words).toContain('No version was put into a stage yet.');
  });

  test('an empty registry, and a model of which only modelgate.yml speaks', () => {
    const empty = renderSite(createFacts([]));
    expect([...empty.keys()]).toEqual(['index.html', '.nojekyll']);
    expect(readWords(getPage(empty, 'index.html'))).toContain('No model was released yet The ledger is empty.');
    const planned = renderSite(createFacts([], { stages: new Map([['churn', ['staging']]]) }));
    const words = readWords(getPage(planned, 'model-churn.html'));
    expect(words).toContain('No version yet');
    expect(words).toContain('There is no version of this model yet.');
  });

  test('a version that is live and was last seen unhealthy is told first', () => {
    const sick = renderSite(createFacts(listZoo().slice(0, 12)));
    const words = readWords(getPage(sick, 'model-churn.html'));
    expect(words).toContain('It was seen unhealthy on 2026-01-12 12:00 UTC: The share of empty answers rose to 12%.');
    expect(readWords(getPage(sick, 'index.html'))).toContain(
      'Seen unhealthy where it is live: churn v1.2.0 in production.',
    );
  });

  test('a release is linked by its tag, encoded, and no asset by a name put together here', () => {
    const page = getPage(ZOO, 'model-churn.versions-1.html');
    const releases = listValues(page, 'href').filter((link) => link.includes('/releases/'));
    expect(releases).toContain('https://github.com/octo/zoo/releases/tag/churn%40v1.3.0');
    expect(releases.filter((link) => !link.includes('/releases/tag/'))).toEqual([]);
    expect(releases.join()).not.toContain('v1.3.0-rc.1');
  });

  test('a metric without intervals, of one value, negative or tiny is drawn', () => {
    for (const value of [0, -3.5, 1e-9, 12_345_678]) {
      const files = renderSite(
        createFacts([createRelease('churn', 'v1.0.0', { metrics: [{ name: 'x', value, n: 3 }] })]),
      );
      const page = getPage(files, 'model-churn.html');
      expect(page).toContain('data-metric="x"');
      expect(listTags(page).join('') + readWords(page)).not.toMatch(/NaN|Infinity|undefined/);
    }
    const files = renderSite(createFacts([createRelease('churn', 'v1.0.0', { metrics: [createNumber('x', null)] })]));
    expect(listTags(getPage(files, 'model-churn.html')).join('')).not.toContain('data-metric');
  });

  test('a stage with more history than a table holds is told in several', () => {
    const placings = Array.from({ length: 620 }, (_, index) =>
      createPlacing('churn', 'production', 'v1.0.0', { counter: index + 1 }),
    );
    const files = renderSite(createFacts([createRelease('churn', 'v1.0.0'), ...placings]));
    const page = getPage(files, 'model-churn.stages.html');
    expect(page.match(/>event \d+</g)).toHaveLength(620);
    expect(readWords(page)).toContain('What happened in production, part 2');
  });
});
