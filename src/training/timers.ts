/** Calls back once after some seconds, unless cancelled. Passed in, so that tests need not wait. */
export type After = (seconds: number, call: () => void) => () => void;

/** The longest delay that setTimeout keeps, in seconds: 2^31 - 1 milliseconds; a longer one would end at once. */
const LONGEST_SECONDS = 2_147_483;

/** The real clock. */
export const afterRealTime: After = (seconds, call) => {
  let timer: NodeJS.Timeout;
  const wait = (left: number): void => {
    const now = Math.min(left, LONGEST_SECONDS);
    timer = setTimeout(() => (left > now ? wait(left - now) : call()), now * 1000);
  };
  wait(seconds);
  return () => clearTimeout(timer);
};
