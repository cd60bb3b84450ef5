import { describe, expect, test } from 'vitest';
import { UserMistake } from '../../../src/errors.ts';
import { chooseVersion, findPreviousRelease, type VersionQuestion } from '../../../src/registry/versions/bump.ts';
import { createTraining, fakeDigest } from '../../support/evidence.ts';
import { createManifest, createPackage, createRelease, SHAPE } from './samples.ts';

const choose = (question: Partial<VersionQuestion> = {}) =>
  chooseVersion({
    model: 'churn',
    releases: [createRelease('v1.2.3')],
    previousManifest: createManifest(),
    tags: [],
    package: createPackage(),
    ...question,
  });

describe('the first version', () => {
  test('is 1.0.0: it has passed its gates', () => {
    expect(choose({ releases: [] })).toEqual({
      version: 'v1.0.0',
      bump: 'first',
      reason: 'This is the first release of churn.',
    });
  });

  test('follows the versions that another tool has registered', () => {
    const tags = ['churn@v3.1.1', 'churn@v3.2.0-rc.1', 'other@v9.0.0', 'churn#production#4'];
    expect(choose({ releases: [], tags })).toMatchObject({
      version: 'v3.2.0',
      reason: expect.stringContaining('v3.1.1'),
    });
  });

  test('is not hindered by releases of other models', () => {
    expect(choose({ releases: [createRelease('v7.0.0', { model: 'other' })] })).toMatchObject({ version: 'v1.0.0' });
  });
});

describe('the number that goes up', () => {
  test.each([
    ['an input was added', { ...SHAPE, inputs: ['age', 'plan'] }, 'inputs with plan'],
    ['an input is gone', { ...SHAPE, inputs: [] }, 'inputs without age'],
    ['the output has another name', { ...SHAPE, outputs: ['left'] }, 'outputs without churned; outputs with left'],
    ['a class was added', { ...SHAPE, classes: ['maybe', 'no', 'yes'] }, 'classes with maybe'],
    ['the task is another', { ...SHAPE, task: 'regression' }, 'the task was binary-classification and is regression'],
  ])('is the major one when %s', (_case, shape, reason) => {
    const made = createPackage({ interface: shape, modelDigest: fakeDigest('other') });
    expect(choose({ package: made })).toEqual({
      version: 'v2.0.0',
      bump: 'major',
      reason: `The interface of the model changed since v1.2.3: ${reason}.`,
    });
  });

  test.each([
    ['the model', { package: createPackage({ modelDigest: fakeDigest('other') }) }, 'the files of the model'],
    ['the data', { package: createPackage({ data: 'x' }) }, 'its data'],
    [
      'a parameter',
      {
        training: createTraining(),
        previousTraining: createTraining({ inputs: createTraining().inputs.slice(1) }),
      },
      'the code or the parameters that it is trained by',
    ],
  ])('is the minor one when %s changed', (_case, question, reason) => {
    expect(choose(question as Partial<VersionQuestion>)).toEqual({
      version: 'v1.3.0',
      bump: 'minor',
      reason: `What changed since v1.2.3: ${reason}.`,
    });
  });

  test('is the last one when the model is the same', () => {
    const training = createTraining();
    expect(choose({ training, previousTraining: training })).toEqual({
      version: 'v1.2.4',
      bump: 'patch',
      reason: 'The model is the same as in v1.2.3; what comes with it changed.',
    });
  });

  test('is the one that was asked for, and the reason says what it would have been', () => {
    expect(choose({ bump: 'major' })).toEqual({
      version: 'v2.0.0',
      bump: 'major',
      reason:
        'A major version was asked for; by what changed it were patch: the model is the same as in v1.2.3; what comes with it changed.',
    });
  });

  test('must be asked for when nobody can say what changed', () => {
    expect(() => choose({ previousManifest: undefined })).toThrow(UserMistake);
    expect(choose({ previousManifest: undefined, bump: 'minor' })).toMatchObject({ version: 'v1.3.0' });
  });
});

describe('numbers that are taken', () => {
  test('by a tag, a withdrawn version or a burnt release are skipped, and it is said', () => {
    const tags = ['churn@v1.2.4', 'churn@v1.2.5!', 'other@v1.2.6'];
    expect(choose({ tags })).toMatchObject({
      version: 'v1.2.6',
      reason: expect.stringContaining('Skipped, because a tag has it already: v1.2.4, v1.2.5.'),
    });
  });

  test('by a newer event are compared with', () => {
    const releases = ['v1.2.3', 'v1.10.0', 'v1.9.0', 'v2.0.0-rc.1'].map((version) => createRelease(version));
    expect(findPreviousRelease(releases, 'churn')?.version).toBe('v1.10.0');
    expect(choose({ releases })).toMatchObject({ version: 'v1.10.1' });
  });
});

describe('the same content', () => {
  const same = createRelease('v1.2.3', { contentDigest: createPackage().contentDigest });

  test('is no new version', () => {
    expect(choose({ releases: [createRelease('v1.0.0'), same, createRelease('v1.3.0')] })).toEqual({
      identical: 'v1.2.3',
    });
    expect(choose({ releases: [same], bump: 'major' })).toEqual({ identical: 'v1.2.3' });
  });

  test('becomes a release after it was a pre-release', () => {
    const rc = { ...same, version: 'v1.3.0-rc.1', prerelease: true };
    expect(choose({ releases: [createRelease('v1.2.3'), rc] })).toMatchObject({ version: 'v1.2.4' });
    expect(choose({ releases: [createRelease('v1.2.3'), rc], prerelease: 'rc' })).toEqual({ identical: 'v1.3.0-rc.1' });
  });
});

test('a pre-release is one of the version that would come', () => {
  const releases = [createRelease('v1.2.3'), createRelease('v1.3.0-feature-x.1')];
  const made = createPackage({ modelDigest: fakeDigest('other') });
  expect(choose({ releases, package: made, prerelease: 'feature/x' })).toMatchObject({ version: 'v1.3.0-feature-x.2' });
  expect(choose({ releases, package: made, prerelease: 'rc' })).toMatchObject({ version: 'v1.3.0-rc.1' });
});
