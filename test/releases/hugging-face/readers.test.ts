import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SILENT } from '../../../src/progress.ts';
import { pushToHub } from '../../../src/registry/hugging-face/push.ts';
import { startHub } from '../../support/hub/hub.ts';
import { writeModelFiles } from '../../support/oci-registry/model-files.ts';
import { installPython } from '../../support/oci-registry/python.ts';

const READ = `
import json, sys
from huggingface_hub import HfApi, ModelCard, snapshot_download
repository, into = sys.argv[1:]
snapshot_download(repository, revision="v1.4.0", local_dir=into, token=False)
refs = HfApi().list_repo_refs(repository)
data = ModelCard.load(into + "/README.md").data
print(json.dumps({
    "tags": [[tag.name, tag.target_commit] for tag in refs.tags],
    "title": HfApi().list_repo_commits(repository, revision="v1.4.0")[0].title,
    "license": data.license,
    "results": [[r.metric_type, r.metric_value, r.dataset_name, r.verified, r.source_url] for r in data.eval_results],
}))
`;

test('Python’s huggingface_hub downloads the version by its tag, and reads our metrics as unverified', async ({
  skip,
}) => {
  const folder = await mkdtemp(join(tmpdir(), 'modelgate-hf-'));
  const hub = await startHub({ partBytes: 1024 * 1024 });
  try {
    const python = await installPython(join(folder, 'python'), ['huggingface_hub==2.4.0']);
    if (python === undefined) return skip('huggingface_hub could not be installed');
    hub.addRepository('octo-org/churn');
    const contents = { 'weights.bin': randomBytes(3_000_000), 'sub/config.json': '{}' };
    const files = await writeModelFiles(join(folder, 'ours'), contents);
    const releaseUrl = 'https://github.com/octo-org/models/releases/tag/churn@v1.4.0';
    const { commit } = await pushToHub({
      repository: 'octo-org/churn',
      token: hub.token,
      hubUrl: hub.url,
      model: 'churn',
      version: 'v1.4.0',
      contentDigest: 'sha256:c',
      releaseUrl,
      card: '---\nlicense: mit\n---\n# Churn\n',
      metrics: [{ name: 'accuracy', value: 0.91, dataset: 'test' }],
      files,
      progress: SILENT,
    });
    const into = join(folder, 'theirs');
    const environment = { HF_ENDPOINT: hub.url, HF_HUB_DISABLE_XET: '1', HF_HUB_DISABLE_TELEMETRY: '1' };
    expect(JSON.parse(await python.run(READ, ['octo-org/churn', into], environment))).toEqual({
      tags: [['v1.4.0', commit]],
      title: 'churn v1.4.0',
      license: 'mit',
      results: [['accuracy', 0.91, 'test', null, releaseUrl]],
    });
    for (const [path, content] of Object.entries(contents)) {
      expect(Buffer.compare(await readFile(join(into, path)), Buffer.from(content))).toBe(0);
    }
  } finally {
    await hub.stop();
    await rm(folder, { recursive: true, force: true });
  }
});
