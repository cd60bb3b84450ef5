import { describe, expect, test } from 'vitest';
import { parseConfig } from '../../src/config/project.ts';
import { UserMistake } from '../../src/errors.ts';

const parse = (release: string, others = 'train: { run: x, outputs: { model: out/m } }') =>
  parseConfig(
    `version: 1\nmodel: churn\ndata: { train: { path: t.csv } }\n${others}\nrelease: ${release}\n`,
    'modelgate.yml',
  );

describe('release', () => {
  test.each([
    '{ profile: train }',
    '{ card: CARD.md, assets: [out/m] }',
    '{ target: oci, oci: { repository: ghcr.io/octo/churn } }',
  ])('may be %s', (release) => {
    expect(parse(release).config.release).toBeDefined();
  });

  test.each([
    ['a data set that is not there', '{ profile: trian }', /5:\d+: there is no data set `trian`\n.*train/],
    ['a target without its place', '{ target: oci }', /`target: oci` without `oci`/],
    ['a place without its target', '{ oci: { repository: ghcr.io/octo/churn } }', /`oci` without `target: oci`/],
  ])('may not name %s', (_case, release, expected) => {
    expect(() => parse(release)).toThrow(expected);
    expect(() => parse(release)).toThrow(UserMistake);
  });

  test.each(['out/h.jsonl', './out/h.jsonl', 'out/checkpoints/1', 'out/p.csv'])(
    'may not name %s, which the training writes beside the model',
    (asset) => {
      const train = 'train: { run: x, checkpoints: out/checkpoints, outputs: { model: out/m, history: out/h.jsonl } }';
      const evaluate = `evaluate: { run: y, predictions: { path: out/p.csv, id: id, prediction: p } }`;
      expect(() => parse(`{ assets: [${asset}] }`, `${train}\n${evaluate}`)).toThrow(/is no part of the model/);
      expect(parse('{ assets: [out/m, out/m/words.txt] }', train).config.release?.assets).toHaveLength(2);
    },
  );

  test('must say which files are the model where no training writes one', () => {
    expect(() => parse('{ card: CARD.md }', '')).toThrow(/nothing says which files are the model/);
    expect(parse('{ assets: [model.onnx] }', '').config.release?.assets).toEqual(['model.onnx']);
  });
});
