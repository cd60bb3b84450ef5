import { execFileSync } from 'node:child_process';
import { runAction } from '../action-io.ts';

await runAction(() => {
  const credentials = process.env['STATE_credentials'];
  if (!credentials) return;
  const { folder, key } = JSON.parse(credentials);
  execFileSync('git', ['-C', folder, 'config', '--local', '--unset-all', key]);
});
