/** Names that Windows keeps for devices, with any ending. */
const DEVICE = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)/i;

/**
 * What is wrong with a path that somebody else chose and a file is to be written to; undefined when nothing is. Allowed
 * is what means the same file below the same folder on every system.
 */
export function findPathFault(path: string): string | undefined {
  if (path === '' || path.length > 1024) return 'a path has 1 to 1,024 characters';
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path)) return 'it is absolute';
  if (path.includes('\\')) return 'it has a backslash';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/.test(path))
    return 'it has a control character';
  if (/[<>:"|?*]/.test(path)) return 'it has a character that Windows does not allow';
  for (const part of path.split('/')) {
    if (part === '') return 'it has an empty part';
    if (part === '.' || part === '..') return `it has the part ${part}`;
    if (part.toLowerCase() === '.git') return 'it lies in .git';
    if (/[. ]$/.test(part)) return 'a part of it ends with a dot or a blank';
    if (DEVICE.test(part)) return `${part} is a device on Windows`;
  }
  return undefined;
}

/** Two paths with the same fold are one file on some system. */
export function foldPath(path: string): string {
  return path.normalize('NFC').toLowerCase();
}
