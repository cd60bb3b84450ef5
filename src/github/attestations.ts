import type { Client } from './client.ts';
import { ask } from './faults.ts';
import { unlessMissing } from './missing.ts';
import { nameParameters, type RepositoryName } from './repository.ts';

/** GitHub gives 100 at once; nobody attests a file so often. */
const LIMIT = 100;

/**
 * The attestations of a file by its digest, `sha256:…`: bundles of Sigstore's as GitHub stores them, unverified. None where
 * GitHub has none, as in private repositories without the plan for them.
 */
export async function listAttestations(client: Client, repository: RepositoryName, digest: string): Promise<unknown[]> {
  return await ask({ doing: `list the attestations of ${digest}`, needs: 'attestations: read' }, async () => {
    const place = { ...nameParameters(repository), subject_digest: digest, per_page: LIMIT };
    const answer = await unlessMissing(() => client.rest.repos.listAttestations(place));
    return (answer?.data.attestations ?? []).flatMap(({ bundle }) => bundle ?? []);
  });
}
