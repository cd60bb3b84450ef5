import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { copyPenguins, type Penguins } from '../support/penguins.ts';
import { runDist } from '../support/program.ts';

let penguins: Penguins;
let outside: string;
beforeEach(async () => {
  penguins = await copyPenguins();
  outside = await mkdtemp(join(tmpdir(), 'modelgate-outside-'));
});
afterEach(async () => {
  await penguins.remove();
  await rm(outside, { recursive: true, force: true });
});

const git = (...args: string[]) => execFileSync('git', args, { cwd: penguins.folder, stdio: 'ignore' });
const modelgate = (args: string[], env?: Record<string, string>) =>
  runDist('cli.js', args, { cwd: penguins.folder, ...(env && { env }) });

/** Lets the training do something more, behind its back. */
async function addToTraining(python: string): Promise<void> {
  await penguins.write('train.py', `${await penguins.read('train.py')}\n${python}\n`);
}

describe('a hostile candidate', () => {
  test('gets no token by the configuration of git', async () => {
    const leak = join(outside, 'leak.txt');
    const hook = `/bin/sh -c env>${leak}`;
    git('remote', 'add', 'origin', outside);
    await addToTraining(`import subprocess
for name, value in (('protocol.ext.allow', 'always'), ('remote.origin.url', 'ext::sh -c env%>${leak}'), ('core.fsmonitor', '${hook}')):
    subprocess.run(['git', 'config', name, value])`);
    await modelgate(['run'], { GITHUB_TOKEN: 'nobody-may-see', GITHUB_ACTIONS: 'true' });
    await modelgate(['gate'], { GITHUB_TOKEN: 'nobody-may-see', GITHUB_ACTIONS: 'true' });
    expect(existsSync(leak)).toBe(false);
  });

  test('cannot make a baseline disappear', async () => {
    git('tag', 'penguins#production#1');
    await addToTraining(`import subprocess\nsubprocess.run(['git', 'tag', '-d', 'penguins#production#1'])`);
    expect((await modelgate(['run'])).code).toBe(1);
  });

  test('cannot lead evidence out of the repository by a link', async () => {
    await symlink(outside, join(penguins.folder, '.modelgate'));
    const { code, stderr } = await modelgate(['run']);
    expect(code).toBe(2);
    expect(stderr).toContain('leads out of the repository');
  });

  test('leaves no forged evidence behind when it fails', async () => {
    await addToTraining(`import pathlib, sys
folder = pathlib.Path('.modelgate/evidence')
folder.mkdir(parents=True, exist_ok=True)
(folder / 'evaluation.json').write_text('{}')
sys.exit(1)`);
    expect((await modelgate(['run'])).code).toBe(1);
    expect(existsSync(join(penguins.folder, '.modelgate/evidence/evaluation.json'))).toBe(false);
  });
});

describe('between the stages', () => {
  test.each<[string, string, (text: string) => string, string]>([
    [
      'an accuracy of 17',
      '.modelgate/evidence/evaluation.json',
      (text) => text.replace(/"value": 0\.98989\d*/, '"value": 17'),
      'is impossible',
    ],
    [
      'an accuracy that the confusion matrix denies',
      '.modelgate/evidence/evaluation.json',
      (text) => text.replace(/"value": 0\.98989\d*/, '"value": 1'),
      'confusion matrix',
    ],
    ['another model', 'out/model.json', (text) => `${text} `, 'has changed since'],
    ['other predictions', 'out/predictions.csv', (text) => `${text}\n`, 'has changed since'],
    ['other labels', 'data/test.csv', (text) => `${text}\n`, 'has changed since'],
    ['another contract', 'contracts/penguins.odcs.yaml', (text) => `${text}\n# later\n`, 'has changed since'],
  ])('%s is found by the gate', async (_what, file, forge, words) => {
    expect((await modelgate(['run', '--to', 'score'])).code).toBe(0);
    const text = await penguins.read(file);
    expect(forge(text)).not.toBe(text);
    await penguins.write(file, forge(text));
    const { code, stdout } = await modelgate(['gate']);
    expect(code).toBe(1);
    expect(stdout.replace(/\s+/g, ' ')).toContain(words);
  });
});
