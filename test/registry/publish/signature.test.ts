import { generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { signPackage } from '../../../src/registry/provenance/signed-package.ts';
import { createKeySigner } from '../../../src/registry/provenance/signing-key.ts';
import { publishVersion } from '../../../src/registry/publish/publish.ts';
import { Place } from './place.ts';

const FILES = { 'a.bin': 'aaaa', 'b.bin': 'bbbb', 'evidence/verdict.json': '{}' };

test.each([
  ['while files are sent', 'repos/upload-release-asset', 4],
  ['before the event', 'git/create-commit', 1],
  ['after the event', 'git/create-tag', 1],
])(
  'a run that ended %s is finished by one that signs anew, and what is signed is not sent again',
  async (_, operation, nth) => {
    await using place = await Place.open();
    const sign = createKeySigner(
      generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
        .privateKey.export({ type: 'pkcs8', format: 'pem' })
        .toString(),
    );
    const packed = await place.pack(FILES);
    const first = await signPackage(packed, sign, join(place.folder, 'first'));
    const second = await signPackage(packed, sign, join(place.folder, 'second'));
    expect(second.contentDigest).toBe(first.contentDigest);
    expect(second.files.at(-1)?.sha256).not.toBe(first.files.at(-1)?.sha256);
    place.github.faults.add({ operation, nth, times: 1000, kind: 'status', status: 401 });
    await expect(publishVersion(place.options(first))).rejects.toThrow('the token is not valid');
    place.github.faults.clear();
    const before = place.releases.all[0]?.assets.filter(({ name }) => name.endsWith('.bin')).map(({ id }) => id);
    expect(await publishVersion(place.options(second))).toMatchObject({ state: 'published', version: 'v1.0.0' });
    const [release, ...others] = place.releases.all;
    expect(others).toEqual([]);
    expect(release?.assets.map(({ name }) => name).sort()).toEqual(
      ['a.bin', 'b.bin', 'checksums.txt', 'manifest.json', 'model.sig', 'verdict.json'].sort(),
    );
    expect(release?.assets.filter(({ name }) => name.endsWith('.bin')).map(({ id }) => id)).toEqual(
      expect.arrayContaining(before ?? []),
    );
    expect(await place.readEvents()).toHaveLength(1);
    expect(await publishVersion(place.options(second))).toMatchObject({ state: 'identical' });
  },
);
