import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { computeDigest } from '../../src/evidence/digest.ts';
import { writeDocument } from '../../src/evidence/files.ts';
import { KINDS } from '../../src/evidence/schema/envelope.ts';
import { createEvidence } from '../support/evidence.ts';

const ROOT = join(import.meta.dirname, '../..');

test('the command in docs/evidence.md gives the digest by which documents name each other', async () => {
  const page = await readFile(join(ROOT, 'docs/evidence.md'), 'utf8');
  const script = /```sh digest\nnode -e '(.*?)' \S+\n```/s.exec(page)?.[1] ?? '';
  const folder = await mkdtemp(join(tmpdir(), 'modelgate-evidence-'));
  try {
    const evidence = createEvidence();
    for (const kind of KINDS) {
      const document = evidence[kind];
      if (!document) throw new Error(`no ${kind} in the example`);
      const path = await writeDocument(folder, document);
      const printed = execFileSync(process.execPath, ['-e', script, path], { encoding: 'utf8' });
      expect(printed.trim(), kind).toBe(computeDigest(document));
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
