import { UserMistake } from '../../errors.ts';
import { readLimited } from './authorization.ts';
import type { OciRepository } from './reference.ts';

/** Registries explain themselves in a few words; more is not read. Bytes. */
const LIMIT = 16 * 1024;

/** Turns an answer that is no success into what the user can do about it. `doing` begins the sentence: `v1.4.0 could not be pushed`. */
export async function explainRefusal(
  repository: OciRepository,
  response: Response,
  doing: string,
): Promise<UserMistake> {
  const told = describeErrors(await readLimited(response, LIMIT).catch(() => undefined));
  return new UserMistake({
    found: `${doing}: ${repository.registry} answered ${response.status}${told === '' ? '' : ` (${told})`}`,
    fix: suggest(repository, response.status),
  });
}

function suggest({ text, registry }: OciRepository, status: number): string {
  if (status === 401 || status === 403 || status === 404) {
    if (registry !== 'ghcr.io') {
      return `Check that ${text} is there, and set OCI_USERNAME and OCI_PASSWORD to an account that may write to it (or read from it).`;
    }
    return `Check that the package ${text} is linked to this repository, and give the job the permission:\n    permissions:\n      packages: write`;
  }
  if (status === 413) return 'The registry, or a proxy before it, takes no upload of this size: raise its limit.';
  if (status === 429) return 'The registry limits how often it may be asked: run this again later.';
  return 'Run this again: what arrived is not sent a second time.';
}

/** `errors[]` of the distribution specification; words of others, so without control characters and cut. */
function describeErrors(bytes: Buffer | undefined): string {
  try {
    const { errors } = JSON.parse(bytes?.toString('utf8') ?? '') as { errors?: unknown };
    const list = Array.isArray(errors) ? (errors as { code?: unknown; message?: unknown }[]) : [];
    const words = list.slice(0, 3).map(({ code, message }) => [code, message].filter((one) => typeof one === 'string'));
    return words
      .map((parts) => parts.join(': '))
      .join('; ')
      .replace(/\p{C}+/gu, ' ')
      .slice(0, 300);
  } catch {
    return '';
  }
}
