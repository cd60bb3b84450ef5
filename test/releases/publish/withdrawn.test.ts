import { expect, test } from 'vitest';
import { publishVersion } from '../../../src/registry/publish/publish.ts';
import { Place } from '../../registry/publish/place.ts';
import { readGit } from '../../support/github/git/commands.ts';

const FILES = { 'model.bin': 'weights', 'evidence/verdict.json': '{}' };

test.each([true, false])(
  'what was withdrawn comes back only as the next number, and the release says so (immutable releases: %s)',
  async (immutable) => {
    await using place = await Place.open();
    place.releases.immutable = immutable;
    await publishVersion(place.options(await place.pack(FILES)));
    place.releases.all.splice(0);
    await place.moveOn();
    const planned = await publishVersion(place.options(await place.pack(FILES), { dryRun: true }));
    expect(planned).toMatchObject({
      version: 'v1.1.0',
      reason: expect.stringMatching(/v1\.0\.0 held the same and was withdrawn/),
    });
    const warned: string[] = [];
    const options = place.options(await place.pack(FILES));
    const progress = { ...options.progress, warn: (text: string) => void warned.push(text) };
    const again = await publishVersion({ ...options, progress });
    expect(again).toMatchObject({ state: 'published', version: 'v1.1.0' });
    expect(warned).toEqual(['churn@v1.0.0 held the same and was withdrawn: this becomes churn@v1.1.0']);
    expect(await publishVersion(options)).toMatchObject({ state: 'identical', version: 'v1.1.0' });
    expect((await place.readEvents()).map(({ id }) => id.split(':').at(-1))).toEqual([expect.any(String), '2']);
  },
);

test('a release that is gone with its tag, whose name is burnt, is no dead end', async () => {
  await using place = await Place.open();
  place.releases.immutable = true;
  const made = await place.pack(FILES);
  await publishVersion(place.options(made));
  place.releases.all.splice(0);
  await readGit(place.repository.folder, ['update-ref', '-d', 'refs/tags/churn@v1.0.0']);
  expect(await publishVersion(place.options(made))).toMatchObject({ state: 'published', version: 'v1.1.0' });
});

test('on the commit of the withdrawn version nothing is published while its tag is there, and it says what to do', async () => {
  await using place = await Place.open();
  const made = await place.pack(FILES);
  await publishVersion(place.options(made));
  place.releases.all.splice(0);
  await expect(publishVersion(place.options(made))).rejects.toThrow(
    /is churn@v1\.0\.0 already.*withdrawn: make another commit/s,
  );
});

test('a run that ended between its tag and its publishing has withdrawn nothing', async () => {
  await using place = await Place.open();
  const made = await place.pack(FILES);
  place.github.faults.add({ operation: 'repos/update-release', times: 1000, kind: 'status', status: 401 });
  await expect(publishVersion(place.options(made))).rejects.toThrow('not valid');
  place.github.faults.clear();
  expect(await publishVersion(place.options(made))).toMatchObject({ state: 'published', version: 'v1.0.0' });
});

test('drafts of what is published meanwhile are removed, and nobody else’s', async () => {
  await using place = await Place.open();
  const made = await place.pack(FILES);
  await publishVersion(place.options(made, { phase: 'prepare' }));
  const [draft] = place.releases.all;
  if (draft === undefined) throw new Error('nothing was prepared');
  const [leftover, other] = [1, 2].map((id) => ({ ...draft, id, assets: [] }));
  if (leftover === undefined || other === undefined) throw new Error('nothing was copied');
  await publishVersion(place.options(made));
  place.releases.all.push(leftover, { ...other, body: 'Somebody else’s' });
  expect(await publishVersion(place.options(made))).toMatchObject({ state: 'identical' });
  expect(place.releases.all.map(({ id, draft: isDraft }) => [id, isDraft])).toEqual([
    [draft.id, false],
    [2, true],
  ]);
});
