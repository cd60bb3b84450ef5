import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Project, readProject } from '../../src/config/project.ts';
import { computeSha256 } from '../../src/evidence/digest.ts';
import type { EvidenceSet } from '../../src/evidence/document.ts';
import { type Progress, SILENT } from '../../src/progress.ts';
import type { StageInput } from '../../src/training/stage.ts';

/** Where the system's own programs lie. A launcher of Python versions elsewhere costs a third of a second a stage. */
const SYSTEM_PATH = process.platform === 'win32' ? process.env['PATH'] : '/usr/bin:/bin';

/** A folder that is gone after the test, with these files in it. Absolute and real. */
export async function makeFolder(files: Readonly<Record<string, string>> = {}): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'modelgate-training-')));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeFiles(folder, files);
  return folder;
}

export async function writeFiles(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
}

/** A project in a folder of its own, `repo`, so that tests can put something outside it. */
export async function makeProject(yaml: string, files: Readonly<Record<string, string>> = {}): Promise<Project> {
  const folder = join(await makeFolder(), 'repo');
  await writeFiles(folder, { ...files, 'modelgate.yml': `version: 1\nmodel: small\n${yaml}` });
  return readProject(folder, folder);
}

/** Progress that keeps what the command printed. */
export function recordProgress(onOutput: (text: string) => void = () => {}): Progress & { text(): string } {
  const chunks: Uint8Array[] = [];
  const text = () => Buffer.concat(chunks).toString('utf8');
  return {
    ...SILENT,
    output(chunk) {
      chunks.push(Uint8Array.from(chunk));
      onOutput(text());
    },
    text,
  };
}

export function makeInput(project: Project, changes: Partial<StageInput> = {}): StageInput {
  return {
    project,
    provenance: {
      model: project.config.model,
      commit: null,
      dirty: false,
      config: computeSha256(project.text),
      now: () => new Date('2026-11-22T09:00:00Z'),
    },
    environment: { PATH: SYSTEM_PATH },
    progress: SILENT,
    parents: {} satisfies EvidenceSet,
    ...changes,
  };
}
