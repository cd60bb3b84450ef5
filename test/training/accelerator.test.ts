import { expect, test } from 'vitest';
import type { Machine } from '../../src/evidence/schema/training.ts';
import { findShortage } from '../../src/training/accelerator.ts';
import { parseCudaDevices, parseRocmDevices, selectVisible } from '../../src/training/accelerator-listing.ts';

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;
// The shape of `nvidia-smi --query-gpu=index,uuid,memory.total,name --format=csv,noheader,nounits`; a T4 shows 15360 MiB.
const TWO_T4 = '0, GPU-aaaa-1, 15360, Tesla T4\n1, GPU-bbbb-2, 15360, Tesla T4\n';

function makeMachine(changes: Partial<Machine> = {}): Machine {
  return { os: 'linux', architecture: 'x64', cores: 4, memory: 16 * GIB, python: null, accelerators: [], ...changes };
}

test('nvidia-smi’s list is read, with MiB as bytes', () => {
  expect(selectVisible(parseCudaDevices(TWO_T4), undefined)).toEqual([
    { kind: 'cuda', name: 'Tesla T4', memory: 15360 * MIB },
    { kind: 'cuda', name: 'Tesla T4', memory: 15360 * MIB },
  ]);
});

test('memory that the driver does not say is 0, and other lines are no devices', () => {
  const text = 'NVIDIA-SMI has failed\n0, GPU-c, [N/A], NVIDIA GB10\nNo devices were found\n';
  expect(parseCudaDevices(text)).toMatchObject([{ name: 'NVIDIA GB10', memory: 0 }]);
});

test.each([
  ['', 0],
  ['-1', 0],
  ['1', 1],
  ['1,0', 2],
  ['0,7,1', 1],
  ['GPU-bbbb', 1],
  ['MIG-abc', 1],
])('CUDA_VISIBLE_DEVICES=%j leaves %i of two devices', (visible, count) => {
  expect(selectVisible(parseCudaDevices(TWO_T4), visible)).toHaveLength(count);
});

test('rocm-smi’s list is read, and anything else is no device', () => {
  const text = JSON.stringify({
    card0: {
      'Card Series': 'Instinct MI210',
      'VRAM Total Memory (B)': '68702699520',
      'VRAM Total Used Memory (B)': '1',
    },
    system: { 'Driver version': '6' },
  });
  expect(parseRocmDevices(`WARNING: low power\n${text}`)).toEqual([
    { kind: 'rocm', name: 'Instinct MI210', memory: 68_702_699_520 },
  ]);
  for (const other of ['', 'null', '[]', '{"card0": 1}', 'oops {']) expect(parseRocmDevices(other)).toEqual([]);
});

test('enough cores, memory and devices are no shortage', () => {
  const machine = makeMachine({ accelerators: selectVisible(parseCudaDevices(TWO_T4), undefined) });
  expect(findShortage(undefined, machine)).toBeUndefined();
  expect(findShortage({ kind: 'cpu', count: 4, memory: '16GiB' }, machine)).toBeUndefined();
  expect(findShortage({ kind: 'cuda' }, machine)).toBeUndefined();
  expect(findShortage({ kind: 'cuda', count: 2, memory: '15GiB' }, machine)).toBeUndefined();
});

test('a shortage says what was asked, what was found and what to do', () => {
  expect(findShortage({ kind: 'cpu', count: 8 }, makeMachine())).toBe(
    'train.accelerator asks for 8 cores, and this machine has 4 cores with 16.0 GiB. Use a larger machine, or ask for less.',
  );
  expect(findShortage({ kind: 'cuda', memory: '16GiB' }, makeMachine())).toMatch(
    /asks for 1 CUDA device with 16GiB, and this machine has no CUDA device\. .*nvidia-smi.*CUDA_VISIBLE_DEVICES/,
  );
  expect(findShortage({ kind: 'rocm' }, makeMachine())).toContain('rocm-smi');
});

test('a device that is sold with the memory asked for, and shows a little less, gets a hint', () => {
  const machine = makeMachine({ accelerators: selectVisible(parseCudaDevices(TWO_T4), '0') });
  expect(findShortage({ kind: 'cuda', memory: '16GiB' }, machine)).toMatch(
    /Tesla T4 \(15\.0 GiB\)\. .*ask for 15360MiB/,
  );
  expect(findShortage({ kind: 'cuda', memory: '15360MiB' }, machine)).toBeUndefined();
  expect(findShortage({ kind: 'cuda', memory: '80GiB' }, machine)).toContain('Use a larger machine');
});

test('a device of unknown memory does not count where memory is asked for', () => {
  const machine = makeMachine({ accelerators: [{ kind: 'cuda', name: 'MIG slice', memory: 0 }] });
  expect(findShortage({ kind: 'cuda', memory: '1GiB' }, machine)).toContain('memory unknown');
  expect(findShortage({ kind: 'cuda' }, machine)).toBeUndefined();
});

test('devices of the other kind do not count', () => {
  const machine = makeMachine({ accelerators: [{ kind: 'rocm', name: 'MI210', memory: 64 * GIB }] });
  expect(findShortage({ kind: 'cuda' }, machine)).toContain('no CUDA device');
});
