import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { UserMistake } from '../../../src/errors.ts';
import { commitBranchFile, readBranchFiles } from '../../../src/github/branch-files.ts';
import { listFaults } from '../../../src/registry/verify/checks.ts';
import { checkLedger } from '../../../src/registry/verify/ledger.ts';
import { examineVersion } from '../../../src/registry/verify/version.ts';
import { createModel, Released } from '../../registry/verify/released.ts';
import { readGit } from '../../support/github/git/commands.ts';
import { readStored } from '../../support/github/stored-file.ts';

/** Positions that are changed in every file: its ends, and so many between. */
const POSITIONS = 6;
const SEED = 20261123;

/** Numerical Recipes' linear congruential generator: the same positions in every run. */
function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function listPositions(size: number, random: () => number): number[] {
  const between = Array.from({ length: POSITIONS }, () => Math.floor(random() * size));
  return [...new Set([0, size - 1, ...between])];
}

function flip(bytes: Buffer, place: number, random: () => number): Buffer {
  const changed = Buffer.from(bytes);
  changed[place] = (changed[place] ?? 0) ^ (1 << Math.floor(random() * 8));
  return changed;
}

let released: Released;
beforeAll(async () => {
  released = await Released.open(createModel());
});
afterAll(() => released[Symbol.asyncDispose]());

/** What verifying finds: subjects and reasons. Reading the ledger comes first, as it does in the command. */
async function findFaults(): Promise<string[]> {
  const { client, repository, ledger, event } = released.ask();
  try {
    const known = (await ledger.read()).events.find(({ id }) => id === event.id);
    if (known?.kind !== 'release') return ['ledger: the event is gone'];
    const { checks } = await examineVersion({ client, repository, event: known }, { depth: 'downloaded' });
    return listFaults(checks).map(({ subject, reason }) => `${subject}: ${reason}`);
  } catch (error) {
    if (error instanceof UserMistake) return [error.message];
    throw error;
  }
}

test('nothing is wrong before', async () => {
  expect(await findFaults()).toEqual([]);
});

describe.each([
  ['that GitHub tells of', false],
  ['that GitHub does not tell of', true],
])('a changed byte %s', (_name, quietly) => {
  test('of any asset is found and named', async () => {
    const random = createRandom(SEED);
    for (const asset of [...released.assets]) {
      const before = asset.content;
      if (before === undefined) throw new Error(`${asset.name} has no bytes`);
      const bytes = readStored(before);
      for (const place of listPositions(bytes.length, random)) {
        await released.replace(asset.name, flip(bytes, place, random), quietly);
        const faults = await findFaults();
        expect(
          faults.some((fault) => fault.includes(asset.name)),
          `${asset.name}, byte ${place}`,
        ).toBe(true);
      }
      asset.content = before;
    }
    expect(await findFaults()).toEqual([]);
  });
});

test('a changed byte of the ledger’s line in the notes of the release is found', async () => {
  const [release] = released.place.releases.all;
  const body = release?.body ?? '';
  const start = body.indexOf('Modelgate-Ledger:');
  const end = /sha256:[0-9a-f]{64}/.exec(body.slice(start));
  if (release === undefined || end === null) throw new Error('the notes hold no line of the ledger’s');
  for (let place = start; place < start + end.index + end[0].length; place++) {
    const other = body[place] === '0' ? '1' : '0';
    release.body = body.slice(0, place) + other + body.slice(place + 1);
    expect(await findFaults(), `character ${place}`).toEqual([expect.stringMatching(/^release churn@v1.0.0: /)]);
  }
  release.body = body;
});

test('a changed byte of the message of the tag is found', async () => {
  const { folder } = released.place.repository;
  const ref = `refs/tags/${released.event.tag}`;
  const before = (await readGit(folder, ['rev-parse', ref])).trim();
  const text = await readGit(folder, ['cat-file', 'tag', before]);
  const start = text.indexOf('\n\n') + 2;
  const random = createRandom(SEED);
  for (const place of listPositions(text.trimEnd().length - start, random)) {
    const at = start + place;
    const other = text[at] === 'x' ? 'y' : 'x';
    const object = writeTag(folder, text.slice(0, at) + other + text.slice(at + 1));
    await readGit(folder, ['update-ref', ref, object]);
    expect(await findFaults(), `character ${place}`).toEqual([expect.stringMatching(/^churn@v1.0.0: /)]);
  }
  await readGit(folder, ['update-ref', ref, before]);
  expect(await findFaults()).toEqual([]);
});

function writeTag(folder: string, text: string): string {
  return execFileSync('git', ['-C', folder, 'mktag', '--no-strict'], { input: text, encoding: 'utf8' }).trim();
}

test('a changed byte of the event in the ledger is found, also by what remembers it', async () => {
  const { client, repository } = released.ask();
  const place = released.place.repository;
  const before = (await place.resolve('heads/modelgate')) ?? '';
  const branch = await readBranchFiles(client, repository, 'modelgate');
  const path = 'events/00000001.json';
  const bytes = branch?.files.get(path) ?? Buffer.alloc(0);
  const random = createRandom(SEED);
  for (const position of listPositions(bytes.length, random)) {
    const changed = Buffer.from(bytes);
    changed[position] = (changed[position] ?? 0) ^ 1;
    const content = changed.toString('latin1');
    const message = 'Tamper';
    const made = await commitBranchFile(client, repository, {
      branch: 'modelgate',
      parent: before,
      path,
      content,
      message,
    });
    if (made === 'moved') throw new Error('the branch moved');
    expect((await findFaults()).length, `byte ${position}`).toBeGreaterThan(0);
    const checks = await checkLedger({ client, repository, now: new Date() });
    expect(
      listFaults(checks)
        .map(({ subject }) => subject)
        .join(),
      `byte ${position}`,
    ).toContain('00000001.json');
    await place.setRef('refs/heads/modelgate', before);
  }
  expect(await findFaults()).toEqual([]);
});
