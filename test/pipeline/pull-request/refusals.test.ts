import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Subject } from '../../../src/github/subject.ts';
import {
  type Change,
  createPullRequest,
  hold,
  judge,
  judgeChange,
  openWorkshop,
  restate,
  tamper,
  type Workshop,
} from './workshop.ts';

let workshop: Workshop;
let trained: string;
beforeAll(async () => {
  workshop = await openWorkshop();
  trained = await workshop.train();
});
afterAll(() => workshop.remove());

const CONFIG = 'modelgate.yml';
const remove = (path: string) => () => workshop.git('rm', '-r', '--quiet', path);

describe('there is no verdict, and the merge is blocked, where', () => {
  const situations: [what: string, reason: RegExp, head: Change, base?: Change][] = [
    [
      'the head renames the model',
      /the head calls it birds/,
      (files) => files.change(CONFIG, 'model: penguins', 'model: birds'),
    ],
    ['the head has no configuration', /has no modelgate.yml for it any more/, remove(CONFIG)],
    ["the head's is broken", /unknown key `gatez`/, (files) => files.change(CONFIG, 'gates:', 'gatez:')],
    [
      "the base's is broken",
      /of the base, which judges, is broken/,
      () => {},
      (files) => files.write(CONFIG, 'version: 1'),
    ],
    ['neither has one', /neither in the base nor in the head/, () => {}, remove(CONFIG)],
    [
      'the head says nothing of predictions any more',
      /does not say any more where predictions are/,
      async (files) =>
        files.write(
          CONFIG,
          (await files.read(CONFIG)).replace(/evaluate:[\s\S]*gates:[\s\S]*?governance:/, 'governance:'),
        ),
    ],
    [
      'the head gives up the scores that rules of the base need',
      /does not fit to how the base judges: .*log-loss/,
      async (files) =>
        files.write(
          CONFIG,
          (await files.read(CONFIG))
            .replace(/,\s*scores: \{[^}]*\}/, '')
            .replace('[accuracy, macro-f1, log-loss, ece]', '[accuracy]'),
        ),
    ],
    [
      'a data set is a symbolic link',
      /data\/train.csv is a symbolic link/,
      async ({ folder }) => {
        workshop.git('rm', '--quiet', 'data/train.csv');
        await symlink('penguins.csv', join(folder, 'data/train.csv'));
      },
    ],
    [
      'the folder of a checklist is one',
      /checklist.md lies below governance, which is a symbolic link/,
      async ({ folder }) => {
        workshop.git('mv', 'governance', 'elsewhere');
        await symlink('elsewhere', join(folder, 'governance'));
      },
    ],
    [
      'a document leads to the runner',
      /MODEL_CARD.md is a symbolic link/,
      async ({ folder }) => {
        workshop.git('rm', '--quiet', 'MODEL_CARD.md');
        await symlink('/etc/passwd', join(folder, 'MODEL_CARD.md'));
      },
    ],
    [
      'a data set is a pointer of Git LFS',
      /data\/train.csv is a pointer of Git LFS/,
      (files) =>
        files.write(
          'data/train.csv',
          `version https://git-lfs.github.com/spec/v1\noid sha256:${'a'.repeat(64)}\nsize 9\n`,
        ),
    ],
    ['a data set is gone', /data\/train.csv.*there is no such file/, remove('data/train.csv')],
    [
      'the waivers of the base are broken',
      /no rule or control `nothing`/,
      () => {},
      (files) =>
        files.write(
          'governance/waivers.yml',
          '- { waives: nothing, reason: because we can, author: a, approver: b, expires: 2027-01-01 }\n',
        ),
    ],
  ];
  test.each(situations)('%s', async (_, reason, head, base) => {
    const { model, index, blocks } = await judgeRaw({ head, ...(base ? { base } : {}) });
    expect(index.models).toHaveLength(1);
    expect(blocks).toBe(true);
    expect(model).toMatchObject({ outcome: 'cannot-measure', blocks: true, refused: true });
    expect(model?.reason).toMatch(reason);
    expect(model?.reason).not.toContain('/tmp/');
  });

  /** Without a candidate that speaks of the head: where it does not come to that. */
  async function judgeRaw(changes: { head: Change; base?: Change }) {
    const { base, head } = await workshop.propose(changes.head, changes.base);
    const hasConfig = workshop.git('ls-tree', '--name-only', head, CONFIG) !== '';
    const candidate = hasConfig ? await restate(workshop, trained, head) : trained;
    return judge(workshop, createPullRequest(head, base), { candidates: hold(candidate) });
  }
});

