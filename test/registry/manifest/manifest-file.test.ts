import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { UserMistake } from '../../../src/errors.ts';
import type { Manifest, ManifestFile } from '../../../src/evidence/schema/manifest.ts';
import { readManifest, renderChecksums, renderManifest } from '../../../src/registry/manifest/manifest-file.ts';
import { fakeDigest } from '../../support/evidence.ts';
import { createManifest } from '../versions/samples.ts';

const file = (path: string, overrides: Partial<ManifestFile> = {}): ManifestFile => {
  const sha256 = fakeDigest(path);
  const assets = [{ name: `${sha256.slice(7, 20)}.bin`, size: 5, sha256 }];
  return { path, role: 'model', mediaType: 'application/octet-stream', size: 5, sha256, assets, ...overrides };
};
const withFiles = (...files: ManifestFile[]): Manifest => createManifest({ files });

describe('a manifest', () => {
  test('is read as it was written', () => {
    const manifest = createManifest();
    expect(readManifest(renderManifest(manifest))).toEqual(manifest);
    expect(readManifest(Buffer.from(renderManifest(manifest)))).toEqual(manifest);
  });

  test('may hold an empty file, which is no asset', () => {
    const manifest = withFiles(file('a.bin'), file('empty', { size: 0, assets: [] }));
    expect(readManifest(renderManifest(manifest)).files[1]?.assets).toEqual([]);
  });

  test('may lie elsewhere, by digest', () => {
    const storage = { target: 'oci' as const, reference: `ghcr.io/octo/churn@sha256:${'a'.repeat(64)}` };
    const files = [file('big.bin', { assets: [] })];
    expect(readManifest(renderManifest(createManifest({ files, storage }))).storage).toEqual(storage);
    const loose = { ...storage, reference: 'ghcr.io/octo/churn:latest' };
    expect(() => readManifest(renderManifest(createManifest({ files, storage: loose })))).toThrow(/not by digest/);
  });

  const twice = file('one.bin');
  test.each<[string, unknown, RegExp]>([
    ['is no JSON', '{', /not JSON/],
    ['is no UTF-8', Buffer.from([0x22, 0xff, 0x22]), /not JSON/],
    ['has a key that nobody knows', { ...createManifest(), extra: 1 }, /additional properties/],
    ['is of a version that is to come', { ...createManifest(), schemaVersion: 2 }, /schemaVersion/],
    ['has no files', withFiles(), /files/],
    ['names no model', createManifest({ model: '../x' }), /no name of a model/],
    ['names no version', createManifest({ version: 'v1.0.0-01' }), /no version/],
    ['leads out of the folder', withFiles(file('../../etc/passwd')), /the part \.\./],
    ['leads out in the middle', withFiles(file('a/../../b')), /the part \.\./],
    ['is absolute', withFiles(file('/etc/passwd')), /absolute/],
    ['is absolute on Windows', withFiles(file('C:/x')), /absolute/],
    ['has a backslash', withFiles(file('..\\x')), /backslash/],
    ['writes into .git', withFiles(file('.git/hooks/post-checkout')), /lies in \.git/],
    ['writes to a device', withFiles(file('aux.txt')), /device/],
    ['hides its name', withFiles(file('a\u202egpj.exe')), /control character/],
    ['names a path twice', withFiles(file('a.bin'), file('a.bin', { assets: [] })), /stands twice/],
    ['names a path twice for some systems', withFiles(file('A.bin'), file('a.bin')), /stands twice/],
    ['names a path twice for Unicode', withFiles(file('\u00e9'), file('e\u0301')), /stands twice/],
    ['needs a file as a folder', withFiles(file('a'), file('a/b')), /is a file/],
    ['has sizes that do not add up', withFiles(file('a', { size: 6 })), /6 bytes, and its assets have 5/],
    ['has a file without bytes', withFiles(file('a', { assets: [] })), /5 bytes and no asset/],
    ['has another digest for the only part', withFiles(file('a', { sha256: fakeDigest('b') })), /different digests/],
    ['uses an asset twice', withFiles(twice, { ...twice, path: 'two.bin' }), /used twice/],
    [
      'uses the manifest as an asset',
      withFiles({ ...twice, assets: [{ name: 'MANIFEST.json', size: 5, sha256: twice.sha256 }] }),
      /reserved/,
    ],
    [
      'has an asset with a path',
      withFiles({ ...twice, assets: [{ name: '../x', size: 5, sha256: twice.sha256 }] }),
      /pattern/,
    ],
  ])('is refused that %s', (_case, value, expected) => {
    const bytes = typeof value === 'string' || Buffer.isBuffer(value) ? value : JSON.stringify(value);
    expect(() => readManifest(bytes)).toThrow(expected);
    expect(() => readManifest(bytes)).toThrow(UserMistake);
  });

  test('is refused before it is parsed when it is too large', () => {
    expect(() => readManifest(' '.repeat(33 * 1024 ** 2))).toThrow(/at most/);
  });

  test('does not let a name break the message', () => {
    expect(() => readManifest(JSON.stringify(withFiles(file('a\n::error::x'))))).toThrow(/"a\\n::error::x"/);
  });
});

test('the checksums are those that sha256sum checks', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'modelgate-checksums-'));
  try {
    const hash = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`;
    const assets = ['first part, ', 'second part'].map((text, index) => ({
      text,
      name: `big.bin.part000${index + 1}`,
    }));
    const parts = assets.map(({ text, name }) => ({ name, size: text.length, sha256: hash(text) }));
    const big = file('big.bin', { size: 23, sha256: hash('first part, second part'), assets: parts });
    const small = {
      ...file('s'),
      size: 5,
      sha256: hash('small'),
      assets: [{ name: 's', size: 5, sha256: hash('small') }],
    };
    const manifest = withFiles(big, small);
    for (const { text, name } of assets) await writeFile(join(folder, name), text);
    await writeFile(join(folder, 's'), 'small');
    await writeFile(join(folder, 'manifest.json'), renderManifest(manifest));
    await writeFile(join(folder, 'checksums.txt'), renderChecksums(manifest));
    const check = () =>
      execFileSync('sha256sum', ['-c', '--strict', 'checksums.txt'], { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
    expect(check().trim().split('\n')).toEqual([
      'big.bin.part0001: OK',
      'big.bin.part0002: OK',
      'manifest.json: OK',
      's: OK',
    ]);
    expect(renderChecksums(manifest)).toContain(`# ${big.sha256.slice(7)}  big.bin, its 2 parts joined in order`);
    await writeFile(join(folder, 's'), 'smell');
    expect(check).toThrow();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
