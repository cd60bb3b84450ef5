import { spawn } from 'node:child_process';
import type { DocumentedRegistry } from './registry.ts';

/** A command that a page lets its reader type, and what it says that comes of it. */
export interface TypedCommand {
  readonly command: string;
  readonly printed: readonly string[];
}

/** Takes a block `console` apart: a line with `$ ` is typed, and so are lines that it goes on in with a backslash. */
export function parseSession(block: string): TypedCommand[] {
  const commands: { command: string; printed: string[] }[] = [];
  for (const line of block.trimEnd().split('\n')) {
    const last = commands.at(-1);
    if (line.startsWith('$ ')) commands.push({ command: line.slice(2), printed: [] });
    else if (last?.command.endsWith('\\') && last.printed.length === 0) last.command += `\n${line}`;
    else if (last) last.printed.push(line);
    else throw new Error(`Nothing was typed before: ${line}`);
  }
  return commands;
}

/** Types a command into a shell in the clone; what both streams print, in lines. */
export function typeCommand({ folder, environment }: DocumentedRegistry, command: string): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const child = spawn('bash', ['-c', `exec 2>&1\n${command}`], {
      cwd: folder,
      env: { ...keepEnvironment(), ...environment },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    child.on('error', reject);
    child.on('close', () => resolve(text.trimEnd() === '' ? [] : text.trimEnd().split('\n')));
  });
}

function keepEnvironment(): Record<string, string> {
  const kept = ['HOME', 'npm_config_userconfig', 'NPM_CONFIG_USERCONFIG'];
  return Object.fromEntries(kept.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}

/** What differs from run to run: digests, commits, times, durations, addresses, folders, and the sizes of what holds them. */
const VARYING: readonly (readonly [RegExp, string])[] = [
  [/https?:\/\/[\w.-]+localhost:\d+|http:\/\/127\.0\.0\.1:\d+/g, 'https://github.com'],
  [/\/tmp\/[\w.-]*modelgate-penguins-\w+/g, '~/penguins'],
  [/\b[0-9a-f]{64}\b/g, 'SHA256'],
  [/\b[0-9a-f]{40}\b/g, 'SHA1'],
  [/\b[0-9a-f]{12}\b/g, 'SHORT'],
  [/\b[0-9a-f]{7,9}\b/g, 'SHORT'],
  [/\b20\d\d-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(\.\d+)?( ?[+-]\d{4}|Z)?/g, 'TIME'],
  [/\b20\d\d-\d\d-\d\d\b/g, 'DAY'],
  [/\b\d{10} [+-]\d{4}/g, 'TIME'],
  [/\(\d+(\.\d)? s\)/g, '(N s)'],
  [/\b\d+(\.\d+)? (bytes|KiB)/g, 'N bytes'],
];

/** A printed line without what differs from run to run. */
export function settle(line: string): string {
  return VARYING.reduce((text, [pattern, word]) => text.replaceAll(pattern, word), line).trimEnd();
}

/**
 * The first line of a page that was not printed; undefined where all were, in this order and with nothing between. A line
 * `…` stands for any lines, and `…` at the end of a line for its rest.
 */
export function findUnprinted(page: readonly string[], printed: readonly string[]): string | undefined {
  const lines = printed.map(settle);
  let at = 0;
  let skipping = false;
  for (const shown of page.map(settle)) {
    if (shown === '…') {
      skipping = true;
      continue;
    }
    const fits = (line: string | undefined) =>
      line !== undefined && (shown.endsWith('…') ? line.startsWith(shown.slice(0, -1)) : line === shown);
    while (skipping && at < lines.length && !fits(lines[at])) at += 1;
    if (!fits(lines[at])) return `${shown}\n  where this was printed: ${lines[at] ?? '(nothing more)'}`;
    at += 1;
    skipping = false;
  }
  return skipping || at >= lines.length ? undefined : `(the end)\n  where this was printed: ${lines[at]}`;
}
