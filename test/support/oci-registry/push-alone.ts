// Pushes one file to a registry in a process of its own, or reads it back, and says how much memory that took.
import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { SILENT } from '../../../src/progress.ts';
import { openOciStore } from '../../../src/registry/oci/store.ts';
import { ABOUT } from './model-files.ts';

const [doing = '', repository = '', path = '', size = '', sha256 = '', reference = ''] = process.argv.slice(2);
const file = { path, file: path, mediaType: 'application/octet-stream', size: Number(size), sha256 };
const store = openOciStore({ repository, credentials: undefined, progress: SILENT });

if (doing === 'push') {
  const pushed = await store.push([file], ABOUT);
  report({ reference: pushed.reference });
} else {
  const hash = createHash('sha256');
  await pipeline(await store.open(reference, { ...file, role: 'model', assets: [] }, 0), hash);
  report({ sha256: `sha256:${hash.digest('hex')}` });
}

function report(result: object): void {
  // Kilobytes, as getrusage counts them.
  console.log(JSON.stringify({ ...result, peakMb: Math.round(process.resourceUsage().maxRSS / 1024) }));
}
