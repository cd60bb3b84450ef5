import { UserMistake } from '../../errors.ts';
import type { Delays } from '../../github/delays.ts';
import type { Progress } from '../../progress.ts';
import type { LocalFile } from '../model-store.ts';
import type { CardFacts } from './card.ts';
import { POINTER } from './pointer.ts';

export interface HubPush extends CardFacts {
  /** `release.hugging-face.repository`. It must exist: whether all can see it is for its owner to say. */
  readonly repository: string;
  readonly token: string;
  /** HF_ENDPOINT; without it the Hub itself. */
  readonly hubUrl?: string | undefined;
  readonly contentDigest: string;
  /** The model card's text; without one, README.md holds the header alone. */
  readonly card: string | undefined;
  readonly files: readonly LocalFile[];
  readonly fetch?: typeof fetch;
  readonly delays?: Delays;
  readonly signal?: AbortSignal | undefined;
  readonly progress: Progress;
}

/** What we write ourselves, and what the Hub keeps its large files by. */
export const OURS = new Set(['readme.md', POINTER, '.gitattributes']);

/** Refuses files whose names the copy needs for itself. Throws UserMistake. */
export function checkPaths(files: readonly LocalFile[]): void {
  const taken = files.filter(({ path }) => OURS.has(path.toLowerCase()));
  if (taken.length === 0) return;
  throw new UserMistake(
    taken.map(({ path }) => ({
      found: `the file ${path} of the model has a name that the copy on the Hub needs for itself`,
      fix: `Name README.md as \`release.card\`; give other files a folder or another name.`,
    })),
  );
}

/** The title of a version's commit. */
export function renderTitle({ model, version }: HubPush): string {
  return `${model} ${version}`;
}

/** The line of its message that says which content it is. */
export function renderMark({ contentDigest }: HubPush): string {
  return `Modelgate-Content: ${contentDigest}`;
}
