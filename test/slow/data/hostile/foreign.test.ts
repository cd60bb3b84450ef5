import { execFileSync } from 'node:child_process';
import { chmod, readFile, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { contract, createFolder, type Files, writeParquet } from '../../../data/project.ts';
import { inspect } from './inspection.ts';

const SECONDS = 60;
const PEAK = 500;

async function createProject(path: string, files: Files, more: object = {}): Promise<string> {
  const data = { birds: { path, ...more } };
  return createFolder({ 'modelgate.yml': JSON.stringify({ version: 1, model: 'birds', data }), ...files });
}

async function inspectFolder(folder: string) {
  const found = await inspect(folder, SECONDS);
  expect(found.bug).toBeUndefined();
  expect(found.peak).toBeLessThan(PEAK);
  return found.problems?.map(({ file, found: what }) => [file, what]);
}

describe('a gzip bomb', () => {
  // A thousandth of its content.
  const bomb = gzipSync(Buffer.alloc(256 * 1024 * 1024, '1,2\n'));

  test.each([
    [
      'a.csv.gz',
      {},
      'modelgate.yml',
      'the name of a.csv.gz does not say whether it is csv, parquet or jsonl; files that are packed are not unpacked here',
    ],
    ['a.csv.gz', { format: 'csv' }, 'a.csv.gz', 'this file is compressed with gzip, and is not unpacked here'],
    ['a.csv', {}, 'a.csv', 'this file is compressed with gzip, and is not unpacked here'],
    ['a.jsonl', {}, 'a.jsonl', 'this file is compressed with gzip, and is not unpacked here'],
    ['a.parquet', {}, 'a.parquet', expect.stringContaining('this cannot be read as Parquet')],
  ])('called %s %j', async (name, more, file, found) => {
    expect(await inspectFolder(await createProject(name, { [name]: bomb }, more))).toEqual([[file, found]]);
  });
});

describe('Parquet', () => {
  const promise = contract([
    { name: 'a', logicalType: 'integer', unique: true },
    { name: 'b', logicalType: 'string' },
  ]);

  async function spoil(change: (bytes: Buffer) => Buffer) {
    const folder = await createProject('a.parquet', { 'c.yaml': promise }, { contract: 'c.yaml' });
    const path = join(folder, 'a.parquet');
    await writeParquet(path, `select range as a, md5(range::varchar) as b from range(100000)`);
    await writeFile(path, change(await readFile(path)));
    return inspectFolder(folder);
  }

  test('with damaged pages behind a sound footer', async () => {
    const problems = await spoil((bytes) => bytes.fill(0xa5, 100, 200_000));
    expect(problems).toEqual([['a.parquet', expect.stringContaining('this cannot be read as Parquet')]]);
  });

  test('cut off, with a footer that is none, and with a length that lies', async () => {
    for (const change of [
      (bytes: Buffer) => bytes.subarray(0, bytes.length / 2),
      (bytes: Buffer) => bytes.fill(0xff, bytes.length - 200, bytes.length - 8),
      (bytes: Buffer) => {
        bytes.writeUInt32LE(0x7fffffff, bytes.length - 8);
        return bytes;
      },
    ]) {
      expect(await spoil(change)).toEqual([['a.parquet', expect.stringContaining('this cannot be read as Parquet')]]);
    }
  });
});

describe('what is no file of the repository', () => {
  test('a pipe as data, as a contract, in a folder of data, and as modelgate.yml', async () => {
    const data = await createProject('pipe.csv', {});
    execFileSync('mkfifo', [join(data, 'pipe.csv')]);
    expect(await inspectFolder(data)).toEqual([['modelgate.yml', 'pipe.csv is not a file']]);

    const promise = await createProject('a.csv', { 'a.csv': 'a\n1\n' }, { contract: 'pipe.yaml' });
    execFileSync('mkfifo', [join(promise, 'pipe.yaml')]);
    expect(await inspectFolder(promise)).toEqual([['modelgate.yml', 'pipe.yaml is not a file']]);

    const folder = await createProject('d', { 'd/a.csv': 'a\n1\n' });
    execFileSync('mkfifo', [join(folder, 'd/pipe.csv')]);
    expect(await inspectFolder(folder)).toBeUndefined();

    const config = await createFolder({});
    execFileSync('mkfifo', [join(config, 'modelgate.yml')]);
    expect(await inspectFolder(config)).toEqual([
      [join(config, 'modelgate.yml'), 'this is neither a file nor a folder'],
    ]);
  });

  test('a link that leads out', async () => {
    for (const name of ['a.csv', 'a.jsonl', 'a.parquet']) {
      const folder = await createProject(name, {});
      await symlink('/etc/passwd', join(folder, name));
      expect(await inspectFolder(folder)).toEqual([
        ['modelgate.yml', `${name}: a symbolic link leads out of the repository`],
      ]);
    }
  });

  test('a file without rights', async (context) => {
    // Root may read everything.
    if (process.getuid?.() === 0) context.skip();
    const folder = await createProject('a.csv', { 'a.csv': 'a\n1\n' });
    await chmod(join(folder, 'a.csv'), 0);
    expect(await inspectFolder(folder)).toEqual([['a.csv', expect.stringContaining('cannot be read')]]);
  });
});

test('quotes, spaces and percent signs in a path are part of it', async () => {
  for (const name of ["it's.csv", 'a "b".csv', '50%20.csv', '$(x) `y`;.csv', '-a.csv', "'); DROP TABLE x; --.csv"]) {
    expect(await inspectFolder(await createProject(name, { [name]: 'a\n1\n' }))).toBeUndefined();
  }
});

test('in JSONL and in Parquet too', async () => {
  const name = `it's "a"); --`;
  expect(await inspectFolder(await createProject(`${name}.jsonl`, { [`${name}.jsonl`]: '{"a":1}\n' }))).toBeUndefined();
  const folder = await createProject(`${name}.parquet`, {});
  await writeParquet(join(folder, `${name}.parquet`), 'select 1 as a');
  expect(await inspectFolder(folder)).toBeUndefined();
});

test('bytes that are not UTF-8 in Parquet are told, and not shown', async () => {
  const promise = contract([{ name: 'a', logicalType: 'string', logicalTypeOptions: { minLength: 1 } }]);
  const folder = await createProject('a.parquet', { 'c.yaml': promise }, { contract: 'c.yaml' });
  const path = join(folder, 'a.parquet');
  await writeParquet(path, "select 'secret@@' as a");
  const bytes = (await readFile(path)).toString('latin1').replaceAll('@@', '\xff\xfe');
  await writeFile(path, Buffer.from(bytes, 'latin1'));
  expect(await inspectFolder(folder)).toEqual([
    ['a.parquet', expect.stringMatching(/^this cannot be read as Parquet: .*Invalid string encoding(?!.*secret)/)],
  ]);
});

test('a file that shrinks while it is read', async () => {
  const folder = await createProject('a.csv', { 'a.csv': `a,b\n${'1,2\n'.repeat(8_000_000)}` });
  const path = join(folder, 'a.csv');
  const running = inspectFolder(folder);
  let size = 32_000_000;
  const timer = setInterval(() => {
    size -= 4000;
    truncate(path, size).catch(() => {});
  }, 20);
  try {
    expect(await running).toEqual([['a.csv', 'this file changed while it was read']]);
  } finally {
    clearInterval(timer);
  }
});
