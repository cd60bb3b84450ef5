import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

/** Two models that are judged in an instant: ten rows, nothing to train, and one of them fails. */
export const MODELS = ['kind', 'strict'] as const;

const IDS = Array.from({ length: 10 }, (_, index) => index + 1);
const table = (title: string, tell: (id: number) => string) =>
  `id,${title}\n${IDS.map((id) => `${id},${tell(id)}\n`).join('')}`;
const truth = (id: number) => (id % 2 === 0 ? 'yes' : 'no');
/** Right but for the first rows. */
const predict = (wrong: number) => table('predicted', (id) => (id > wrong ? truth(id) : truth(id + 1)));

const configure = (model: string, min: number) => `version: 1
model: ${model}
task: binary-classification
evaluate:
  predictions: { path: predictions.csv, id: id, prediction: predicted }
  labels: { path: labels.csv, id: id, label: label }
  positive: 'yes'
  metrics: [accuracy]
gates:
  rules:
    - { id: good-enough, metric: accuracy, min: ${min} }
    - { id: no-worse, metric: accuracy, against: base, max-drop: 0.05 }
    - { id: in-production, metric: accuracy, against: production, max-drop: 0.05, level: warn }
governance:
  controls:
    - { id: seen, approval: { teams: [octo/leads] } }
stages: [production]
`;

const model = (name: string, min: number, wrong: number) => ({
  [`${name}/modelgate.yml`]: configure(name, min),
  [`${name}/labels.csv`]: table('label', truth),
  [`${name}/predictions.csv`]: predict(wrong),
});

/** What the default branch has. */
export const BEFORE = { ...model('kind', 0.6, 2), ...model('strict', 0.99, 2) };
/** What the pull request changes. */
export const CHANGE = { 'kind/predictions.csv': predict(1), 'strict/predictions.csv': predict(1) };

/** What the machine that runs the candidate uploads: its predictions. */
export async function packCandidate(name: string, files: Readonly<Record<string, string>>): Promise<Buffer> {
  const plan = { model: name, config: `${name}/modelgate.yml`, inputsDigest: `sha256:${'d'.repeat(64)}` };
  return pack({ 'plan.json': JSON.stringify(plan), 'predictions.csv': files[`${name}/predictions.csv`] ?? '' });
}

/** Zips files as the action that uploads does. */
export async function pack(files: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [path, content] of Object.entries(files)) {
    zip.addBuffer(Buffer.from(content), path, { mtime: new Date('2026-11-23T00:00:00Z') });
  }
  zip.end();
  return buffer(zip.outputStream);
}
