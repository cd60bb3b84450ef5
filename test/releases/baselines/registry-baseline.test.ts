import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hashFile } from '../../../src/evidence/file-hash.ts';
import { predictAgain } from '../../../src/pipeline/baseline-run/predict-again.ts';
import { findBaselines } from '../../../src/pipeline/baselines.ts';
import { findWantedBaselines } from '../../../src/pipeline/pull-request/wanted-baselines.ts';
import { findReleasedBase } from '../../../src/pipeline/registry-baseline.ts';
import { SILENT } from '../../../src/progress.ts';
import { openOciStore } from '../../../src/registry/oci/store.ts';
import { keepReleases } from '../../support/github/records/releases.ts';
import { REGISTRY_PROGRAM, startRegistry } from '../../support/oci-registry/registry.ts';
import { openReleasedPenguins, type ReleasedPenguins } from './released-penguins.ts';

let penguins: ReleasedPenguins;
let first: string;
beforeAll(async () => {
  penguins = await openReleasedPenguins();
  expect(await penguins.release()).toBe('v1.0.0');
  first = penguins.git('rev-parse', 'HEAD');
});
afterAll(() => penguins.remove());

const find = async (against?: string, environment?: NodeJS.ProcessEnv) => {
  const text = await penguins.read('modelgate.yml');
  if (against) await penguins.write('modelgate.yml', text.replace('against: production', `against: ${against}`));
  try {
    const [lookup] = await penguins.findBaselines(environment);
    return lookup;
  } finally {
    await penguins.write('modelgate.yml', text);
  }
};

describe('the baseline of a stage', () => {
  test('is none yet as long as nothing was promoted', async () => {
    expect(await find()).toMatchObject({ name: 'production', state: 'none-yet' });
  });

  test('is what the version in it scored, read from its release', async () => {
    await penguins.promote('v1.0.0');
    const lookup = await find();
    expect(lookup).toMatchObject({
      name: 'production',
      state: 'found',
      text: `the release penguins@v1.0.0 of ${first.slice(0, 12)}, in production by penguins#production#1`,
      evaluation: { subject: { commit: first } },
    });
  });

  test('stays that version while newer ones are only released', async () => {
    await penguins.change('params.yaml', 'epochs: ', 'epochs: 1');
    expect(await penguins.release()).toBe('v1.1.0');
    expect(await find()).toMatchObject({ state: 'found', evaluation: { subject: { commit: first } } });
  });

  test('is unavailable when the ledger does not know the newest tag', async () => {
    penguins.git('tag', '--annotate', '--message', 'x', 'penguins#production#9', 'HEAD');
    penguins.git('push', '--quiet', 'origin', 'refs/tags/penguins#production#9');
    const lookup = await find();
    penguins.git('push', '--quiet', 'origin', ':refs/tags/penguins#production#9');
    penguins.git('tag', '--delete', 'penguins#production#9');
    expect(lookup).toMatchObject({ state: 'unavailable', text: expect.stringContaining('#9 is not in the ledger') });
  });

  test('is scored again on a test set that is another by now', async () => {
    const text = await penguins.read('data/test.csv');
    await penguins.write('data/test.csv', text.replace('p020,Adelie', 'p020,Gentoo'));
    const lookup = await find();
    await penguins.write('data/test.csv', text);
    expect(lookup).toMatchObject({
      state: 'found',
      text: expect.stringContaining('scored again'),
      evaluation: { subject: { commit: first } },
    });
  });
});

