/** The ways in which a person, a shell or a runner asks a process to end. */
const REQUESTS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** So many requests are one request: what runs is given time to end and to clean up. The next one ends us at once. */
const PATIENCE = 3;

/** One aborted signal for every request to end; `close` stops listening. */
export function listenForEnd(): { signal: AbortSignal; close(): void } {
  const stop = new AbortController();
  let requests = 0;
  const close = () => {
    for (const name of REQUESTS) process.off(name, request);
  };
  function request(): void {
    requests += 1;
    stop.abort();
    if (requests >= PATIENCE) close();
  }
  for (const name of REQUESTS) process.on(name, request);
  return { signal: stop.signal, close };
}
