import type { Client } from './client.ts';
import { ask } from './faults.ts';
import { isUncertain } from './persistence.ts';
import { nameParameters, type RepositoryName } from './repository.ts';

/** docs.github.com/rest/repos/repos (create a repository dispatch event): keys of the payload, and its bytes. */
const KEYS = 10;
const BYTES = 65_536;
const SENDS = 3;

/**
 * Tells the repository's workflows that something happened, at least once: nothing tells whether one arrived, so what
 * may be lost is sent again, and whoever listens must know a repetition by what is in the payload. Such an event starts
 * workflows even with the token of a job.
 */
export async function sendDispatch(
  client: Client,
  repository: RepositoryName,
  type: string,
  payload: Readonly<Record<string, unknown>>,
): Promise<void> {
  if (Object.keys(payload).length > KEYS) throw new Error(`A dispatch has at most ${KEYS} keys`);
  if (Buffer.byteLength(JSON.stringify(payload)) >= BYTES) throw new Error(`A dispatch has less than ${BYTES} bytes`);
  await ask({ doing: `send the dispatch ${type}`, needs: 'contents: write' }, async () => {
    for (let sent = 1; ; sent++) {
      try {
        const place = { ...nameParameters(repository), event_type: type };
        await client.rest.repos.createDispatchEvent({ ...place, client_payload: { ...payload } });
        return;
      } catch (error) {
        if (!isUncertain(error) || sent === SENDS) throw error;
        await client.pause(sent);
      }
    }
  });
}
