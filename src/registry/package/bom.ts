import * as Enums from '@cyclonedx/cyclonedx-library/Enums';
import * as Models from '@cyclonedx/cyclonedx-library/Models';
import * as Serialize from '@cyclonedx/cyclonedx-library/Serialize';
import * as Spec from '@cyclonedx/cyclonedx-library/Spec';
import { renderCanonical } from '../../evidence/canonical.ts';
import type { EvidenceSet } from '../../evidence/document.ts';
import type { FileDigest } from '../../evidence/schema/envelope.ts';
import type { ModelInterface } from '../../evidence/schema/manifest.ts';
import { NAME, REPOSITORY_URL, VERSION } from '../../identity.ts';
import type { Package } from './package.ts';

export interface BomFacts {
  readonly model: string;
  readonly commit: string;
  /** In ISO 8601. */
  readonly created: string;
  readonly modelDigest: string;
  readonly contentDigest: string;
  readonly interface: ModelInterface;
  readonly files: readonly FileDigest[];
  readonly evidence: EvidenceSet;
  readonly facts: Package['facts'];
}

/**
 * The bill of materials of a model as CycloneDX 1.6 in JSON: the model with its files and its model card, the data sets
 * and the inputs of the training, each by digest. The same facts always give the same bytes.
 */
export function renderBom(facts: BomFacts): string {
  const model = describeModel(facts);
  const bom = new Models.Bom({
    serialNumber: makeSerialNumber(facts.contentDigest),
    metadata: new Models.Metadata({ timestamp: new Date(facts.created), tools: describeTools(), component: model }),
    components: new Models.ComponentRepository([...describeData(facts), ...describeInputs(facts)]),
  });
  for (const { bomRef } of bom.components) model.dependencies.add(bomRef);
  const factory = new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6);
  const normalized = factory.makeForBom().normalize(bom, { sortLists: true });
  const { metadata, components, ...rest } = normalized;
  // The library writes neither model cards nor what a component of data holds.
  return renderCanonical({
    ...rest,
    metadata: { ...metadata, component: { ...metadata?.component, modelCard: describeCard(facts) } },
    components: components?.map((component) =>
      component.type === 'data' ? { ...component, data: [{ type: 'dataset', name: component.name }] } : component,
    ),
  });
}

function describeTools(): Models.Tools {
  const website = new Models.ExternalReference(REPOSITORY_URL, Enums.ExternalReferenceType.Website);
  const externalReferences = new Models.ExternalReferenceRepository([website]);
  const tool = new Models.Component(Enums.ComponentType.Application, NAME, { version: VERSION, externalReferences });
  return new Models.Tools({ components: new Models.ComponentRepository([tool]) });
}

function describeModel({ model, modelDigest, commit, files }: BomFacts): Models.Component {
  return new Models.Component(Enums.ComponentType.MachineLearningModel, model, {
    bomRef: `model:${model}`,
    components: new Models.ComponentRepository(files.map((file) => describeFile('model-file', file))),
    properties: new Models.PropertyRepository([
      new Models.Property(`${NAME}:commit`, commit),
      new Models.Property(`${NAME}:modelDigest`, modelDigest),
    ]),
  });
}

function describeData({ facts }: BomFacts): Models.Component[] {
  return facts.data.map(
    ({ name, sha256 }) =>
      new Models.Component(Enums.ComponentType.Data, name, { bomRef: `data:${name}`, hashes: describeHash(sha256) }),
  );
}

/** What the training read beside the data sets. */
function describeInputs({ evidence, facts }: BomFacts): Models.Component[] {
  const data = new Set(facts.data.map(({ sha256 }) => sha256));
  return (evidence.training?.inputs ?? [])
    .filter(({ sha256 }) => !data.has(sha256))
    .map((file) => describeFile('input', file));
}

function describeFile(role: string, { path, sha256 }: FileDigest): Models.Component {
  return new Models.Component(Enums.ComponentType.File, path, {
    bomRef: `${role}:${path}`,
    hashes: describeHash(sha256),
  });
}

function describeHash(digest: string): Models.HashDictionary {
  return new Models.HashDictionary([[Enums.HashAlgorithm['SHA-256'], digest.slice('sha256:'.length)]]);
}

function describeCard({ interface: { task, inputs, outputs }, facts }: BomFacts): object {
  return {
    'bom-ref': 'model-card',
    modelParameters: {
      approach: { type: 'supervised' },
      ...(task === null ? {} : { task }),
      datasets: facts.data.map(({ name }) => ({ ref: `data:${name}` })),
      ...(inputs.length > 0 ? { inputs: inputs.map((format) => ({ format })) } : {}),
      ...(outputs.length > 0 ? { outputs: outputs.map((format) => ({ format })) } : {}),
    },
    quantitativeAnalysis: {
      performanceMetrics: facts.metrics.flatMap(({ name, value, interval }) => {
        if (value === null) return [];
        const bounds = interval && { lowerBound: String(interval.low), upperBound: String(interval.high) };
        return [{ type: name, value: String(value), ...(bounds ? { confidenceInterval: bounds } : {}) }];
      }),
    },
  };
}

/** A UUID of version 8 (RFC 9562 §5.8): ours to fill, and so the same for the same content. */
function makeSerialNumber(digest: string): string {
  const hex = digest.slice('sha256:'.length);
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `${variant}${hex.slice(17, 20)}`];
  return `urn:uuid:${[...parts, hex.slice(20, 32)].join('-')}`;
}
