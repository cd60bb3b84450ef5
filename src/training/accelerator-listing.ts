/** One device. `memory` in bytes; 0 where the driver does not say. */
export interface Device {
  readonly kind: 'cuda' | 'rocm';
  readonly name: string;
  readonly memory: number;
}

/** A device as nvidia-smi lists it, with what CUDA_VISIBLE_DEVICES may call it. */
interface ListedDevice extends Device {
  readonly index: string;
  readonly uuid: string;
}

/** What nvidia-smi is asked for; `parseCudaDevices` reads the answer. Memory comes in MiB. */
export const CUDA_QUERY = ['--query-gpu=index,uuid,memory.total,name', '--format=csv,noheader,nounits'];
/** What rocm-smi is asked for; `parseRocmDevices` reads the answer. Memory comes in bytes. */
export const ROCM_QUERY = ['--showproductname', '--showmeminfo', 'vram', '--json'];

const MEBIBYTE = 1024 ** 2;
const MAX_NAME = 80;

/** Reads the answer to CUDA_QUERY: one line a device. Lines of another shape, such as warnings, are passed over. */
export function parseCudaDevices(text: string): ListedDevice[] {
  return text.split('\n').flatMap((line) => {
    const [index, uuid, memory, ...name] = line.split(',').map((part) => part.trim());
    if (!index || !/^\d+$/.test(index) || !uuid || memory === undefined) return [];
    const size = /^\d+$/.test(memory) ? Number(memory) * MEBIBYTE : 0;
    return [{ kind: 'cuda' as const, index, uuid, name: cleanName(name.join(', ')), memory: size }];
  });
}

/**
 * The devices that a command sees under CUDA_VISIBLE_DEVICES: numbers or beginnings of UUIDs, up to the first entry that
 * names no device, as the CUDA programming guide says (environment variables). A slice of a device (MIG-…) counts as
 * one of unknown memory.
 */
export function selectVisible(devices: readonly ListedDevice[], visible: string | undefined): Device[] {
  if (visible === undefined) return devices.map(describe);
  const chosen: Device[] = [];
  for (const entry of visible.split(',').map((part) => part.trim())) {
    const device = devices.find((each) => entry === each.index || (/^GPU-/.test(entry) && each.uuid.startsWith(entry)));
    if (device) chosen.push(describe(device));
    else if (/^MIG-/.test(entry) && devices.length > 0) chosen.push({ kind: 'cuda', name: 'MIG slice', memory: 0 });
    else break;
  }
  return chosen;
}

/** Reads the answer to ROCM_QUERY: an object with one entry a card. Anything else is no device. */
export function parseRocmDevices(text: string): Device[] {
  let value: unknown;
  try {
    value = JSON.parse(text.slice(Math.max(0, text.indexOf('{'))));
  } catch {
    return [];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value)
    .filter(([card, facts]) => /^card\d+$/.test(card) && typeof facts === 'object' && facts !== null)
    .map(([card, facts]: [string, Record<string, unknown>]) => {
      const memory = Number(facts['VRAM Total Memory (B)']);
      const name = facts['Card Series'] ?? facts['Card series'] ?? facts['Card Model'] ?? card;
      return {
        kind: 'rocm' as const,
        name: cleanName(String(name)),
        memory: Number.isSafeInteger(memory) && memory > 0 ? memory : 0,
      };
    });
}

function describe({ kind, name, memory }: ListedDevice): Device {
  return { kind, name, memory };
}

/** A name goes into reports: printable characters only, and not many. */
function cleanName(name: string): string {
  return name.replace(/[^\x20-\x7e]/g, '').slice(0, MAX_NAME);
}
