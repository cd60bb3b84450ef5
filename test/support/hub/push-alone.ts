// Copies one file to a Hub in a process of its own, and says how much memory that took.
import { SILENT } from '../../../src/progress.ts';
import { pushToHub } from '../../../src/registry/hugging-face/push.ts';

const [hubUrl = '', token = '', repository = '', file = '', size = '', sha256 = ''] = process.argv.slice(2);
const local = { path: 'weights.bin', file, mediaType: 'application/octet-stream', size: Number(size), sha256 };
const pushed = await pushToHub({
  repository,
  token,
  hubUrl,
  model: 'churn',
  version: 'v1.4.0',
  contentDigest: sha256,
  releaseUrl: 'https://github.com/octo-org/models/releases/tag/churn@v1.4.0',
  card: '# Churn\n',
  metrics: [],
  files: [local],
  progress: SILENT,
});
// Kilobytes, as getrusage counts them.
console.log(JSON.stringify({ ...pushed, peakMb: Math.round(process.resourceUsage().maxRSS / 1024) }));
