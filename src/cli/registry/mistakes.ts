import { UserMistake } from '../../errors.ts';

/** Does everything, and throws every mistake at once; what is no mistake of the user's is thrown first. */
export async function refuseAll<Done extends unknown[]>(
  ...work: { [Index in keyof Done]: () => Done[Index] | Promise<Done[Index]> }
): Promise<Done> {
  const done = await Promise.allSettled(work.map(async (one) => one()));
  const faults = done.flatMap((one): unknown[] => (one.status === 'rejected' ? [one.reason] : []));
  const stranger = faults.find((fault) => !(fault instanceof UserMistake));
  if (stranger !== undefined) throw stranger;
  const problems = faults.flatMap((fault) => (fault instanceof UserMistake ? fault.problems : []));
  if (problems.length > 0) throw new UserMistake(problems);
  return done.map((one) => (one.status === 'fulfilled' ? one.value : undefined)) as Done;
}
