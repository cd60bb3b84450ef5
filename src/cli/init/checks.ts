import { statSync } from 'node:fs';
import { join } from 'node:path';
import { findPathFault } from '../../config/paths.ts';
import { Identifier } from '../../config/schema/quantities.ts';
import { detectFormat } from '../../engine/tables.ts';
import { describeFileFault } from '../../errors.ts';
import type { Fault } from './question.ts';
import type { Packages, Scene } from './scene.ts';

const { pattern, description } = Identifier as { pattern?: string; description?: string };
const IDENTIFIER = new RegExp(pattern ?? '$^');

/** What is wrong with the name of a model. */
export function checkModel(name: string): Fault | undefined {
  if (IDENTIFIER.test(name)) return undefined;
  return {
    found: `the name ${JSON.stringify(name)} has something else in it`,
    fix: `Allowed: ${description}.`,
  };
}

/** What is wrong with the path of a table that must be there. */
export function checkFile(scene: Scene, path: string): Fault | undefined {
  const fault = findTextFault(scene, path) ?? findFormatFault(path);
  if (fault) return fault;
  try {
    if (statSync(join(scene.folder, path)).isFile()) return undefined;
    return { found: `${path} is not a file`, fix: 'Name a csv, parquet or jsonl file.' };
  } catch (error) {
    const reason = describeFileFault(error);
    if (reason === undefined) throw error;
    const known = scene.tables.length > 0 ? ` Found: ${scene.tables.slice(0, 5).join(', ')}.` : '';
    return { found: `${path} cannot be read: ${reason}`, fix: `Paths are relative to --folder.${known}` };
  }
}

/** What is wrong with the path of something that a command is to write; `table` asks for the name of a table. */
export function checkOutput(scene: Scene, path: string, table: boolean): Fault | undefined {
  return findTextFault(scene, path) ?? (table ? findFormatFault(path) : undefined);
}

function findTextFault(scene: Scene, path: string): Fault | undefined {
  const depth = scene.way === '' ? 0 : scene.way.split('/').length;
  const reason = findPathFault(path, depth);
  if (reason === undefined) return undefined;
  return { found: `${path}: ${reason}`, fix: 'Write it relative to --folder, with forward slashes.' };
}

function findFormatFault(path: string): Fault | undefined {
  if (detectFormat(path)) return undefined;
  return { found: `${path} has no known ending`, fix: 'Allowed: .csv, .parquet, .jsonl, .ndjson.' };
}

/** What is wrong with the name of a branch, by the rules of git-check-ref-format. */
export function checkBranch(name: string): Fault | undefined {
  const isWrong = /[\s~^:?*[\\]|\.\.|@\{|\/\/|^[/.-]|[/.]$|\/\.|\.lock(?:\/|$)|^@$/.test(name);
  if (!isWrong && !name.includes('${{')) return undefined;
  return { found: `${JSON.stringify(name)} cannot be a branch`, fix: 'Name it without refs/heads/, such as main.' };
}

/** What is wrong with the name of a workflow, which is also the name of its file. */
export function checkWorkflow(name: string): Fault | undefined {
  if (/^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(name)) return undefined;
  const fix = 'Letters, digits, hyphens and underscores, without .yml.';
  return { found: `--workflow ${JSON.stringify(name)} cannot name a file`, fix };
}

const PACKAGE_FILES: Readonly<Record<string, string>> = {
  pip: 'requirements.txt',
  uv: 'uv.lock at the top of the repository',
  conda: 'environment.yml',
};

/** What keeps packages from being installed in that way. */
export function checkInstaller({ packages }: Scene, name: string): Fault | undefined {
  const file = PACKAGE_FILES[name];
  if (file === undefined || packages[name as keyof Packages] !== undefined) return undefined;
  return { found: `${name} installs what a file names, and there is none`, fix: `Write ${file}, or choose none.` };
}
