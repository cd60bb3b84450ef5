/**
 * The kinds of layers that CNCF ModelPack knows (modelpack/model-spec, specs-go/v1/mediatype.go as of commit 158c46c).
 * All of them raw: neither archived nor compressed, so that a layer's digest is the file's own sha256.
 */
export const LAYER_TYPES = {
  weight: 'application/vnd.cncf.model.weight.v1.raw',
  'weight-config': 'application/vnd.cncf.model.weight.config.v1.raw',
  doc: 'application/vnd.cncf.model.doc.v1.raw',
  code: 'application/vnd.cncf.model.code.v1.raw',
  dataset: 'application/vnd.cncf.model.dataset.v1.raw',
} as const;
export type LayerKind = keyof typeof LAYER_TYPES;

const DOCUMENTS = /^(readme|license|licence|notice|copying|changelog|citation)(\..*)?$|\.(md|rst|pdf|html?)$/;
const CODE = /\.(py|ipynb|sh|r|jl|scala|sql|ts|js|mjs|cjs|go|rs|java|c|cc|cpp|h|hpp|cu)$/;
const DATA = /\.(csv|tsv|jsonl|ndjson|parquet|arrow|feather)$/;
/** What stands beside weights in the layouts of Transformers, ONNX, sentencepiece and tiktoken. */
const SETTINGS = /\.(json|ya?ml|toml|ini|cfg|conf|txt|model|tiktoken|vocab|merges|spm|jinja)$/;

/**
 * The kind of a file, by its name alone. A model may be written as JSON or text (XGBoost, LightGBM): the largest file
 * of a model without any other weights is taken for its weights by `findKinds`.
 */
export function guessKind(path: string): LayerKind {
  const name = (path.split('/').at(-1) ?? path).toLowerCase();
  if (DOCUMENTS.test(name)) return 'doc';
  if (CODE.test(name)) return 'code';
  if (DATA.test(name)) return 'dataset';
  return SETTINGS.test(name) ? 'weight-config' : 'weight';
}

/** The kinds of all files of a model, by path: never without weights. */
export function findKinds(files: readonly { readonly path: string; readonly size: number }[]): Map<string, LayerKind> {
  const kinds = new Map(files.map(({ path }) => [path, guessKind(path)]));
  if ([...kinds.values()].includes('weight')) return kinds;
  const settings = files.filter(({ path }) => kinds.get(path) === 'weight-config');
  const [largest] = [...(settings.length > 0 ? settings : files)].sort((a, b) => b.size - a.size);
  if (largest !== undefined) kinds.set(largest.path, 'weight');
  return kinds;
}
