import { afterAll, beforeAll, test } from 'vitest';
import { type Cluster, findPrograms, startCluster } from './cluster.ts';

const programs = await findPrograms();
if (programs === undefined)
  console.warn('PostgreSQL is not installed here (apt-get install postgresql): its ring does not run.');

/** A test that runs where PostgreSQL is installed, and is skipped elsewhere. */
export const ring = test.skipIf(programs === undefined);

/** Starts a server for the tests of a file, and stops it after them. */
export function useCluster(): () => Cluster {
  let cluster: Cluster | undefined;
  beforeAll(async () => {
    if (programs !== undefined) cluster = await startCluster(programs);
  });
  afterAll(() => cluster?.stop());
  return () => {
    if (!cluster) throw new Error('there is no server');
    return cluster;
  };
}
