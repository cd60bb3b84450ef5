import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { globSync } from 'tinyglobby';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { Stage } from '../../src/config/schema/stages.ts';
import { HealthEvent, PromotionEvent, ReleaseEvent, RollbackEvent } from '../../src/evidence/schema/ledger.ts';
import { FILE_ROLES, Manifest } from '../../src/evidence/schema/manifest.ts';
import { ROOT } from '../support/program.ts';
import { CALLERS, listJobs, read } from '../workflows/files.ts';
import { listBlocks, listPages } from './pages.ts';

const GUIDE = read('docs/release-managers.md');

describe('a part of a caller on a page', () => {
  const parts = listPages().flatMap((page) =>
    listBlocks(read(page)).flatMap(({ info, text }) => {
      const [, path] = /^yaml caller (\S+)$/.exec(info) ?? [];
      return path === undefined ? [] : [{ page, path: `workflows/${path}`, text }];
    }),
  );

  test('stands in the file as it stands on the page, whatever the version', () => {
    expect(parts.length).toBeGreaterThan(0);
    for (const { page, path, text } of parts) {
      expect(parse(dropVersions(read(path))), page).toMatchObject(parse(dropVersions(text)));
    }
  });

  test('explains each permission in the words of the file', () => {
    for (const { path, text } of parts) {
      for (const line of text.split('\n').filter((one) => / # to /.test(one)))
        expect(read(path)).toContain(line.trim());
    }
  });
});

function dropVersions(text: string): string {
  return text.replaceAll(/(uses: \S+)@\S+/g, '$1');
}

test('the threat model tells of every job that releases what its token may', () => {
  const page = read('docs/threat-model.md');
  const told = [...page.matchAll(/^\| (model-[a-z]+), `([a-z]+)` \| ([^|]+) \|/gm)].map(([, name, job, may = '']) => {
    return [name, job, [...may.matchAll(/`([^`]+)`/g)].map(([, one]) => one).sort()];
  });
  const jobs = ['model-release', 'model-promote', 'model-rollback', 'model-site'].flatMap((name) =>
    listJobs(`.github/workflows/${name}.yml`).map(([job, { permissions = {} }]) => {
      return [
        name,
        job,
        Object.entries(permissions)
          .map(([scope, level]) => `${scope}: ${level}`)
          .sort(),
      ];
    }),
  );
  expect(told).toEqual(jobs);
});

test('the page of the format names every field of an event and of a manifest', () => {
  const page = read('docs/registry.md');
  const kinds = [ReleaseEvent, PromotionEvent, RollbackEvent, HealthEvent];
  for (const field of [...kinds, Manifest].flatMap(({ properties }) => Object.keys(properties))) {
    expect(page).toContain(`\`${field}\``);
  }
  for (const { properties } of kinds) expect(page).toContain(`\n| \`${properties.kind.const}\` | `);
  for (const role of FILE_ROLES) expect(page).toContain(`\`${role}\``);
});

test('every message that the guide explains is one that the program says', () => {
  const sources = globSync('src/**/*.ts', { cwd: ROOT }).map((path) => readFileSync(join(ROOT, path), 'utf8'));
  const [, table = ''] = GUIDE.split('\n## When it says\n');
  const messages = [...table.matchAll(/^\| `([^`]+)` \|/gm)].map(([, message]) => message ?? '');
  expect(messages.length).toBeGreaterThan(15);
  for (const message of messages) {
    const parts = message.split('…').map((part) => part.trim());
    const said = sources.some((source) => parts.every((part) => source.includes(part)));
    expect(said, message).toBe(true);
  }
});

test('the guide tells of everything that a stage can ask for', () => {
  const [, list = ''] = /\nWhat a stage can ask for:\n\n((?:[- ] .*\n)+)/.exec(GUIDE) ?? [];
  const told = [...list.matchAll(/^- \*\*([a-z-]+)\*\*/gm)].map(([, key]) => key);
  expect(['name', ...told].sort()).toEqual(Object.keys(Stage.properties).sort());
});

test('the guide tells of every file of the folder that releases', () => {
  for (const path of CALLERS.filter((one) => one.startsWith('workflows/release/'))) {
    expect(GUIDE).toContain(`| \`${path.replace('workflows/release/', '')}\` |`);
  }
});
