import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Makes test/support/github/openapi.json: the part of GitHub's description of its REST API and webhooks that the tests use.
// Run: node scripts/with-node24.mjs scripts/openapi-slice.ts

/** The version is the package's; the file that it holds is GitHub's own for api.github.com (MIT). */
const PACKAGE = '@octokit/openapi@23.0.2';
const SOURCE = 'package/generated/api.github.com.json';
const root = join(import.meta.dirname, '..');
const OUTPUT = join(root, 'test/support/github/openapi.json');

/** Operation ids by their first part. */
const OPERATIONS = {
  actions:
    'cancel-workflow-run create-workflow-dispatch delete-artifact download-artifact get-artifact get-job-for-workflow-run get-pending-deployments-for-run get-reviews-for-run get-workflow get-workflow-run get-workflow-run-attempt list-artifacts-for-repo list-jobs-for-workflow-run list-jobs-for-workflow-run-attempt list-repo-workflows list-workflow-run-artifacts list-workflow-runs list-workflow-runs-for-repo re-run-workflow review-pending-deployments-for-run',
  checks: 'create get get-suite list-annotations list-for-ref list-for-suite list-suites-for-ref update',
  git: 'create-blob create-commit create-ref create-tag create-tree delete-ref get-blob get-commit get-ref get-tag get-tree list-matching-refs update-ref',
  issues:
    'add-labels create create-comment create-label delete-comment delete-label get get-comment get-label list-comments list-comments-for-repo list-for-repo list-labels-for-repo list-labels-on-issue remove-label set-labels update update-comment update-label',
  pulls:
    'create get list list-commits list-files list-requested-reviewers list-reviews get-review create-review update',
  'rate-limit': 'get',
  repos:
    'check-immutable-releases compare-commits-with-basehead create-attestation create-commit-status create-deployment create-deployment-branch-policy create-deployment-status create-dispatch-event create-or-update-environment create-release create-repo-ruleset delete-an-environment delete-deployment delete-release delete-release-asset delete-repo-ruleset disable-immutable-releases download-tarball-archive enable-immutable-releases generate-release-notes get get-all-environments get-branch get-branch-rules get-collaborator-permission-level get-combined-status-for-ref get-commit get-content get-deployment get-deployment-status get-environment get-latest-release get-release get-release-asset get-release-by-tag get-repo-ruleset get-repo-rulesets list-attestations list-branches list-commit-statuses-for-ref list-commits list-deployment-branch-policies list-deployment-statuses list-deployments list-pull-requests-associated-with-commit list-release-assets list-releases list-tags update-release update-release-asset update-repo-ruleset upload-release-asset',
  teams: 'get-by-name get-membership-for-user-in-org list-members-in-org',
  users: 'get-authenticated get-by-username',
};
const WEBHOOKS =
  'issue-comment-created merge-group-checks-requested pull-request-labeled pull-request-opened pull-request-ready-for-review pull-request-reopened pull-request-review-dismissed pull-request-review-submitted pull-request-synchronize push release-published repository-dispatch-sample.collected workflow-dispatch workflow-run-completed workflow-run-requested'.split(
    ' ',
  );

/** Words for people: left out of the slice wherever they are keywords, and kept where they are names of properties. */
const PROSE = new Set(['description', 'summary', 'example', 'examples', 'externalDocs', 'tags', 'title', 'x-github']);
/** Bodies of faults: most that GitHub sends are not described, so nothing is checked against them. */
const FAULT = /^[45]\d\d$/;
/** Says that a parameter of a path may hold slashes. */
const SLASHES = 'x-multi-segment';
/** Schemas of this many characters or more that stand in two places are written once. */
const LONG = 200;
/** What stands below these is somebody's names or values, not keywords. */
const NAMES = new Set(['properties', 'patternProperties', 'parameters', 'schemas', 'headers', 'requestBodies']);
const VALUES = new Set(['enum', 'default', 'required', 'mapping']);

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
interface Description {
  info: { version: string; license: Json };
  paths: Record<string, Record<string, { operationId?: string; requestBody?: Json }>>;
  'x-webhooks': Record<string, { post: { requestBody: Json } }>;
  components: Record<string, Record<string, Json>>;
}

