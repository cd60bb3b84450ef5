import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ZipFile } from 'yazl';
import { type Unpacked, unpackArchive } from '../../src/github/archive.ts';
import type { ArchiveLimits } from '../../src/github/archive-entries.ts';

let folder: string;
let target: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modelgate-archive-'));
  target = await mkdtemp(join(folder, 'target-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

type Content = readonly (readonly [name: string, content: string | Buffer, mode?: number])[];

async function zip(content: Content, folders: readonly string[] = []): Promise<Buffer> {
  const file = new ZipFile();
  for (const name of folders) file.addEmptyDirectory(name);
  for (const [name, text, mode] of content) {
    file.addBuffer(Buffer.from(text), name, { ...(mode !== undefined && { mode }), mtime: new Date(0) });
  }
  file.end();
  return await buffer(file.outputStream);
}

/** Writes another name of the same length over one, as no honest program would. */
function rename(archive: Buffer, from: string, to: string): Buffer {
  const [before, after] = [Buffer.from(from), Buffer.from(to)];
  if (before.length !== after.length) throw new Error('The names differ in length');
  for (let at = archive.indexOf(before); at >= 0; at = archive.indexOf(before, at + 1)) after.copy(archive, at);
  return archive;
}

/** Changes the entry of the central directory, found by its signature (PKWARE APPNOTE 4.3.12). */
function alter(archive: Buffer, change: (entry: Buffer) => void): Buffer {
  change(archive.subarray(archive.indexOf(Buffer.from('504b0102', 'hex'))));
  return archive;
}

async function unpack(
  archive: Buffer,
  limits: Partial<ArchiveLimits> = {},
  expects = (_: string) => true,
): Promise<Unpacked> {
  const file = join(folder, 'archive.zip');
  await writeFile(file, archive);
  return await unpackArchive({ archive: file, folder: target, expects, limits });
}

/** The reason of a refusal, which must have left nothing. */
async function refusalOf(...args: Parameters<typeof unpack>): Promise<string> {
  const unpacked = await unpack(...args);
  expect(await readdir(target)).toEqual([]);
  expect((await readdir(folder)).filter((name) => !/^(archive\.zip|target-.*)$/.test(name))).toEqual([]);
  return unpacked.state === 'refused' ? unpacked.reason : 'not refused';
}

test('files come under numbers of ours, with size and digest, and folders are passed over', async () => {
  const text = 'id,predicted\n1,Gentoo\n';
  const unpacked = await unpack(
    await zip(
      [
        ['predictions.csv', text],
        ['evidence/training.json', '{}'],
      ],
      ['evidence/'],
    ),
  );
  const files = unpacked.state === 'read' ? unpacked.files : new Map();
  expect([...files.keys()]).toEqual(['predictions.csv', 'evidence/training.json']);
  const sha256 = createHash('sha256').update(text).digest('hex');
  expect(files.get('predictions.csv')).toEqual({ file: join(target, '0'), size: text.length, sha256 });
  expect(await readFile(join(target, '0'), 'utf8')).toBe(text);
  expect(await readdir(target)).toEqual(['0', '1']);
});

test.each([
  ['leaves the folder', '../../etc/x'],
  ['leaves the folder within', 'ok/../../xy'],
  ['starts at the root', '/etc/passwd'],
  ['starts at a drive', 'C:/windows/x'],
  ['has backslashes', '..\\..\\evil.'],
  ['has an empty part', 'evidence//x'],
  ['has a part that is a dot', 'evidence/./'.concat('x')],
  ['holds a NUL', 'evil\0.csv..'],
  ['holds a line break', 'evil\n.csv..'],
  ['hides in an alternate stream', 'x.csv:stream'],
])('an entry whose name %s is refused', async (_, name) => {
  const honest = 'n'.repeat(Buffer.byteLength(name));
  expect(await refusalOf(rename(await zip([[honest, 'x']]), honest, name))).toMatch(
    /plain path|character|fileName|path|absolute/,
  );
});

test('a link is refused, also where its content is harmless', async () => {
  expect(
    await refusalOf(
      await zip([
        ['ok.csv', 'a'],
        ['link.csv', '/etc/passwd', 0o120777],
      ]),
    ),
  ).toContain('is a link');
  expect(await refusalOf(await zip([['pipe', '', 0o010644]]))).toContain('special file');
});

test('an archive with one name too many is refused as a whole', async () => {
  const archive = await zip([
    ['predictions.csv', 'a'],
    ['modelgate.yml', 'gates: []'],
  ]);
  const reason = await refusalOf(archive, {}, (name) => name === 'predictions.csv');
  expect(reason).toBe('"modelgate.yml" does not belong there');
});

test.each([
  ['the same', 'a.csv', 'a.csv'],
  ['the same but for case', 'Data.csv', 'data.CSV'],
  ['the same but for how an accent is written', 'caf\u00e9.csv', 'cafe\u0301.csv'],
])('two names that are %s are refused', async (_, one, other) => {
  expect(
    await refusalOf(
      await zip([
        [one, '1'],
        [other, '2'],
      ]),
    ),
  ).toContain('two entries');
});

test('too many entries, too many bytes, too deep folders', async () => {
  const many = await zip(Array.from({ length: 5 }, (_, index) => [`${index}`, 'x'.repeat(100)] as const));
  expect(await refusalOf(many, { entries: 4 })).toBe('it has more than 4 entries');
  expect(await refusalOf(many, { bytes: 499 })).toBe('it unpacks to more than 499 bytes');
  expect(await refusalOf(await zip([['a/b/c/d/e/f/g/h', 'x']]))).toContain('deeper than');
  expect((await unpack(many, { entries: 5, bytes: 500 })).state).toBe('read');
});

test('a file that unpacks to many times its size is refused before a byte is written', async () => {
  const bomb = await zip([['predictions.csv', Buffer.alloc(20 * 1024 ** 2)]]);
  expect(bomb.length).toBeLessThan(100_000);
  expect(await refusalOf(bomb)).toContain('200 times');
});

test('a file that hides its size is cut off', async () => {
  const bomb = alter(await zip([['predictions.csv', Buffer.alloc(20 * 1024 ** 2)]]), (entry) =>
    entry.writeUInt32LE(100, 24),
  );
  expect(await refusalOf(bomb)).toMatch(/bytes/i);
});

test('an encrypted file, an unknown way of packing, and wrong content are refused', async () => {
  const one = () => zip([['predictions.csv', 'id,predicted\n']]);
  const encrypted = alter(await one(), (entry) => entry.writeUInt16LE(entry.readUInt16LE(8) | 1, 8));
  expect(await refusalOf(encrypted)).toContain('encrypted');
  expect(await refusalOf(alter(await one(), (entry) => entry.writeUInt16LE(93, 10)))).toContain('unknown way');
  expect(await refusalOf(alter(await one(), (entry) => entry.writeUInt32LE(1, 16)))).toMatch(/crc/i);
});

test.each([
  ['no archive at all', Buffer.from('<html>Service unavailable</html>')],
  ['nothing', Buffer.alloc(0)],
])('%s is refused', async (_, archive) => {
  expect(await refusalOf(archive)).not.toBe('not refused');
});

test('an archive that was cut off is refused', async () => {
  const whole = await zip([['predictions.csv', 'x'.repeat(10_000)]]);
  expect(await refusalOf(whole.subarray(0, whole.length - 10))).not.toBe('not refused');
});

test('a reason is short, and quotes a name so that it cannot end the line', async () => {
  const reason = await refusalOf(await zip([[`${'x'.repeat(3000)}"\u2028`, 'x']]), {}, () => false);
  expect(reason.length).toBeLessThanOrEqual(300);
});
