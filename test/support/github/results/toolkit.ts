import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import type { CacheScope } from './cache-scopes.ts';
import { createResultsService } from './service.ts';

/** A server of results alone, and the environment that a runner gives to a job. */
export async function startToolkit() {
  let now = new Date('2027-03-01T12:00:00Z');
  let origin = '';
  const results = createResultsService({ origin: () => origin, now: () => now });
  const calls: string[] = [];
  const server = createServer((request, response) => {
    calls.push(`${request.method} ${request.url?.replace(/^.*\//, '')}`);
    results.handle(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const folder = await mkdtemp(join(tmpdir(), 'modelgate-results-'));
  const log: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => log.push(String(text)) > 0);
  vi.stubEnv('ACTIONS_RESULTS_URL', `${origin}/`);
  vi.stubEnv('ACTIONS_CACHE_SERVICE_V2', 'true');
  vi.stubEnv('GITHUB_SERVER_URL', 'http://github.localhost');
  vi.stubEnv('GITHUB_WORKSPACE', folder);
  vi.stubEnv('RUNNER_TEMP', join(folder, 'temp'));
  // Both packages read some of the environment while they load.
  const { DefaultArtifactClient } = await import('@actions/artifact');
  const cache = await import('@actions/cache');
  return {
    results,
    folder,
    /** What the packages wrote for the log of the job. */
    log,
    calls,
    artifact: new DefaultArtifactClient(),
    cache,
    /** From here on the packages run as this job. */
    becomeJob(runId: number, options: { job?: string; attempt?: number; cacheScope?: CacheScope } = {}): string {
      const token = results.createRuntimeToken({ runId, job: 'build', ...options });
      vi.stubEnv('ACTIONS_RUNTIME_TOKEN', token);
      return token;
    },
    moveClock(days: number): void {
      now = new Date(now.getTime() + days * 86_400_000);
    },
    async [Symbol.asyncDispose]() {
      vi.restoreAllMocks();
      vi.unstubAllEnvs();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export const createNoise = (bytes: number): Buffer => randomBytes(bytes);

export const computeHash = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
