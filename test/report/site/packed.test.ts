import { expect, test } from 'vitest';
import { computeDifference } from '../../../src/report/site/difference.ts';
import { nameMetric } from '../../../src/report/site/metrics.ts';
import { type PackedModel, packModel, renderEmbeddedJson, unpackVersion } from '../../../src/report/site/packed.ts';
import { createZooFacts } from './ledgers.ts';

const [CHURN] = createZooFacts().models;

test('the script of a page sees the same differences as the page itself', () => {
  if (CHURN === undefined) throw new Error('the zoo has no model');
  const packed = JSON.parse(renderEmbeddedJson(packModel(CHURN, nameMetric))) as PackedModel;
  const unpacked = packed.versions.map((version) => unpackVersion(version, packed.texts));
  for (const [a, { event: before }] of CHURN.versions.entries()) {
    for (const [b, { event: after }] of CHURN.versions.entries()) {
      const [left, right] = [unpacked[a], unpacked[b]];
      if (left === undefined || right === undefined) throw new Error('a version was lost');
      expect(computeDifference(left, right, nameMetric)).toEqual(computeDifference(before, after, nameMetric));
    }
  }
});

test('a text that many versions share stands once', () => {
  if (CHURN === undefined) throw new Error('the zoo has no model');
  const { texts } = packModel(CHURN, nameMetric);
  expect(new Set(texts).size).toBe(texts.length);
});

test('embedded JSON cannot end its element, begin a comment, or break a line of script', () => {
  const hostile = ['</script><script>alert(1)</script>', '<!--<script>', ']]>', 'a\u2028b\u2029c'];
  const text = renderEmbeddedJson(hostile);
  expect(text).not.toMatch(/[<>\u2028\u2029]/);
  expect(JSON.parse(text)).toEqual(hostile);
});
