import { parentPort } from 'node:worker_threads';
import { hashFile } from './file-hash.ts';
import type { HashAnswer } from './parallel-hash.ts';

/** The program of a thread that hashes files: it is sent a path, and answers with the digest. */
parentPort?.on('message', (path: string) => {
  const answer = (message: HashAnswer) => parentPort?.postMessage(message);
  hashFile(path).then(
    (hash) => answer({ hash }),
    (fault: Error) => answer({ fault }),
  );
});