describe('the model of a stage, on a test set that has grown', () => {
  const grow = async (work: () => Promise<void>) => {
    const [labels, code] = [await penguins.read('data/test.csv'), await penguins.read('predict.py')];
    const [, row = ''] = labels.trim().split('\n');
    await penguins.write('data/test.csv', `${labels.trim()}\n${row.replace(/^[^,]+/, 'new-1')}\n`);
    await penguins.write('predict.py', 'raise SystemExit("this code reads another model")\n');
    try {
      await work();
    } finally {
      await penguins.write('data/test.csv', labels);
      await penguins.write('predict.py', code);
    }
  };
  const judge = () => penguins.withRun((run) => findBaselines({ ...run, predictAgain }));

  test('is fetched from its release and predicts again, by the code of its own commit', async () => {
    await grow(async () => {
      const rows = (await penguins.read('data/test.csv')).trim().split('\n').length - 1;
      expect(await judge()).toMatchObject([
        {
          state: 'found',
          text: expect.stringMatching(/^the release penguins@v1\.0\.0 of .*, run again on today's test set$/),
          evaluation: { subject: { commit: first }, join: { matched: rows, missingPredictions: 0 } },
        },
      ]);
      // Who runs no command of its own is told so, and runs none of a baseline's.
      expect(await find()).toMatchObject({
        state: 'unavailable',
        text: expect.stringContaining('cannot be scored again'),
      });
    });
  });

  test('is listed for the job that runs it, with its files, only where what was kept lacks rows', async () => {
    const list = async (folder: string) => {
      const folders = { kept: join(penguins.folder, '.git', folder), models: join(penguins.folder, '.git/models') };
      return penguins.withRun((run) => findWantedBaselines(run, folders));
    };
    expect(await list('first')).toEqual([]);
    await grow(async () => {
      const [wanted] = await list('second');
      expect(wanted).toMatchObject({ name: 'production', subject: { commit: first } });
      expect(wanted).not.toHaveProperty('reason');
      const [file] = wanted?.subject.modelFiles ?? [];
      const { sha256 } = await hashFile(join(penguins.folder, '.git/models', String(file?.sha256.slice(7))));
      expect(sha256).toBe(file?.sha256);
    });
  });

  test('is unavailable where a file of it is another than what was released, and it is named', async () => {
    const release = penguins.repository.state.part(keepReleases).all.find(({ tag }) => tag === 'penguins@v1.0.0');
    const asset = release?.assets.find(({ name }) => name === 'model.json');
    const other = release?.assets.find(({ name }) => name === 'data.json');
    if (!asset || !other) throw new Error('the release has no model');
    const { content } = asset;
    asset.content = other.content;
    await grow(async () => {
      expect(await judge()).toMatchObject([{ state: 'unavailable', text: expect.stringContaining('model.json') }]);
    });
    asset.content = content;
  });

  test.skipIf(REGISTRY_PROGRAM === undefined)('is fetched from an OCI registry where its files lie there', async () => {
    const registry = await startRegistry();
    const text = await penguins.read('modelgate.yml');
    const repository = `${registry.host}/octo/penguins`;
    try {
      const storage = openOciStore({ repository, credentials: undefined, progress: SILENT });
      const version = await penguins.release({ storage });
      await penguins.write('modelgate.yml', text.replace('against: production', `against: penguins@${version}`));
      await grow(async () => {
        expect(await judge()).toMatchObject([{ state: 'found', text: expect.stringContaining('run again') }]);
      });
    } finally {
      await penguins.write('modelgate.yml', text);
      await registry.stop();
    }
  });
});

describe('the baseline that is a version', () => {
  test('is read from its release', async () => {
    expect(await find('penguins@v1.1.0')).toMatchObject({
      state: 'found',
      text: expect.stringMatching(/^the release penguins@v1\.1\.0 of/),
    });
  });

  test('is unavailable, and never none yet, when there is no such version', async () => {
    expect(await find('penguins@v7.0.0')).toEqual({
      name: 'penguins@v7.0.0',
      state: 'unavailable',
      text: 'there is no version penguins@v7.0.0 in the ledger of penguins',
    });
  });
});

describe('a release that reveals its verdict only', () => {
  test('is scored again from its predictions, and its numbers were never published', async () => {
    await penguins.change('modelgate.yml', 'reveal: rows', 'reveal: verdict');
    const version = await penguins.release();
    const release = penguins.repository.state.part(keepReleases).all.find(({ tag }) => tag === `penguins@${version}`);
    const names = release?.assets.map(({ name }) => name) ?? [];
    expect(names).toContain('predictions.csv');
    expect(names).not.toContain('evaluation.json');
    expect(names).not.toContain('verdict.json');
    const lookup = await find(`penguins@${version}`);
    expect(lookup).toMatchObject({
      state: 'found',
      text: expect.stringContaining('scored again'),
      evaluation: { subject: { modelFiles: [{ path: 'out/model.json' }] } },
    });
  });
});

describe('the baseline base', () => {
  test('is the nearest release of the first parents, and its distance is told', async () => {
    const second = penguins.git('rev-parse', 'HEAD');
    const ancestors = ['a'.repeat(40), second, first];
    const lookup = await penguins.withRun((run) => findReleasedBase(run, ancestors));
    expect(lookup).toMatchObject({
      name: 'base',
      state: 'found',
      distance: 1,
      evaluation: { subject: { commit: second } },
    });
    expect(await penguins.withRun((run) => findReleasedBase(run, ['a'.repeat(40)]))).toBeUndefined();
  });
});

describe('what cannot be read is unavailable', () => {
  test('without a repository of GitHub’s to ask', async () => {
    penguins.git('tag', 'penguins#production#1', first);
    penguins.git('remote', 'rename', 'origin', 'elsewhere');
    const lookup = await find(undefined, { GITHUB_REPOSITORY: '' });
    penguins.git('remote', 'rename', 'elsewhere', 'origin');
    expect(lookup).toMatchObject({
      state: 'unavailable',
      text: expect.stringMatching(/production holds penguins#production#1, .*--baseline production=FOLDER/),
    });
  });

  test('with a token that may not, and it is said what to set', async () => {
    const lookup = await find(undefined, { GITHUB_TOKEN: 'wrong' });
    expect(lookup).toMatchObject({ state: 'unavailable', text: expect.stringContaining('Set GITHUB_TOKEN') });
  });

  test('when an asset is another than what was released, and it is named', async () => {
    const release = penguins.repository.state.part(keepReleases).all.find(({ tag }) => tag === 'penguins@v1.0.0');
    const asset = release?.assets.find(({ name }) => name === 'evaluation.json');
    const other = release?.assets.find(({ name }) => name === 'data.json');
    if (!asset || !other) throw new Error('the release has no evaluation');
    const { content } = asset;
    asset.content = other.content;
    const lookup = await find();
    asset.content = content;
    expect(lookup).toMatchObject({ state: 'unavailable', text: expect.stringContaining('evaluation.json') });
  });

  test('when the release was deleted', async () => {
    const releases = penguins.repository.state.part(keepReleases);
    releases.all.splice(
      releases.all.findIndex(({ tag }) => tag === 'penguins@v1.0.0'),
      1,
    );
    expect(await find()).toMatchObject({
      state: 'unavailable',
      text: expect.stringContaining('penguins@v1.0.0 has no published release'),
    });
  });
});
