import { serveTasks } from '../threads.ts';
import { hashFile } from './file-hash.ts';

/** The program of a thread that hashes files: it is sent a path, and answers with the digest. */
serveTasks(hashFile);
