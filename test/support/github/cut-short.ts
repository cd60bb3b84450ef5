import type { ServerResponse } from 'node:http';

/** Lets the connection end in the middle of an answer that told its length, or before the end of one that did not. */
export function cutShort(response: ServerResponse): void {
  response.end = ((last?: string | Buffer) => {
    const bytes = typeof last === 'string' || Buffer.isBuffer(last) ? Buffer.from(last) : Buffer.alloc(0);
    if (bytes.length > 0) response.write(bytes.subarray(0, Math.floor(bytes.length / 2)));
    else response.flushHeaders();
    // What was written still goes out.
    response.socket?.destroySoon();
    return response;
  }) as ServerResponse['end'];
}
