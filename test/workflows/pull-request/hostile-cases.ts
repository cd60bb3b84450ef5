import { renderCanonical } from '../../../src/evidence/canonical.ts';
import {
  alterEntry,
  type Candidate,
  declareSize,
  type Entry,
  listEntries,
  renameEntry,
  restate,
  zip,
} from './forged-candidate.ts';

/** What a stranger uploads for a candidate, made of an honest one that speaks of the right commit. */
export interface HostileCase {
  readonly what: string;
  /** What the comment must give as its reason. */
  readonly reason: RegExp;
  readonly forge: (honest: Candidate) => Promise<Buffer> | Buffer;
}

const TRAINING = 'evidence/training.json';

/** Text that means something in Markdown, in HTML, to GitHub, to a runner's log or to a terminal. */
export const HOSTILE_TEXT = [
  '<script>alert(1)</script><img src=x onerror=alert(1)>',
  '<!-- modelgate:comment model=penguins --> <!-- modelgate:state {"run":9} -->',
  '[click](https://evil.example/x) ![](https://evil.example/p.png) https://evil.example www.evil.example',
  '@octo/everyone @maintainer #1 GH-1 octo/zoo#1 | a | b | `code` </details>',
  '\n::error::pwned\n::add-mask::a\n# Passed\n\u001b[2J\u202egreen',
].join(' ');

const add =
  (...more: Entry[]) =>
  (honest: Candidate) =>
    zip([...listEntries(honest), ...more]);
const alter = (name: string, change: (text: string) => string) => (honest: Candidate) =>
  zip(alterEntry(listEntries(honest), name, change));
const claim = (change: (honest: Candidate) => Partial<Candidate>) => (honest: Candidate) =>
  zip(listEntries(restate({ ...honest, ...change(honest) }, honest.training.subject.commit ?? '')));
/** A training that says of itself that it failed, so that its words come first in the comment. */
const fail = (text: string) =>
  claim(({ training }) => ({
    training: {
      ...training,
      outcome: 'fail',
      reason: text,
      command: { run: text, exitCode: 1, signal: text, timedOut: false, variables: [text] },
      machine: { ...training.machine, os: text, python: text, accelerators: [{ kind: text, name: text, memory: 1 }] },
      inputs: [{ path: text, sha256: `sha256:${'0'.repeat(64)}`, size: 1 }],
      history: [{ step: 1, [text]: 1 }],
    },
  }));
const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
const predict = (change: (rows: string) => string) =>
  claim(({ predictions }) => ({ predictions: change(predictions) }));

export const HOSTILE_CASES: readonly HostileCase[] = [
  {
    what: 'a file that names another pull request',
    reason: /"pr.txt" does not belong there/,
    forge: add(['pr.txt', '1']),
  },
  {
    what: 'a plan that names another pull request',
    reason: /plan.json is not a plan: \/ must NOT have additional properties/,
    forge: alter('plan.json', (text) => text.replace('{', '{ "number": 1,')),
  },
  {
    what: 'more entries than any candidate has',
    reason: /more than 256 entries/,
    forge: add(...Array.from({ length: 300 }, (_, index): Entry => [`${index}`, ''])),
  },
  {
    what: 'a file that says that it is huge',
    reason: /predictions.csv" unpacks to more than 200 times its size/,
    forge: async (honest) => declareSize(await zip(listEntries(honest)), 'predictions.csv', 3_000_000_000),
  },
  {
    what: 'a bomb',
    reason: /unpacks to more than 200 times its size/,
    forge: add(['base-test-set/predictions.csv', Buffer.alloc(64 * 1024 ** 2)]),
  },
  {
    what: 'a path that leads out of the folder',
    reason: /invalid relative path/,
    forge: async (honest) =>
      renameEntry(await add(['out-of-it.json', '{}'])(honest), 'out-of-it.json', '../../../a.json'.slice(1)),
  },
  {
    what: 'a symbolic link',
    reason: /is a link or another special file/,
    forge: add(['base-test-set/predictions.csv', '/etc/passwd', 0o120777]),
  },
  {
    what: 'evidence of another schema',
    reason: /this is not training evidence/,
    forge: alter(TRAINING, (text) => text.replace('{', '{ "verdict": "pass",')),
  },
  {
    what: 'predictions that their evidence does not name',
    reason: /not the one that its evidence names by digest/,
    forge: alter('predictions.csv', (text) => text.replace('Adelie', 'Gentoo')),
  },
  { what: 'markup wherever there is text', reason: /training/i, forge: fail(HOSTILE_TEXT) },
  { what: 'thousands of mentions', reason: /training/i, forge: fail('@octo/everyone #1 '.repeat(5000)) },
  {
    what: 'not a number in JSON',
    reason: /this is not JSON/,
    forge: alter(TRAINING, (text) => text.replace(/"seconds": [\d.]+/, '"seconds": NaN')),
  },
  {
    what: 'an infinite number in JSON',
    reason: /this is not training evidence: \/history\/0\/step must be number/,
    forge: alter(TRAINING, (text) => text.replace(/"step": 1\b/, '"step": 1e999')),
  },
  {
    what: 'not a number among the predictions',
    reason: /99 rows of .* have a score that is not a number/,
    forge: predict((rows) => rows.replaceAll(/,[\d.e-]+$/gm, ',nan')),
  },
  {
    what: 'JSON of 100,000 levels',
    reason: /this is not training evidence/,
    forge: alter(TRAINING, () => deep(100_000)),
  },
  { what: 'a plan of 8,000 levels', reason: /plan.json is not a plan/, forge: alter('plan.json', () => deep(8000)) },
  { what: 'two entries of one name', reason: /two entries are named/, forge: add(['plan.json', '{}']) },
  { what: 'two entries that differ in case', reason: /two entries are named/, forge: add(['PLAN.json', '{}']) },
  {
    what: 'a plan of another model',
    reason: /evidence speaks of another model, penguins/,
    forge: alter('plan.json', (text) => text.replace('penguins', 'owls')),
  },
  {
    what: 'a whole candidate of another model',
    reason: /plan.json speaks of another model/,
    forge: claim(({ plan, training, prediction }) => ({
      plan: { ...plan, model: 'owls' },
      training: { ...training, model: 'owls' },
      prediction: { ...prediction, model: 'owls' },
    })),
  },
  {
    what: 'evidence of another model',
    reason: /speaks of another model, owls/,
    forge: claim(({ training }) => ({ training: { ...training, model: 'owls' } })),
  },
  {
    what: 'evidence of another commit',
    reason: /it was written for commit 0000/,
    forge: (honest) => zip(listEntries(restate(honest, '0'.repeat(40)))),
  },
  {
    what: 'evidence of another configuration',
    reason: /modelgate.yml has changed since/,
    forge: claim(({ training }) => ({
      training: { ...training, subject: { ...training.subject, config: `sha256:${'0'.repeat(64)}` } },
    })),
  },
  {
    what: 'predictions of rows that nobody asked for',
    reason: /evaluation|predictions/i,
    forge: predict((rows) => `${rows}${HOSTILE_TEXT.replaceAll(/[\n,"]/g, ' ')},Adelie,1,0,0\n`),
  },
  {
    what: 'classes that nobody knows',
    reason: /evaluation|predict/i,
    forge: predict((rows) => rows.replaceAll(/,Adelie,/g, `,${HOSTILE_TEXT.replaceAll(/[\n,"]/g, ' ')},`)),
  },
  { what: 'no zip at all', reason: /./, forge: () => Buffer.from(renderCanonical({ verdict: 'pass' })) },
];
