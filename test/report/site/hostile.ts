import type { SiteFacts } from '../../../src/report/site/facts.ts';
import { createFacts, createNumber, createPlacing, createRelease } from './ledgers.ts';

/** Texts that end elements, run, or turn what stands around them. */
export const ATTACKS = [
  '</script><script>globalThis.hacked = 1</script>',
  '<img src=x onerror="globalThis.hacked = 1">',
  '"><svg onload=globalThis.hacked=1>',
  "' autofocus onfocus='globalThis.hacked=1",
  'safe\u202Egnp.exe\u2066',
  '<!-- <script>',
  '{{constructor.constructor("globalThis.hacked=1")()}}',
];

/** A ledger whose authors mean harm: in every field that the schema leaves free. */
export function createHostileFacts(): SiteFacts {
  const all = ATTACKS.join(' ');
  const release = (version: string, value: number) =>
    createRelease('churn', version, {
      actor: '<b>ada</b>',
      run: { id: 1, attempt: 1, url: 'javascript:globalThis.hacked=1' },
      metrics: [...ATTACKS, '__proto__', 'constructor'].map((name) => createNumber(name, value)),
      rules: ATTACKS.map((id) => ({ id, outcome: 'pass', waived: false })),
      controls: [...ATTACKS, '__proto__'].map((id) => ({ id, outcome: 'fail', waived: true })),
      waivers: [{ waives: all, reason: all, approver: all.slice(0, 90), expires: '<u>soon</u>' }],
      data: ATTACKS.map((name) => ({ name, sha256: `sha256:${'a'.repeat(64)}` })),
      files: ATTACKS.map((path) => ({ path, sha256: `sha256:${'b'.repeat(64)}`, size: 1 })),
      reference: 'javascript:globalThis.hacked=1',
    });
  return createFacts(
    [
      release('v1.0.0', 0.5),
      release('v1.1.0', 0.6),
      createPlacing('churn', 'production', 'v1.0.0', { reason: all, url: 'javascript:globalThis.hacked=1' }),
      createPlacing('churn', 'production', 'v1.1.0', { kind: 'rollback', counter: 2, reason: all.repeat(9) }),
      createPlacing('churn', 'production', 'v1.0.0', { counter: 3, url: 'https://user:word@evil.example/' }),
      createPlacing('churn', 'production', 'v1.0.0', { counter: 4, url: `https://evil.example/${'x'.repeat(900)}` }),
    ],
    { title: '<script>globalThis.hacked=1</script>' },
  );
}
