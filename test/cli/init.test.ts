import { execFileSync } from 'node:child_process';
import { cp, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../support/program.ts';
import { createFolder, createRepository, modelgate } from './repository.ts';

const WRITTEN = ['.github/workflows/model.yml', '.gitignore', 'contracts/churn.odcs.yaml', 'modelgate.yml'];
const OWN = ['data/test.csv', 'predict.py'];

describe('modelgate init in a repository with a script that predicts', () => {
  test('writes files with which validate finds nothing wrong and run passes', async () => {
    const { folder, list } = await createRepository();
    const init = await modelgate(['init', '--yes', '--folder', folder]);
    expect([init.code, init.stderr]).toEqual([0, expect.stringContaining('+ modelgate.yml')]);
    expect(list()).toEqual([...WRITTEN, ...OWN].toSorted());
    const validate = await modelgate(['validate', '--config', folder]);
    expect([validate.code, validate.stderr]).toEqual([0, '']);
    const run = await modelgate(['run', '--config', folder]);
    expect([run.code, run.stdout]).toEqual([0, expect.stringContaining('beats-guessing')]);
    expect(list().filter((path) => path.startsWith('.modelgate/'))).not.toEqual([]);
    const shown = execFileSync('git', ['status', '--porcelain', '-uall'], { cwd: folder, encoding: 'utf8' });
    expect(shown.match(/\S+$/gm)?.toSorted()).toEqual([...WRITTEN, ...OWN].toSorted());
  });

  test('asks for more than a model that always gives the same answer reaches', async () => {
    const { folder, read, write } = await createRepository();
    await modelgate(['init', '--yes', '--folder', folder]);
    await write('predict.py', (await read('predict.py')).replace(/"yes" if .* else "no"/, '"no"'));
    const { code, stdout } = await modelgate(['run', '--config', folder]);
    expect([code, stdout]).toEqual([1, expect.stringContaining('beats-guessing')]);
  });

  test('says what comes next: try it, commit, and which check to require', async () => {
    const { folder } = await createRepository();
    const { stdout } = await modelgate(['init', '--yes', '--folder', folder]);
    expect(stdout).toMatch(/1\. Try it now: .* run --config /);
    expect(stdout).toContain('Commit the files and open a pull request to main.');
    expect(stdout).toContain('Require the check `modelgate`');
  });

  test('warns that a test set which git ignores is in no workflow', async () => {
    const { folder } = await createRepository({ '.gitignore': 'data/\n' });
    const { stdout } = await modelgate(['init', '--yes', '--folder', folder]);
    expect(stdout).toContain('Let git keep data/test.csv');
  });

  test('finds its way in the penguins example, training and all', async () => {
    const folder = await createFolder();
    const none = /[/\\](out|\.modelgate|__pycache__|contracts|governance|modelgate\.yml)$/;
    await cp(join(ROOT, 'examples/penguins'), folder, { recursive: true, filter: (path) => !none.test(path) });
    execFileSync('git', ['init', '--quiet', '--initial-branch=main'], { cwd: folder });
    expect((await modelgate(['init', '--yes', '--folder', folder])).code).toBe(0);
    const { code, stdout } = await modelgate(['run', '--config', folder]);
    expect([code, stdout]).toEqual([0, expect.stringContaining('Balanced accuracy')]);
  });
});

describe('files that are there', () => {
  test('are listed all at once, and nothing is written', async () => {
    const { folder, list } = await createRepository({
      'modelgate.yml': 'version: 1\n',
      '.github/workflows/model.yml': 'name: mine\n',
    });
    const before = list();
    const { code, stderr } = await modelgate(['init', '--yes', '--folder', folder]);
    expect(code).toBe(2);
    expect(stderr).toContain('modelgate.yml: this file is there already');
    expect(stderr).toContain('.github/workflows/model.yml: this file is there already');
    expect(stderr).toContain('--force');
    expect(list()).toEqual(before);
  });

  test('are replaced with --force, which leaves no other trace', async () => {
    const { folder, list, read } = await createRepository({ 'modelgate.yml': 'version: 1\n' });
    const { code, stderr } = await modelgate(['init', '--yes', '--force', '--folder', folder]);
    expect([code, stderr]).toEqual([0, expect.stringContaining('! modelgate.yml (replaced)')]);
    expect(await read('modelgate.yml')).toContain('model: churn');
    expect(list()).toEqual([...WRITTEN, ...OWN].toSorted());
  });

  test('that init itself wrote are left as they are', async () => {
    const { folder } = await createRepository();
    await modelgate(['init', '--yes', '--folder', folder]);
    const { code, stderr } = await modelgate(['init', '--yes', '--folder', folder]);
    expect([code, stderr]).toEqual([0, expect.stringContaining('= modelgate.yml (as it is)')]);
  });

  test('called .gitignore keep their lines and their line ends, and get those that are missing', async () => {
    const { folder, read } = await createRepository({ '.gitignore': '*.pyc\r\n/out' });
    expect((await modelgate(['init', '--yes', '--folder', folder])).code).toBe(0);
    expect(await read('.gitignore')).toBe('*.pyc\r\n/out\r\n.modelgate/\r\n');
  });

  test('are not reached through a link that leads out of the repository', async () => {
    const { folder } = await createRepository();
    const outside = await createFolder();
    await symlink(outside, join(folder, 'contracts'));
    const { code, stderr } = await modelgate(['init', '--yes', '--force', '--folder', folder]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('contracts is a symbolic link out of the repository')]);
  });

  test('are only printed with --dry-run', async () => {
    const { folder, list } = await createRepository();
    const { code, stdout } = await modelgate(['init', '--yes', '--dry-run', '--folder', folder]);
    expect([code, list()]).toEqual([0, OWN]);
    for (const path of WRITTEN) expect(stdout).toContain(`==> ${path}\n`);
  });
});

