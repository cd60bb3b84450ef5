import semver from 'semver';
import { IDENTIFIER } from '../../config/schema/quantities.ts';

/**
 * GTO's tag grammar (gto/constants.py), as far as it is used here: `model@v1.2.3`, `model@v1.2.3!` (withdrawn), and
 * `model#stage#3`. Names are identifiers, so that a tag needs no quoting and holds no slash.
 */
const VERSION_TAG = new RegExp(`^(${IDENTIFIER})@(v[^!]{1,127})(!?)$`);
const STAGE_TAG = new RegExp(`^(${IDENTIFIER})#(${IDENTIFIER})#([1-9][0-9]{0,14})$`);

export interface VersionTag {
  readonly model: string;
  /** `v1.4.0` */
  readonly version: string;
  /** `!` of a version that was withdrawn in GTO's words. */
  readonly mark: '' | '!';
}

export interface StageTag {
  readonly model: string;
  readonly stage: string;
  readonly counter: number;
}

/** Whether a text is a version as tags hold it: `v`, and a semantic version without build metadata. */
export function isVersion(text: string): boolean {
  // Of loose spellings (` v1.0.0`, `v01.0.0`) the parser gives another text back.
  const parsed = text.length <= 128 ? semver.parse(text) : null;
  return parsed !== null && `v${parsed.version}` === text;
}

/** `churn@v1.4.0` */
export function formatVersionTag(model: string, version: string): string {
  return `${model}@${version}`;
}

/** Reads the tag of a version; undefined of any other tag. */
export function parseVersionTag(tag: string): VersionTag | undefined {
  const [, model, , version, mark] = VERSION_TAG.exec(tag) ?? [];
  if (model === undefined || version === undefined || !isVersion(version)) return undefined;
  return { model, version, mark: mark === '!' ? '!' : '' };
}

/** `churn#production#3` */
export function formatStageTag(model: string, stage: string, counter: number): string {
  return `${model}#${stage}#${counter}`;
}

/** Reads the tag of a stage; undefined of any other tag, and of counters that a double cannot hold. */
export function parseStageTag(tag: string): StageTag | undefined {
  const [, model, , stage, , counter] = STAGE_TAG.exec(tag) ?? [];
  if (model === undefined || stage === undefined) return undefined;
  return { model, stage, counter: Number(counter) };
}
