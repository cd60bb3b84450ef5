import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Waivers } from '../src/config/schema/governance.ts';
import { Modelgate } from '../src/config/schema/modelgate.ts';
import { DOCUMENT_SCHEMAS } from '../src/evidence/document.ts';
import { LedgerEvent } from '../src/evidence/schema/ledger.ts';
import { Manifest } from '../src/evidence/schema/manifest.ts';
import { Profile } from '../src/evidence/schema/profile.ts';
import { REPOSITORY_URL } from '../src/identity.ts';

/** The published JSON Schemas by file name: of modelgate.yml, of the waivers file, of every document, and of what the registry keeps. */
export function renderSchemas(): Map<string, string> {
  const registry = { manifest: Manifest, profile: Profile, 'ledger-event': LedgerEvent };
  const schemas = { modelgate: Modelgate, waivers: Waivers, ...DOCUMENT_SCHEMAS, ...registry };
  return new Map(
    Object.entries(schemas).map(([name, schema]) => {
      const head = {
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        $id: `${REPOSITORY_URL}/blob/main/schemas/${name}.schema.json`,
      };
      return [`${name}.schema.json`, `${JSON.stringify({ ...head, ...schema }, null, 2)}\n`];
    }),
  );
}

/** Writes them into `schemas/`. */
export async function writeSchemas(): Promise<void> {
  for (const [name, text] of renderSchemas()) await writeFile(join(import.meta.dirname, '../schemas', name), text);
}
