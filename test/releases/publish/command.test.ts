import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Delays, REAL_DELAYS } from '../../../src/github/delays.ts';
import { readGit } from '../../support/github/git/commands.ts';
import { type Laptop, openLaptop } from './laptop.ts';

let laptop: Laptop;
beforeAll(async () => {
  // A second between two writes is kept for GitHub’s sake; this one is ours.
  (REAL_DELAYS as { -readonly [Field in keyof Delays]: number }).second = 0;
  laptop = await openLaptop();
  await laptop.judge();
});
afterAll(() => laptop[Symbol.asyncDispose]());

const listTags = async () => (await readGit(laptop.repository.folder, ['tag', '--list'])).split('\n').filter(Boolean);
const publish = (...args: string[]) => laptop.command(['publish', ...args]);

describe('modelgate publish writes nothing', () => {
  test('where files are not committed and nothing can sign: it says both at once', async () => {
    const config = await laptop.penguins.read('modelgate.yml');
    await laptop.penguins.change('modelgate.yml', 'release: {', 'release: { sign: true,');
    const { code, stdout, stderr } = await publish();
    await laptop.penguins.write('modelgate.yml', config);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('files differ from the commit');
    expect(stderr).toContain('`release.sign` is true, and there is nothing to sign with');
    expect(laptop.releases).toEqual([]);
  });

  test('where the commit is not on GitHub', async () => {
    const { code, stderr } = await publish();
    expect(code, stderr).toBe(2);
    expect(stderr).toMatch(/the commit [0-9a-f]{12} is not on GitHub/);
    expect(laptop.releases).toEqual([]);
  });

  test('on a dry run, and says what would be published', async () => {
    laptop.push();
    const { code, stdout, stderr } = await publish('--dry-run');
    expect(code, stderr).toBe(0);
    expect(stdout).toContain('penguins@v1.0.0 would be published');
    const told = JSON.parse((await publish('--dry-run', '--json')).stdout);
    expect(told).toMatchObject({ state: 'planned', version: 'v1.0.0', manifest: { model: 'penguins' } });
    expect(laptop.releases).toEqual([]);
    expect(await listTags()).toEqual([]);
  });
});

describe('modelgate publish', () => {
  test('makes a version: a release with everything, a tag, and an event by who holds the token', async () => {
    const { code, stdout, stderr } = await publish();
    expect(code, stderr).toBe(0);
    expect(stdout).toMatch(
      /^penguins@v1\.0\.0 is published: \S+\nEvent 2 of the ledger, manifest sha256:[0-9a-f]{64}\.$/m,
    );
    expect(laptop.releases).toMatchObject([{ tag: 'penguins@v1.0.0', draft: false, prerelease: false }]);
    expect(laptop.releases[0]?.assets.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['manifest.json', 'checksums.txt', 'model.json', 'MODEL_CARD.md', 'bom.cdx.json']),
    );
    expect(await listTags()).toEqual(['penguins@v1.0.0']);
    const history = await laptop.command(['history', '--json']);
    // A laptop's verdict counts from where others see it.
    expect(JSON.parse(history.stdout).events).toMatchObject([
      { kind: 'release', version: 'v1.0.0', actor: 'octo', run: null },
      { kind: 'verdict', budget: 'penguins-test-2026', outcome: 'pass', actor: 'octo', run: null },
    ]);
    const verified = await laptop.command(['verify', 'penguins@v1.0.0']);
    expect(verified.code, verified.stdout + verified.stderr).toBe(0);
  });

  test('says that the same model with the same evidence is a version already', async () => {
    const { code, stdout, stderr } = await publish();
    expect(code, stderr).toBe(0);
    expect(stdout).toContain('penguins@v1.0.0 has the same model with the same evidence: nothing to publish.');
    expect(JSON.parse((await publish('--json')).stdout)).toMatchObject({ state: 'identical', version: 'v1.0.0' });
    expect(laptop.releases).toHaveLength(1);
  });

  test('refuses evidence about another commit', async () => {
    laptop.commit();
    const { code, stderr } = await publish();
    expect(code).toBe(2);
    expect(stderr).toMatch(/the verdict is about [0-9a-f]{12}, and this is [0-9a-f]{12}/);
  });

  test('refuses a model whose verdict is not pass', async () => {
    await laptop.penguins.change('modelgate.yml', 'metric: accuracy, min: 0.9 }', 'metric: accuracy, min: 1 }');
    laptop.commit();
    laptop.push();
    await laptop.judge();
    const { code, stderr } = await publish();
    expect(code).toBe(2);
    expect(stderr).toContain('the verdict on penguins is fail');
    expect(laptop.releases).toHaveLength(1);
  });
});
