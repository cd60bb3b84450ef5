import { UserMistake } from '../../errors.ts';
import { type Delays, waitSeconds } from '../../github/delays.ts';
import { isLoopback } from '../oci/reference.ts';

export interface HubTransport {
  /** `https://huggingface.co`, or a mirror of the user's own (HF_ENDPOINT). Without a final slash. */
  readonly hubUrl: string;
  readonly fetch: typeof fetch;
  readonly delays: Delays;
  readonly signal: AbortSignal | undefined;
}

const TRIES = 4;

/** Checks the address of a Hub. Throws UserMistake of one without encryption that is not this machine. */
export function checkHubUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.host))) {
    return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
  }
  throw new UserMistake({
    found: `\`${text.slice(0, 200)}\` is no address of a Hub`,
    fix: 'HF_ENDPOINT has to begin with https://. Without it, https://huggingface.co is taken.',
  });
}

/**
 * The fetch that the Hub's library is given. It sends the token to the Hub alone, follows no address without encryption,
 * asks again what only reads, and keeps files out of memory: where fetch might have to send a body a second time after
 * a redirect, it keeps all of it (undici 7, measured), so a file is sent without following redirects.
 */
export function createHubFetch({ hubUrl, fetch, delays, signal }: HubTransport): typeof globalThis.fetch {
  const hub = new URL(hubUrl);
  return async (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : String(input));
    if (url.protocol !== 'https:' && !(isLoopback(hub.host) && url.protocol === 'http:' && isLoopback(url.host))) {
      throw new UserMistake({ found: `${hub.host} sends to ${url.protocol}//${url.host}, and only https is followed` });
    }
    const headers = new Headers(init.headers);
    if (url.origin !== hub.origin) headers.delete('authorization');
    const method = (init.method ?? 'GET').toUpperCase();
    const reads = method === 'GET' || method === 'HEAD';
    const signals = [init.signal, signal].filter((one) => one !== undefined && one !== null);
    const asked: RequestInit = {
      ...init,
      headers,
      redirect: method === 'PUT' ? 'error' : 'follow',
      ...(signals.length > 0 && { signal: AbortSignal.any(signals) }),
    };
    for (let attempt = 1; ; attempt++) {
      const last = !reads || attempt === TRIES;
      try {
        const response = await fetch(url, asked);
        if (last || (response.status < 500 && response.status !== 429)) return response;
        await response.body?.cancel();
      } catch (error) {
        signal?.throwIfAborted();
        if (last) throw error;
      }
      await waitSeconds(delays, attempt ** 2, signal);
    }
  };
}
