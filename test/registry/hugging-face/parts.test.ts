import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { renderHubCard } from '../../../src/registry/hugging-face/card.ts';
import { readPointedFiles, renderPointer } from '../../../src/registry/hugging-face/pointer.ts';
import { readHubToken } from '../../../src/registry/hugging-face/refusal.ts';
import { createHubFetch } from '../../../src/registry/hugging-face/transport.ts';

const FACTS = {
  model: 'churn',
  version: 'v1.4.0',
  releaseUrl: 'https://github.com/o/m/releases/tag/churn@v1.4.0',
  metrics: [
    { name: 'accuracy', value: 0.91, dataset: 'test' },
    { name: 'f1', value: 0.8, dataset: 'test' },
    { name: 'accuracy', value: 0.89, dataset: 'holdout' },
  ],
};
const headerOf = (card: string) => parse(/^---\n([\s\S]*?)\n---\n/.exec(card)?.[1] ?? '');

describe('the card on the Hub', () => {
  test('carries our metrics by data set, with the release as their source, and keeps the rest', () => {
    const card = renderHubCard('---\nlicense: mit # ours\npipeline_tag: tabular-classification\n---\n# Churn\n', FACTS);
    expect(card).toContain('license: mit # ours');
    expect(card.endsWith('---\n\n# Churn\n')).toBe(true);
    const source = { name: 'churn@v1.4.0', url: FACTS.releaseUrl };
    const task = { type: 'tabular-classification' };
    expect(headerOf(card)['model-index']).toEqual([
      {
        name: 'churn',
        results: [
          {
            task,
            dataset: { name: 'test', type: 'test' },
            metrics: [
              { type: 'accuracy', name: 'accuracy', value: 0.91 },
              { type: 'f1', name: 'f1', value: 0.8 },
            ],
            source,
          },
          {
            task,
            dataset: { name: 'holdout', type: 'holdout' },
            metrics: [{ type: 'accuracy', name: 'accuracy', value: 0.89 }],
            source,
          },
        ],
      },
    ]);
  });

  test('never says that a number was verified, although the card did', () => {
    const claimed = '---\nmodel-index:\n- name: x\n  results:\n  - metrics:\n    - verified: true\n---\ntext';
    expect(renderHubCard(claimed, FACTS)).not.toMatch(/verif/i);
  });

  test('of a card without a header gets one, and names are quoted as YAML needs it', () => {
    const card = renderHubCard('# Churn\n', { ...FACTS, model: 'a: "b"\n---\nx', metrics: FACTS.metrics.slice(0, 1) });
    const read = parse(card.split('\n---\n')[0]?.slice(4) ?? '');
    expect(read['model-index'][0].name).toBe('a: "b"\n---\nx');
    expect(renderHubCard('# Churn\n', { ...FACTS, metrics: [] })).toBe('# Churn\n');
  });

  test.each(['---\n- a list\n---\n', '---\na: [\n---\n', '---\na: 1\na: 2\n---\n'])(
    'of a broken header is refused: %j',
    (card) => {
      expect(() => renderHubCard(card, FACTS)).toThrow('the header of the model card is not a YAML mapping');
    },
  );
});

describe('the pointer', () => {
  test('names the files that it came with, and anything else names none', () => {
    const files = [{ path: 'a', file: '/a', mediaType: 'x/y', size: 1, sha256: `sha256:${'a'.repeat(64)}` }];
    const text = renderPointer({ ...FACTS, contentDigest: 'sha256:x' }, files);
    expect(readPointedFiles(text)).toEqual(['a']);
    for (const other of ['', 'null', '[]', '{"files": 3}', '{"files": [null, {"path": 3}]}']) {
      expect(readPointedFiles(other)).toEqual([]);
    }
  });
});

describe('the token', () => {
  test('is sent to the Hub and to nobody else', async () => {
    const sent: [string, string | null][] = [];
    const fake = async (url: unknown, init?: RequestInit) => {
      sent.push([String(url), new Headers(init?.headers).get('authorization')]);
      return new Response('{}');
    };
    const transport = { hubUrl: 'https://hub.example', delays: { second: 0 }, signal: undefined };
    const ask = createHubFetch({ ...transport, fetch: fake as unknown as typeof fetch });
    const headers = { authorization: 'Bearer hf_x' };
    await ask('https://hub.example/api', { headers });
    await ask('https://storage.example/x', { headers, method: 'PUT' });
    expect(sent).toEqual([
      ['https://hub.example/api', 'Bearer hf_x'],
      ['https://storage.example/x', null],
    ]);
    await expect(ask('http://hub.example/api')).rejects.toThrow('only https is followed');
    await expect(ask('http://127.0.0.1:8080/')).rejects.toThrow('only https is followed');
  });

  test('is asked for where it is missing or another one', () => {
    expect(readHubToken({ HF_TOKEN: ' hf_abc ' })).toBe('hf_abc');
    expect(() => readHubToken({})).toThrow('HF_TOKEN is not set');
    expect(() => readHubToken({ HF_TOKEN: 'ghp_abc' })).toThrow(/does not begin with `hf_`[\s\S]*secrets\.HF_TOKEN/);
    expect(() => readHubToken({ HF_TOKEN: 'ghp_secret' })).not.toThrow('ghp_secret');
  });
});
