import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SILENT } from '../../../src/progress.ts';
import type { LocalFile } from '../../../src/registry/model-store.ts';
import { openOciStore } from '../../../src/registry/oci/store.ts';
import { ABOUT, writeModelFiles } from '../../support/oci-registry/model-files.ts';
import { installPython, type SecondOpinion } from '../../support/oci-registry/python.ts';
import { REGISTRY_PROGRAM, type RunningRegistry, startRegistry } from '../../support/oci-registry/registry.ts';

/** ORAS's own Python SDK; a client of ModelPack's that checks the description against the specification's schema. */
const PACKAGES = ['oras==0.2.43', 'modelpack-client==0.1.0'];

const ORAS = `
import sys, oras.client
print(len(oras.client.OrasClient(insecure=True).pull(target=sys.argv[1], outdir=sys.argv[2])))
`;
const MODELPACK = `
import sys
from modelpack_client import ModelPackClient
ModelPackClient(insecure=True).pull(sys.argv[1], sys.argv[2])
`;

describe.skipIf(REGISTRY_PROGRAM === undefined)('what we pushed is read by', () => {
  let folder: string;
  let registry: RunningRegistry;
  let python: SecondOpinion | undefined;
  let files: LocalFile[];
  let reference: string;
  const contents = {
    'model/weights.safetensors': randomBytes(2_000_000),
    'model/config.json': '{"layers": 3}',
    'model/train.py': 'print(1)\n',
    'README.md': '# churn\n',
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'modelgate-readers-'));
    registry = await startRegistry();
    python = await installPython(join(folder, 'python'), PACKAGES);
    files = await writeModelFiles(join(folder, 'ours'), contents);
    const repository = `${registry.host}/octo/churn`;
    const store = openOciStore({ repository, credentials: undefined, progress: SILENT });
    ({ reference } = await store.push(files, ABOUT));
  }, 240_000);
  afterAll(async () => {
    await registry.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function expectFiles(into: string): Promise<void> {
    for (const [path, content] of Object.entries(contents)) {
      expect(Buffer.compare(await readFile(join(into, path)), Buffer.from(content))).toBe(0);
    }
  }

  test('oras, by digest and by version', async ({ skip }) => {
    if (python === undefined) return skip('oras could not be installed');
    for (const target of [reference, `${registry.host}/octo/churn:v1.4.0`]) {
      const into = join(folder, `oras-${target.length}`);
      expect((await python.run(ORAS, [target, into])).trim()).toBe('4');
      await expectFiles(into);
    }
  });

  test('a client of ModelPack, which holds the description against the schema', async ({ skip }) => {
    if (python === undefined) return skip('modelpack-client could not be installed');
    const into = join(folder, 'modelpack');
    await python.run(MODELPACK, [`${registry.host}/octo/churn:v1.4.0`, into]);
    await expectFiles(into);
  });

  test('skopeo, which copies it whole', async ({ skip }) => {
    const into = join(folder, 'skopeo');
    const copy = ['copy', '--src-tls-verify=false', '--insecure-policy', `docker://${reference}`, `dir:${into}`];
    try {
      execFileSync('skopeo', ['--version'], { stdio: 'ignore' });
    } catch {
      return skip('skopeo is not installed');
    }
    execFileSync('skopeo', [...copy.slice(2, 3), ...copy.slice(0, 2), ...copy.slice(3)], { stdio: 'pipe' });
    for (const { sha256, file } of files) {
      const blob = await readFile(join(into, sha256.slice('sha256:'.length)));
      expect(Buffer.compare(blob, await readFile(file))).toBe(0);
    }
  });
});
