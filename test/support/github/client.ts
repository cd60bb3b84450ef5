import { Octokit } from 'octokit';

/** A plain client of the local GitHub: it neither waits between requests nor repeats one. */
export function connect(github: { readonly apiUrl: string }, auth?: string): Octokit {
  return new Octokit({
    baseUrl: github.apiUrl,
    ...(auth !== undefined && { auth }),
    throttle: { enabled: false },
    retry: { enabled: false },
    log: { debug() {}, info() {}, warn() {}, error() {} },
  });
}

/** What GitHub said to a request that it refused. Throws when it did not refuse. */
export async function catchFault(
  request: Promise<unknown>,
): Promise<{ status: number; message: string; headers: Readonly<Record<string, unknown>> }> {
  try {
    await request;
  } catch (error) {
    const { status, message, response } = error as {
      status: number;
      message: string;
      response?: { headers: Record<string, unknown> };
    };
    return { status, message, headers: response?.headers ?? {} };
  }
  throw new Error('The request was not refused');
}
