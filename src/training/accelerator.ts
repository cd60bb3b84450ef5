import { parseSize } from '../config/quantities.ts';
import type { TrainConfig } from '../config/schema/modelgate.ts';
import type { Machine } from '../evidence/schema/training.ts';

/** A card that is sold as 16 GB shows about 15 GiB: a shortage up to this share is likely that. */
const TRADE_SHARE = 0.12;

/**
 * Why the machine does not have what `train.accelerator` asks for: what was asked, what was found and what to do;
 * undefined when it has it. For `cpu`, count is cores and memory is the machine's; else memory is that of each device.
 */
export function findShortage(asked: TrainConfig['accelerator'], machine: Machine): string | undefined {
  if (!asked) return undefined;
  const memory = asked.memory === undefined ? 0 : (parseSize(asked.memory) ?? Number.POSITIVE_INFINITY);
  const count = asked.count ?? 1;
  const wanted = `${count} ${describeKind(asked.kind, count)}${asked.memory ? ` with ${asked.memory}` : ''}`;
  if (asked.kind === 'cpu') {
    if (machine.cores >= count && machine.memory >= memory) return undefined;
    const found = `${machine.cores} ${describeKind('cpu', machine.cores)} with ${renderGibibytes(machine.memory)}`;
    return `train.accelerator asks for ${wanted}, and this machine has ${found}. Use a larger machine, or ask for less.`;
  }
  const devices = machine.accelerators.filter(({ kind }) => kind === asked.kind);
  const enough = devices.filter((device) => device.memory >= memory);
  if (enough.length >= count) return undefined;
  const found = devices.map(
    ({ name, memory: size }) => `${name} (${size > 0 ? renderGibibytes(size) : 'memory unknown'})`,
  );
  const seen = found.length > 0 ? found.join(', ') : `no ${describeKind(asked.kind, 1)}`;
  return `train.accelerator asks for ${wanted}, and this machine has ${seen}. ${advise(asked.kind, devices, memory)}`;
}

function advise(kind: 'cuda' | 'rocm', devices: Machine['accelerators'], memory: number): string {
  if (devices.length === 0) {
    const program = kind === 'cuda' ? 'nvidia-smi' : 'rocm-smi';
    const hidden = kind === 'cuda' ? ' and that CUDA_VISIBLE_DEVICES does not hide the devices' : '';
    return `Run on a machine with such a device, and check that ${program} lists it there${hidden}; or ask for { kind: cpu }.`;
  }
  const largest = Math.max(...devices.map((device) => device.memory));
  if (largest < memory && largest >= memory * (1 - TRADE_SHARE)) {
    return `A device sold as 16 GB shows about 15 GiB: if these are the ones that you mean, ask for ${Math.floor(largest / 1024 ** 2)}MiB.`;
  }
  return 'Use a larger machine, or ask for less.';
}

function describeKind(kind: 'cpu' | 'cuda' | 'rocm', count: number): string {
  const names = { cpu: 'core', cuda: 'CUDA device', rocm: 'ROCm device' };
  return count === 1 ? names[kind] : `${names[kind]}s`;
}

function renderGibibytes(bytes: number): string {
  return `${(Math.floor((bytes / 1024 ** 3) * 10) / 10).toFixed(1)} GiB`;
}
