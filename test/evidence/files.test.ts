import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { UserMistake } from '../../src/errors.ts';
import { computeDigest } from '../../src/evidence/digest.ts';
import type { DocumentOf } from '../../src/evidence/document.ts';
import { createEnvelope } from '../../src/evidence/envelope.ts';
import { readDocument, readEvidence, removeDocuments, writeDocument } from '../../src/evidence/files.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modelgate-evidence-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function createData(instant: string): DocumentOf['data'] {
  const now = new Date(instant);
  const provenance = { model: 'penguins', commit: null, dirty: false, config: `sha256:${'a'.repeat(64)}` };
  return {
    ...createEnvelope({ kind: 'data', provenance: { ...provenance, now: () => now }, started: now, parents: [] }),
    outcome: 'pass',
    datasets: [],
    checks: [],
  };
}

describe('a document', () => {
  test('is read as it was written, and no temporary file stays', async () => {
    const document = createData('2026-11-22T09:00:00Z');
    await writeDocument(folder, document);
    expect(await readDocument(folder, 'data')).toEqual(document);
    expect(await readdir(join(folder, 'evidence'))).toEqual(['data.json']);
  });

  test('has the same digest whenever it was made', () => {
    const [morning, evening] = [createData('2026-11-22T09:00:00Z'), createData('2026-11-22T21:00:00Z')];
    expect(computeDigest(morning)).toBe(computeDigest(evening));
    expect(computeDigest(morning)).not.toBe(computeDigest({ ...morning, outcome: 'fail' }));
  });

  test('names its parents by their digests', () => {
    const parent = createData('2026-11-22T09:00:00Z');
    const now = () => new Date(0);
    const { model } = parent;
    const provenance = { model, commit: null, dirty: false, config: parent.subject.config, now };
    const child = createEnvelope({ kind: 'training', provenance, started: now(), parents: [parent, undefined] });
    expect(child.parents).toEqual([{ kind: 'data', sha256: computeDigest(parent) }]);
  });

  test('that breaks its schema is never written', async () => {
    const broken = { ...createData('2026-11-22T09:00:00Z'), outcome: 'maybe' } as unknown as DocumentOf['data'];
    await expect(writeDocument(folder, broken)).rejects.toThrow('breaks its schema');
    expect(await readEvidence(folder)).toEqual({});
  });

  test('that is not there is undefined', async () => {
    expect(await readDocument(folder, 'verdict')).toBeUndefined();
  });

  test('can be removed with those behind it, and with what a killed run left half-written', async () => {
    const path = await writeDocument(folder, createData('2026-11-22T09:00:00Z'));
    await writeFile(`${path}.1234.tmp`, '{');
    await removeDocuments(folder, ['data', 'training']);
    expect(await readdir(join(folder, 'evidence'))).toEqual([]);
  });
});

describe('a document that somebody touched is refused when it is read', () => {
  test.each<[string, (text: string) => string]>([
    ['no JSON', () => '{'],
    ['an unknown key', (text) => text.replace('"checks"', '"extra": 1,\n  "checks"')],
    ['a missing key', (text) => text.replace('"checks": [],', '')],
    ['another kind', (text) => text.replace('"kind": "data"', '"kind": "verdict"')],
    ['another schema version', (text) => text.replace('"schemaVersion": 1', '"schemaVersion": 2')],
    ['an outcome that does not exist', (text) => text.replace('"outcome": "pass"', '"outcome": "fine"')],
    ['a digest that is none', (text) => text.replace('sha256:a', 'sha256:x')],
  ])('%s', async (_what, touch) => {
    const path = await writeDocument(folder, createData('2026-11-22T09:00:00Z'));
    const text = await readFile(path, 'utf8');
    expect(touch(text)).not.toBe(text);
    await writeFile(path, touch(text));
    await expect(readDocument(folder, 'data')).rejects.toThrow(UserMistake);
  });

  test('a document over 64 MiB', async () => {
    await mkdir(join(folder, 'evidence'));
    await writeFile(join(folder, 'evidence', 'data.json'), Buffer.alloc(64 * 1024 * 1024 + 1, 32));
    await expect(readDocument(folder, 'data')).rejects.toThrow('at most');
  });
});

describe('a run folder that cannot be used is a mistake of the user', () => {
  test.each<[string, () => Promise<unknown>]>([
    ['written', () => writeDocument(join(folder, 'run'), createData('2026-11-22T09:00:00Z'))],
    ['read', () => readEvidence(join(folder, 'run'))],
    ['removed', () => removeDocuments(join(folder, 'run'), ['data'])],
  ])('a file in its place, when it is %s', async (done, use) => {
    await writeFile(join(folder, 'run'), '');
    const error: unknown = await use().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UserMistake);
    expect(String(error)).toContain(`cannot be ${done}: a part of its path is a file, not a folder`);
    expect(String(error)).toContain('--run-folder');
  });

  test('a file as its folder of evidence', async () => {
    await writeFile(join(folder, 'evidence'), '');
    await expect(writeDocument(folder, createData('2026-11-22T09:00:00Z'))).rejects.toThrow('a file stands where');
  });

  test('a folder in place of a document', async () => {
    await mkdir(join(folder, 'evidence', 'data.json'), { recursive: true });
    await expect(readDocument(folder, 'data')).rejects.toThrow(UserMistake);
    await expect(writeDocument(folder, createData('2026-11-22T09:00:00Z'))).rejects.toThrow('it is a folder');
    expect(await readdir(join(folder, 'evidence'))).toEqual(['data.json']);
  });
});
