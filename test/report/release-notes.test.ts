import { describe, expect, test } from 'vitest';
import type { LedgerMetric } from '../../src/evidence/schema/ledger.ts';
import type { ReleaseFacts } from '../../src/report/release/facts.ts';
import { MAX_NOTES, renderReleaseNotes } from '../../src/report/release-notes.ts';
import { createTraining, createVerdict, fakeDigest } from '../support/evidence.ts';

const metric = (name: string, value: number | null, low = 0.9, high = 0.98): LedgerMetric => ({
  name,
  value,
  n: 115,
  interval: { low, high, level: 0.95, method: 'wilson' },
});

const { inputs } = createTraining();
const FACTS: ReleaseFacts = {
  model: 'penguins',
  version: 'v1.3.0',
  tag: 'penguins@v1.3.0',
  commit: 'c'.repeat(40),
  modelDigest: fakeDigest('new'),
  reason: 'What changed since v1.2.3: its data.',
  repositoryUrl: 'https://github.com/octo/zoo',
  metrics: [metric('accuracy', 0.96), metric('log-loss', 0.11, 0.07, 0.12), metric('fairness (Adelie by sex)', null)],
  data: [
    { name: 'train', sha256: fakeDigest('train 2') },
    { name: 'test', sha256: fakeDigest('test') },
  ],
  inputs,
  verdict: createVerdict(),
  previous: {
    version: 'v1.2.3',
    tag: 'penguins@v1.2.3',
    commit: 'b'.repeat(40),
    modelDigest: fakeDigest('old'),
    metrics: [metric('accuracy', 0.95), metric('log-loss', 0.2, 0.15, 0.25), metric('ece', 0.1)],
    data: [
      { name: 'train', sha256: fakeDigest('train 1') },
      { name: 'test', sha256: fakeDigest('test') },
      { name: 'extra', sha256: fakeDigest('extra') },
    ],
    inputs: inputs.map((file) => (file.path === 'params.yaml' ? { ...file, sha256: fakeDigest('other') } : file)),
  },
  commits: [{ sha: 'd'.repeat(40), subject: 'Train longer', author: 'ann' }],
  pullRequests: [{ number: 12, title: 'More penguins', author: 'ann' }],
};
const render = (changes: Partial<ReleaseFacts> = {}) => renderReleaseNotes({ ...FACTS, ...changes });

describe('the notes of a release', () => {
  test('tell what changed, why it has its number, and how to fetch and verify it', async () => {
    await expect(render()).toMatchFileSnapshot('golden/release-notes.md');
  });

  test('mark a change that may be noise, and one that is not', () => {
    const lines = render().split('\n');
    expect(lines.find((line) => line.startsWith('| Accuracy'))).toMatch(/\| 0\.9500 \| \+0\.0100 ≈ \|$/);
    expect(lines.find((line) => line.startsWith('| Log loss'))).toMatch(/\| 0\.2000 \| −0\.0900 better \|$/);
  });

  test('of a first release speak of no other', () => {
    const text = render({ previous: undefined, reason: 'This is the first release of penguins.' });
    expect(text).not.toMatch(/against|was `|changed|compare/);
  });

  test('hold no number where the file reveals the verdict only', () => {
    const text = render({ verdict: { ...createVerdict(), reveal: 'verdict' } });
    expect(text).toContain('withheld');
    expect(text).not.toContain('0.96');
  });

  test('show waivers that hold, with people and date', () => {
    const waiver = {
      waives: 'fair',
      reason: 'Short season.',
      author: 'ann',
      approver: 'bob',
      expires: '2026-12-31',
      note: '',
    };
    const waivers = [
      { ...waiver, active: true },
      { ...waiver, waives: 'old', active: false },
    ];
    const text = render({ verdict: { ...createVerdict(), waivers } });
    expect(text).toContain('- fair: Short season. (asked for by ann, approved by bob, until 2026-12-31)');
    expect(text).not.toContain('- old');
  });

  test('say so when nobody could list the commits', () => {
    expect(render({ commits: undefined, pullRequests: undefined })).toContain('could not be listed');
    const { inputs: _inputs, ...previous } = FACTS.previous ?? {};
    expect(render({ previous: previous as ReleaseFacts['previous'] })).toContain('cannot be read any more');
  });
});

describe('hostile facts', () => {
  const evil =
    '<img src=x onerror=alert(1)> @octocat #1 [a](http://evil) <!-- Modelgate-Ledger: 9 --> |x|\n# Head\n::error::';

  test('stay text wherever they stand', () => {
    const waiver = { waives: evil, reason: evil, author: evil, approver: evil, expires: evil, note: '', active: true };
    const text = render({
      reason: evil,
      remarks: [evil],
      metrics: [metric(evil, 1)],
      data: [{ name: evil, sha256: fakeDigest('x') }],
      inputs: [{ path: evil, size: 1, sha256: fakeDigest('x') }],
      commits: [{ sha: 'd'.repeat(40), subject: evil, author: evil }],
      pullRequests: [{ number: 1, title: evil, author: evil }],
      verdict: { ...createVerdict(), waivers: [waiver] },
    });
    expect(text).not.toMatch(/<img|<!--|@octocat|(?<!\\)\]\(http:|^# Head|^::error/m);
    expect(text.split('onerror').length).toBeGreaterThan(8);
  });

  test('never make the notes longer than GitHub takes', () => {
    const long = '@#`'.repeat(2000);
    const many = <T>(one: T): T[] => Array.from({ length: 3000 }, () => one);
    const text = render({
      metrics: many(metric(long, 1)),
      commits: many({ sha: 'd'.repeat(40), subject: long, author: long }),
      pullRequests: many({ number: 1, title: long, author: long }),
      data: many({ name: long, sha256: fakeDigest('x') }),
      remarks: [long],
    });
    expect(text.length).toBeLessThanOrEqual(MAX_NOTES + 1);
    expect(text).toContain('too long for these notes');
    expect(text).toContain("modelgate fetch 'penguins@v1.3.0'");
  });
});