describe('a candidate is refused where', () => {
  const tricks: [what: string, reason: RegExp, trick: (folder: string) => Promise<unknown>][] = [
    [
      'its predictions are not those of its evidence',
      /not the one that its evidence names/,
      (folder) => tamper(folder, 'predictions.csv', 'Adelie', 'Gentoo'),
    ],
    [
      'a file lies there that is none of ours',
      /"evidence\/verdict.json" does not belong there/,
      (folder) => writeFile(join(folder, 'evidence/verdict.json'), '{}'),
    ],
    [
      'a file is a link',
      /neither a file nor a folder/,
      (folder) => symlink('/etc/passwd', join(folder, 'predictions.jsonl')),
    ],
    [
      'it has two files of predictions',
      /two files of predictions/,
      (folder) => writeFile(join(folder, 'predictions.jsonl'), '{}'),
    ],
    ['it nests folders', /too deep/, (folder) => mkdir(join(folder, 'a/b/c/d'), { recursive: true })],
    [
      'a document breaks its schema',
      /not training evidence/,
      (folder) => tamper(folder, 'evidence/training.json', '"schemaVersion": 1', '"schemaVersion": 2'),
    ],
    ['a document is none', /not JSON/, (folder) => writeFile(join(folder, 'evidence/prediction.json'), '{ NaN')],
    [
      'a number is none',
      /not training evidence/,
      (folder) => tamper(folder, 'evidence/training.json', /"step": \d+/, '"step": 1e999'),
    ],
    [
      'it is of another model',
      /speaks of another model/,
      (folder) => tamper(folder, 'plan.json', '"penguins"', '"owls"'),
    ],
    [
      'it is of another configuration',
      /speaks of another model or configuration/,
      (folder) => tamper(folder, 'plan.json', '"modelgate.yml"', '"../modelgate.yml"'),
    ],
    [
      'its plan is huge',
      /at most 16384 are read/,
      (folder) => writeFile(join(folder, 'plan.json'), ' '.repeat(20_000)),
    ],
  ];
  test.each(tricks)('%s', async (_, reason, trick) => {
    const { base, head } = await workshop.propose(() => {});
    const candidate = await restate(workshop, trained, head);
    await trick(candidate);
    const { model } = await judge(workshop, createPullRequest(head, base), {
      candidates: hold(candidate),
    });
    expect(model).toMatchObject({ outcome: 'cannot-measure', blocks: true, refused: true });
    expect(model?.reason).toMatch(reason);
  });

  test.each<[string, Partial<Subject>, RegExp]>([
    ['there is none', {}, /look at the log/],
    ['there is none, for a draft is not trained', { draft: true }, /ready for review/],
    ['there is none, for a fork waits', { fork: true }, /has approved this very commit/],
  ])('%s', async (_, more, reason) => {
    const { base, head } = await workshop.propose(() => {});
    const { model } = await judge(workshop, createPullRequest(head, base, more));
    expect(model).toMatchObject({ outcome: 'cannot-measure', blocks: true, refused: true });
    expect(model?.reason).toMatch(reason);
  });
});

test('evidence of another commit, or of another modelgate.yml, is not believed', async () => {
  const { base, head } = await workshop.propose((files) => files.write('notes.txt', 'new'));
  const { model } = await judge(workshop, createPullRequest(head, base), {
    candidates: hold(await restate(workshop, trained, base)),
  });
  expect(model).toMatchObject({ outcome: 'cannot-measure', blocks: true, refused: false });
});

test('a model that was trained on other data than the head has is not believed', async () => {
  const { verdict, model } = await judgeChange(workshop, trained, {
    head: async (files) =>
      files.write(
        'data/train.csv',
        (await files.read('data/train.csv')).trimEnd().split('\n').slice(0, -1).join('\n').concat('\n'),
      ),
  });
  expect(model).toMatchObject({ outcome: 'cannot-measure', blocks: true, refused: false });
  expect(verdict?.stages.find(({ stage }) => stage === 'training')?.reason).toMatch(/train.csv had another content/);
});

test('a checkout of another commit than the one that judges is a mistake', async () => {
  const { base, head } = await workshop.propose((files) => files.write('notes.txt', 'newer'));
  workshop.git('checkout', '--quiet', head);
  await expect(judge(workshop, createPullRequest(head, base))).rejects.toThrow(/Check out exactly/);
  workshop.git('checkout', '--quiet', base);
  await workshop.change(CONFIG, 'min: 0.9 }', 'min: 0.1 }');
  await expect(judge(workshop, createPullRequest(head, base))).rejects.toThrow(/has changed files/);
});
