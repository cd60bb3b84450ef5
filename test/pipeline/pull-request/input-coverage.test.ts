import { expect, test } from 'vitest';
import { parseConfig } from '../../../src/config/project.ts';
import type { TreeEntry } from '../../../src/pipeline/pull-request/commit-files.ts';
import { coverInputs } from '../../../src/pipeline/pull-request/input-coverage.ts';

const TREE = [
  'README.md',
  'shared/load.py',
  'models/a/modelgate.yml',
  'models/a/train.py',
  'models/a/lib/net.py',
  'models/a/params.yaml',
  'models/a/data/train.csv',
  'models/a/data/test.csv',
  'models/a/notes.md',
  'models/a/package/train.py',
  'models/b/train.py',
];
const FILE = 'models/a/modelgate.yml';

function cover(train: string, changes: Partial<Record<string, TreeEntry['kind']>> = {}): string[] {
  const text = `version: 1\nmodel: a\ndata: { train: { path: data/train.csv } }\ntrain: { outputs: { model: out/m }, ${train} }\n`;
  const entries = TREE.map((path): TreeEntry => ({ path, kind: changes[path] ?? 'file', oid: 'x', size: 1 }));
  return coverInputs(entries, FILE, parseConfig(text, FILE).config).map(({ path }) => path);
}

const OWN = ['models/a/data/train.csv', 'models/a/lib/net.py', 'models/a/package/train.py', 'models/a/train.py'];

test.each<[string, string, string[]]>([
  [
    'data sets, the script, and what it may import',
    "run: python3 train.py, inputs: ['params.yaml']",
    [...OWN, 'models/a/params.yaml'],
  ],
  [
    'a file that a command names',
    'run: python3 train.py --params params.yaml, inputs: []',
    [...OWN, 'models/a/params.yaml'],
  ],
  [
    'a folder and a glob of the inputs',
    "run: python3 train.py, inputs: ['data', '*.yaml', '../../shared/**/*.py']",
    [...OWN, 'models/a/data/test.csv', 'models/a/params.yaml', 'shared/load.py'],
  ],
  ['a module', 'run: python3 -m package.train, inputs: []', OWN],
])('covers %s', (_, train, expected) => {
  expect(cover(train)).toEqual([...expected].sort());
});

test.each<[string, string, Partial<Record<string, TreeEntry['kind']>>]>([
  ['there are no inputs', 'run: python3 train.py', {}],
  ['a command names no file', 'run: make all, inputs: [params.yaml]', {}],
  ['a link is among them', 'run: python3 train.py, inputs: []', { 'models/a/data/train.csv': 'link' }],
  ['a submodule is among them', "run: python3 train.py, inputs: ['../../shared']", { 'shared/load.py': 'submodule' }],
])('covers everything where %s', (_, train, changes) => {
  expect(cover(train, changes)).toEqual([...TREE].sort());
});