describe('everything that is wrong is said at once, each with what to do', () => {
  test('without a terminal: every flag that is missing, with what is suggested for it', async () => {
    const { folder, list } = await createRepository();
    const { code, stderr } = await modelgate(['init', '--folder', folder]);
    expect([code, list()]).toEqual([2, OWN]);
    const missing = [...stderr.matchAll(/^(--[a-z-]+) is missing/gm)].map(([, flag]) => flag);
    expect(missing).toEqual(
      '--model --labels --id --label --task --positive --train --predict --predictions --prediction --train-runner --installer --forks --default-branch'.split(
        ' ',
      ),
    );
    expect(stderr).toContain("Suggested: --predict 'python3 predict.py'.");
    expect(stderr).toContain('--yes');
    const suggested = [...stderr.matchAll(/Suggested: (.*)\.$/gm)].flatMap(([, flag = '']) =>
      [...flag.matchAll(/'([^']*)'|\S+/g)].map(([word, quoted]) => quoted ?? word),
    );
    expect((await modelgate(['init', '--folder', folder, ...suggested])).code).toBe(0);
  });

  test('misspelt flags, an unknown task, no test set, no repository', async () => {
    const folder = await createFolder();
    const wrong = ['--modle', 'x', '--task', 'clasification', '--labels', 'test.csv', '--model', 'a b', 'stray'];
    const { code, stderr } = await modelgate(['init', '--yes', '--folder', folder, ...wrong]);
    expect(code).toBe(2);
    expect(stderr).toContain('there is no flag --modle\n    Did you mean `--model`?');
    expect(stderr).toContain('"stray" belongs to no flag');
    expect(stderr).toContain('is in no git repository\n    Workflows run in a repository: `git init`');
    expect(stderr).toContain('--labels: test.csv cannot be read: it is not there\n    Paths are relative to --folder.');
    expect(stderr).toMatch(/--task: it is "clasification"\n {4}.*binary-classification/);
    expect(stderr).toContain('--model: the name "a b" has something else in it');
    expect(stderr).toContain('--predict is missing');
  });

  test('columns and tasks that do not fit the test set, and files in the way', async () => {
    const { folder } = await createRepository({ 'modelgate.yml': 'x', '.github': 'a file' });
    const wrong = ['--id', 'plan', '--label', 'usage', '--task', 'binary-classification', '--positive', 'yes'];
    const { code, stderr } = await modelgate(['init', '--yes', '--folder', folder, ...wrong]);
    expect(code).toBe(2);
    expect(stderr).toContain('`plan` of data/test.csv does not tell rows apart: some rows have the same value');
    expect(stderr).toContain('Every row has a value of its own in `id`');
    expect(stderr).toContain('two classes, and the column `usage` has 20 values');
    expect(stderr).toContain('.github is a file, and a folder is needed');
    expect(stderr).toContain('modelgate.yml: this file is there already');
  });

  test('rows without a truth, a class that is none, and flags that have no use', async () => {
    const { folder, read, write } = await createRepository();
    await write('data/test.csv', (await read('data/test.csv')).replace(/,yes\n/, ',\n'));
    const init = (...flags: string[]) => modelgate(['init', '--yes', '--folder', folder, ...flags]);
    expect((await init()).stderr).toContain('but 1 rows of data/test.csv have no value in the column `churned`');
    const other = ['--label', 'plan', '--positive', 'gold', '--train', '', '--model-file', 'out/model.pkl'];
    const { stderr } = await init(...other);
    expect(stderr).toContain('--positive: it is "gold"');
    const idle = await init('--label', 'plan', '--train', '', '--model-file', 'out/model.pkl');
    expect([idle.code, idle.stderr]).toEqual([2, expect.stringContaining('--model-file has no use here')]);
  });

  test('a test set that cannot be read in one way only', async () => {
    const { folder } = await createRepository({ 'data/test.csv': 'id,churned\n1,yes\n2,no,maybe\n' });
    const { code, stderr } = await modelgate(['init', '--yes', '--folder', folder]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('data/test.csv:3: 3 values')]);
  });

  test('a folder that is not there', async () => {
    const folder = await createFolder();
    await rm(folder, { recursive: true });
    const { code, stderr } = await modelgate(['init', '--yes', '--folder', folder]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('cannot be used: it is not there')]);
  });
});
