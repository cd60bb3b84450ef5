import { expect, test } from 'vitest';
import type { TrainingEvidence } from '../../../src/evidence/schema/training.ts';
import type { PlannedVersion } from '../../../src/registry/publish/options.ts';
import { publishVersion } from '../../../src/registry/publish/publish.ts';
import { Place } from '../../registry/publish/place.ts';
import { createTraining } from '../../support/evidence.ts';
import { storeStream } from '../../support/github/stored-file.ts';

const BEFORE = createTraining({ model: 'churn' });
const [code, ...rest] = BEFORE.inputs;
if (code === undefined) throw new Error('nothing is read by the training');
const AFTER = { ...BEFORE, inputs: [{ ...code, sha256: `sha256:${'1'.repeat(64)}` }, ...rest] };

/** Publishes the same model with a training of its own; answers with what the notes were told. */
async function publish(place: Place, training: TrainingEvidence, evidence: Record<string, unknown>) {
  const texts = Object.entries(evidence).map(([name, value]) => [`evidence/${name}.json`, JSON.stringify(value)]);
  const made = await place.pack({ 'model.bin': 'weights', ...Object.fromEntries(texts) });
  const told: PlannedVersion[] = [];
  const renderNotes = (planned: PlannedVersion) => {
    told.push(planned);
    return 'Notes';
  };
  const published = await publishVersion(place.options(made, { training, renderNotes }));
  await place.moveOn();
  return { version: published.version, told: told[0] };
}

test('changed code that gives the same model is a minor version, and the notes know what was read before', async () => {
  await using place = await Place.open();
  await publish(place, BEFORE, { training: BEFORE });
  const { version, told } = await publish(place, AFTER, { training: AFTER });
  expect(version).toBe('v1.1.0');
  expect(told?.reason).toBe('What changed since v1.0.0: the code or the parameters that it is trained by.');
  expect(told?.previousInputs).toEqual(BEFORE.inputs);
});

test('another command that gives the same model is a minor version', async () => {
  await using place = await Place.open();
  const { command } = BEFORE;
  if (command === null) throw new Error('nothing was run');
  const other = { ...BEFORE, command: { ...command, run: 'python3 train.py --rounds 9' } };
  await publish(place, BEFORE, { training: BEFORE });
  expect((await publish(place, other, { training: other })).version).toBe('v1.1.0');
});

test('the same training with another card is a patch', async () => {
  await using place = await Place.open();
  await publish(place, BEFORE, { training: BEFORE });
  const { version, told } = await publish(place, BEFORE, { training: BEFORE, verdict: {} });
  expect(version).toBe('v1.0.1');
  expect(told?.reason).toBe('The model is the same as in v1.0.0; what comes with it changed.');
});

test('a release that keeps its training back is not compared by it, and the reason says so', async () => {
  await using place = await Place.open();
  await publish(place, BEFORE, { verdict: {} });
  const { version, told } = await publish(place, AFTER, { training: AFTER });
  expect(version).toBe('v1.0.1');
  expect(told?.reason).toContain('By what that one was trained cannot be read, so it is not compared.');
});

test('a training that is not the one of the manifest counts for nothing', async () => {
  await using place = await Place.open();
  await publish(place, BEFORE, { training: BEFORE });
  const asset = place.releases.all[0]?.assets.find(({ name }) => name === 'training.json');
  if (asset?.content === undefined) throw new Error('nothing was published');
  async function* write() {
    yield Buffer.from(JSON.stringify(AFTER));
  }
  asset.content = await storeStream(write(), `${asset.content.file}-evil`);
  const { told } = await publish(place, AFTER, { training: AFTER });
  expect(told?.previousInputs).toBeUndefined();
  expect(told?.reason).toContain('cannot be read');
});