const description = fetchDescription();
const paths = cutPaths(description);
const webhooks = Object.fromEntries(
  WEBHOOKS.map((name) => {
    const hook = description['x-webhooks'][name];
    if (hook === undefined) throw new Error(`${PACKAGE} has no webhook ${name}`);
    return [name, { requestBody: cutProse(hook.post.requestBody) }];
  }),
);
const slice = shareSchemas({
  openapi: '3.0.3',
  info: { title: 'GitHub', version: description.info.version, license: description.info.license },
  paths,
  'x-webhooks': webhooks,
  components: closeComponents({ ...paths, ...webhooks }, description.components),
});
writeFileSync(OUTPUT, `${JSON.stringify(slice)}\n`);
execFileSync(process.execPath, [join(root, 'node_modules/@biomejs/biome/bin/biome'), 'format', '--write', OUTPUT]);
console.log(
  `${OUTPUT}: ${PACKAGE} ${Object.values(OPERATIONS).join(' ').split(' ').length} operations, ${WEBHOOKS.length} webhooks, ${readFileSync(OUTPUT).length} bytes`,
);

function fetchDescription(): Description {
  const folder = mkdtempSync(join(tmpdir(), 'openapi-'));
  try {
    const name = execFileSync('npm', ['pack', PACKAGE, '--silent'], { cwd: folder, encoding: 'utf8' }).trim();
    const text = execFileSync('tar', ['-xzOf', join(folder, name), SOURCE], { maxBuffer: 2 ** 28 });
    return JSON.parse(text.toString('utf8')) as Description;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function cutPaths(source: Description): Record<string, Json> {
  const wanted = new Set(
    Object.entries(OPERATIONS).flatMap(([area, names]) => names.split(' ').map((name) => `${area}/${name}`)),
  );
  const kept: Record<string, Record<string, Json>> = {};
  for (const [path, methods] of Object.entries(source.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      if (!wanted.delete(operation.operationId ?? '')) continue;
      kept[path] = { ...kept[path], [method]: cutProse(operation as Json) };
    }
  }
  if (wanted.size > 0) throw new Error(`${PACKAGE} has no operation ${[...wanted].join(', ')}`);
  return kept;
}

/** The components that `start` names, and those that they name in turn. */
function closeComponents(start: Json, components: Description['components']): Record<string, Record<string, Json>> {
  const kept: Record<string, Record<string, Json>> = {};
  const visit = (value: Json): void => {
    if (typeof value !== 'object' || value === null) return;
    const [, kind, name] = /^#\/components\/([^/]+)\/([^/]+)$/.exec(String('$ref' in value ? value['$ref'] : '')) ?? [];
    if (kind !== undefined && name !== undefined && kept[kind]?.[name] === undefined) {
      const component = components[kind]?.[name];
      if (component === undefined) throw new Error(`#/components/${kind}/${name} is named and not there`);
      const plain = cutProse(component);
      kept[kind] = { ...kept[kind], [name]: plain };
      visit(plain);
    }
    for (const part of Object.values(value)) visit(part as Json);
  };
  visit(start);
  delete kept['examples'];
  return kept;
}

function cutProse(value: Json, names = false): Json {
  if (Array.isArray(value)) return value.map((part) => cutProse(part));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => names || !(PROSE.has(key) || FAULT.test(key) || (key.startsWith('x-') && key !== SLASHES)))
      .map(([key, part]) => [key, !names && VALUES.has(key) ? part : cutProse(part, !names && NAMES.has(key))]),
  );
}

/** Writes long schemas that stand in several places once, as components: those of the webhooks repeat whole users. */
function shareSchemas<T extends { components: Record<string, Record<string, Json>> }>(value: T): T {
  const seen = new Map<string, number>();
  const count = (part: Json): void => {
    if (typeof part !== 'object' || part === null) return;
    for (const inner of Object.values(part)) count(inner as Json);
    if (isLongSchema(part)) seen.set(JSON.stringify(part), (seen.get(JSON.stringify(part)) ?? 0) + 1);
  };
  count(value as unknown as Json);
  const names = new Map<string, string>();
  const shared: Record<string, Json> = {};
  const replace = (part: Json): Json => {
    if (typeof part !== 'object' || part === null) return part;
    if (Array.isArray(part)) return part.map(replace);
    const text = isLongSchema(part) ? JSON.stringify(part) : undefined;
    const inner = () => Object.fromEntries(Object.entries(part).map(([key, value]) => [key, replace(value)]));
    if (text === undefined || (seen.get(text) ?? 0) < 2) return inner();
    const name = names.get(text) ?? `shared-${names.size + 1}`;
    if (!names.has(text)) {
      names.set(text, name);
      shared[name] = inner();
    }
    return { $ref: `#/components/schemas/${name}` };
  };
  const result = replace(value as unknown as Json) as unknown as T;
  Object.assign(result.components['schemas'] ?? {}, shared);
  return result;
}

function isLongSchema(part: Json): boolean {
  if (typeof part !== 'object' || part === null || Array.isArray(part)) return false;
  return typeof part['type'] === 'string' && JSON.stringify(part).length >= LONG;
}
