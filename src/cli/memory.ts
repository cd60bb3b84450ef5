import { MEMORY_FIX, parseMemory } from '../config/quantities.ts';
import { UserMistake } from '../errors.ts';

/** The bytes of `--memory`. Throws UserMistake when that is no size that can be worked with. */
export function readMemory(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const bytes = parseMemory(text);
  if (bytes === undefined) throw new UserMistake({ found: `--memory is ${JSON.stringify(text)}`, fix: MEMORY_FIX });
  return bytes;
}
