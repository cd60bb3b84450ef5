import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

/** Licences that let us pass the code on in a bundle, by SPDX id. A package under another one stops the build. */
const ALLOWED: ReadonlySet<string> = new Set(
  '0BSD Apache-2.0 BlueOak-1.0.0 BSD-2-Clause BSD-3-Clause BSL-1.0 CC0-1.0 ISC MIT MIT-0 Python-2.0 Unicode-3.0 Unlicense Zlib'.split(
    ' ',
  ),
);
/** Not in the bundle, but fetched and loaded at run time, so its notice belongs here too. */
const FETCHED = ['@duckdb/node-bindings'];
const TEXT_FILE = /^(?:licen[cs]e|copying|notice)(?:[-._].*)?$/i;
const CODE_FILE = /\.(?:[cm]?[jt]s|json|map|html)$/i;
const RULE = `\n${'-'.repeat(80)}\n\n`;

interface Notice {
  readonly title: string;
  readonly text: string;
}

/**
 * Renders the notices of every npm package that has bytes in a bundle: name, version, licence id and the texts that it
 * ships. Packages with the same texts share them. `root` is the folder that the paths of the metafile start from.
 * The same packages give the same bytes. Throws on a package whose licence is missing or not one of the allowed.
 */
export async function renderNotices(metafile: Metafile, root: string): Promise<string> {
  const bundled = listPackageFolders(metafile);
  const fetched = FETCHED.map((name) => `node_modules/${name}`);
  const notices = [
    ...(await Promise.all(bundled.map((folder) => readNotice(root, folder, '')))),
    ...(await Promise.all(fetched.map((folder) => readNotice(root, folder, '; fetched, not in the bundle')))),
  ].filter((notice) => notice !== undefined);
  const byText = new Map<string, Set<string>>();
  for (const { title, text } of notices.toSorted((a, b) => compare(a.title, b.title))) {
    byText.set(text, (byText.get(text) ?? new Set()).add(title));
  }
  const parts = [...byText].map(([text, titles]) => `${[...titles].join('\n')}\n\n${text}\n`);
  return ['This program contains or loads the packages below, under the licences that follow each.\n', ...parts].join(
    RULE,
  );
}

/** The folders of the packages that have bytes in an output, relative to the root, nested ones too. */
function listPackageFolders(metafile: Metafile): string[] {
  const inputs = Object.values(metafile.outputs).flatMap((output) => Object.entries(output.inputs));
  const folders = inputs.flatMap(([path, { bytesInOutput }]) => {
    const folder = /^(?:.*:)?(.*node_modules\/(?:@[^/]+\/)?[^/@][^/]*)\//.exec(path)?.[1];
    return folder && bytesInOutput > 0 ? [folder] : [];
  });
  return [...new Set(folders)];
}

async function readNotice(root: string, folder: string, remark: string): Promise<Notice | undefined> {
  const path = join(root, folder);
  const names = await readdir(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' && remark !== '') return undefined;
    throw error;
  });
  if (names === undefined) return undefined;
  const { name, version, license } = JSON.parse(await readFile(join(path, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
    license?: unknown;
  };
  if (typeof license !== 'string' || !isAllowed(license)) {
    const found = license === undefined ? 'names no licence' : `is under ${JSON.stringify(license)}`;
    throw new Error(`${name}@${version} ${found}; allowed are ${[...ALLOWED].join(', ')}`);
  }
  const files = names.filter((file) => TEXT_FILE.test(file) && !CODE_FILE.test(file)).toSorted(compare);
  const texts = await Promise.all(files.map((file) => readFile(join(path, file), 'utf8')));
  const text = texts.map((content) => content.replaceAll('\r\n', '\n').trim()).join('\n\n');
  return {
    title: `${name} ${version} (${license}${remark})`,
    text: text || `The package ships no text of its licence, ${license}.`,
  };
}

/** Reads `A OR B` and `(A AND B)`: one of the alternatives must be allowed as a whole. */
function isAllowed(expression: string): boolean {
  const plain = expression.replace(/[()]/g, ' ');
  if (/\(/.test(expression) && / OR /.test(plain) && / AND /.test(plain)) return false;
  return plain.split(/ OR /).some((part) => part.split(/ AND /).every((id) => ALLOWED.has(id.trim())));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
