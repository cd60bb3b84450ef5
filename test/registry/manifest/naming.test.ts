import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nameAssets, nameParts } from '../../../src/registry/manifest/naming.ts';
import { choosePartLimit, MAX_ASSET_BYTES, PART_BYTES, planParts } from '../../../src/registry/manifest/parts.ts';

const name = (...paths: string[]) => [...nameAssets(paths).values()];

describe('the names of assets', () => {
  test('are the last parts of the paths where GitHub keeps them', () => {
    expect(name('out/model.json', 'evidence/verdict.json', 'MODEL_CARD.md', 'a_b-c.tar.gz')).toEqual([
      'model.json',
      'verdict.json',
      'MODEL_CARD.md',
      'a_b-c.tar.gz',
    ]);
  });

  test.each([
    ['two files of one name', ['a/model.bin', 'b/model.bin'], /^model-[0-9a-f]{8}\.bin$/],
    ['names that differ by case', ['Model.bin', 'model.bin'], /^[Mm]odel-[0-9a-f]{8}\.bin$/],
    ['a leading dot', ['.env'], /^env-[0-9a-f]{8}$/],
    ['a dot at the end', ['odd.'], /^odd-[0-9a-f]{8}$/],
    ['blanks and letters of other scripts', ['mein Modell ü.bin'], /^mein-Modell-[0-9a-f]{8}\.bin$/],
    ['nothing that GitHub keeps', ['模型'], /^file-[0-9a-f]{8}$/],
    ['our manifest', ['sub/Manifest.JSON'], /^Manifest-[0-9a-f]{8}\.JSON$/],
    ['our checksums', ['checksums.txt'], /^checksums-[0-9a-f]{8}\.txt$/],
    ['a part of another file', ['model.bin.part0001'], /^model-[0-9a-f]{8}/],
    ['an attestation', ['x.sigstore.json'], /^x-[0-9a-f]{8}$/],
    ['a shell', ['$(rm -rf).sh', 'a;b.sh'], /^[a-z-]+-[0-9a-f]{8}\.sh$/],
    ['a name that is too long', [`${'x'.repeat(300)}.bin`], /^x{80,120}-[0-9a-f]{8}\.bin$/],
  ])('avoid %s', (_case, paths, expected) => {
    for (const made of name(...paths)) expect(made).toMatch(expected);
  });

  test('are good, each its own, and the same in whatever order the files come', () => {
    const segment = fc.oneof(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).filter((text) => !text.includes('/')),
      fc.constantFrom('model.bin', 'Model.bin', 'manifest.json', 'model.bin.part1', '.x', 'x.', 'a..b'),
    );
    const path = fc.array(segment, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
    fc.assert(
      fc.property(fc.uniqueArray(path, { maxLength: 30 }), (paths) => {
        const names = nameAssets(paths);
        expect(names.size).toBe(paths.length);
        expect(new Set([...names.values()].map((one) => one.toLowerCase())).size).toBe(paths.length);
        for (const one of names.values()) expect(one).toMatch(/^[A-Za-z0-9][A-Za-z0-9._-]{0,230}(?<!\.)$/);
        const reversed = nameAssets([...paths].reverse());
        expect(paths.map((one) => reversed.get(one))).toEqual(paths.map((one) => names.get(one)));
      }),
    );
  });
});

describe('parts', () => {
  test('cover the file without a gap', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 1, max: 4000 }), (size, limit) => {
        let end = 0;
        for (const { start, length } of planParts(size, limit)) {
          expect(start).toBe(end);
          expect(length).toBeGreaterThan(0);
          expect(length).toBeLessThanOrEqual(limit);
          end += length;
        }
        expect(end).toBe(size);
      }),
    );
  });

  test('sort in their order, so that a shell joins them', () => {
    const names = nameParts('model.bin', 1200);
    expect([...names].sort()).toEqual(names);
    expect(nameParts('model.bin', 1)).toEqual(['model.bin']);
    expect(nameParts('empty', 0)).toEqual([]);
  });

  test('are 512 MiB, and larger where a release would have more than 300 assets', () => {
    const gib = 1024 ** 3;
    expect(choosePartLimit([6 * gib, 10])).toBe(PART_BYTES);
    expect(choosePartLimit([140 * gib], 20)).toBe(PART_BYTES);
    expect(choosePartLimit([141 * gib], 20)).toBe(gib);
    expect(choosePartLimit([600 * gib], 20)).toBe(MAX_ASSET_BYTES);
    expect(choosePartLimit([1900 * gib])).toBe(MAX_ASSET_BYTES);
    expect(() => choosePartLimit([2100 * gib])).toThrow(/GitHub takes 1000[\s\S]*target: oci/);
    expect(() => choosePartLimit(Array(1001).fill(1))).toThrow(/1001 assets/);
  });
});
