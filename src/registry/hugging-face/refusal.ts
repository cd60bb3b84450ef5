import { messageOf, UserMistake } from '../../errors.ts';

/** What the Hub's library throws of an answer that is no success; read by its shape, so that nothing is loaded for it. */
interface HubFault {
  readonly statusCode: number;
  readonly data?: { readonly error?: unknown };
}

/** The status of an answer; undefined where none came. */
export function readStatus(error: unknown): number | undefined {
  const status = (error as Partial<HubFault> | undefined)?.statusCode;
  return typeof status === 'number' ? status : undefined;
}

/**
 * Turns a fault of the Hub's into what the user can do about it. The message of the library is not quoted where an
 * answer came: it holds addresses that are signed.
 */
export function explainHubFault(error: unknown, repository: string, hubUrl: string): Error {
  if (error instanceof UserMistake || (error instanceof Error && error.name === 'AbortError')) return error;
  const status = readStatus(error);
  const host = new URL(hubUrl).host;
  if (status === undefined) {
    if (!(error instanceof TypeError) && !(error instanceof DOMException)) return error as Error;
    const cause = error instanceof Error ? (error.cause as NodeJS.ErrnoException | undefined) : undefined;
    const found = `${host} could not be asked: ${cause?.code ?? messageOf(cause ?? error)}`;
    return new UserMistake({ found, fix: 'Run this again: what arrived is not sent a second time.' }, { cause: error });
  }
  const told = (error as HubFault).data?.error;
  const words = typeof told === 'string' ? ` (${told.replace(/\p{C}+/gu, ' ').slice(0, 200)})` : '';
  const found = `${repository} could not be written to: ${host} answered ${status}${words}`;
  return new UserMistake({ found, fix: suggest(status, repository, hubUrl) }, { cause: error });
}

function suggest(status: number, repository: string, hubUrl: string): string {
  // The Hub says 404, or 401, of a repository that a token may not see.
  if (status === 404 || status === 401) {
    return `Create the model repository ${repository} at ${hubUrl}/new, public or private, and let the token write to it. Modelgate creates none: whether all can see it is for you to say.`;
  }
  if (status === 403) return `Give the token the permission to write to ${repository} (${hubUrl}/settings/tokens).`;
  return 'Run this again: what arrived is not sent a second time.';
}

/** Reads the token from HF_TOKEN. Throws UserMistake without one, or of one that is none. */
export function readHubToken(environment: NodeJS.ProcessEnv): string {
  const token = environment['HF_TOKEN']?.trim() ?? '';
  if (/^hf_[A-Za-z0-9_]+$/.test(token)) return token;
  throw new UserMistake({
    found: token === '' ? 'HF_TOKEN is not set' : 'HF_TOKEN does not begin with `hf_`, as tokens of the Hub do',
    fix: `Make a token that may write to the repository at https://huggingface.co/settings/tokens, and hand it over:\n    env:\n      HF_TOKEN: \${{ secrets.HF_TOKEN }}`,
  });
}
