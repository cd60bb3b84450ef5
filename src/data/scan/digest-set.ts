/** How many of the places of a table are taken at most. */
const FULL = 0.5;
const WORD = 2;

/**
 * Counts different numbers of 64 bits, list by list. It takes memory for the longest list, which it uses again: 32 bytes an
 * item at most.
 */
export class DigestSet {
  /** Open addressing with linear probing: two words for each place, both 0 where nothing is. */
  #places = new Uint32Array(WORD * 1024);

  /** How many of the items, which are spread evenly over their lowest 32 bits, are different. */
  count(list: BigUint64Array): number {
    const words = new Uint32Array(list.buffer, list.byteOffset, list.length * WORD);
    const size = this.#clear(list.length);
    const places = this.#places;
    const mask = WORD * size - WORD;
    let different = 0;
    let zeros = 0;
    for (let index = 0; index < words.length; index += WORD) {
      const low = words[index] as number;
      const high = words[index + 1] as number;
      let at = (low * WORD) & mask;
      while (isTaken(places, at) && (places[at] !== low || places[at + 1] !== high)) at = (at + WORD) & mask;
      if (isTaken(places, at)) continue;
      if ((low | high) === 0) {
        zeros = 1;
        continue;
      }
      places[at] = low;
      places[at + 1] = high;
      different += 1;
    }
    return different + zeros;
  }

  /** Makes room for so many items. Returns the number of places, a power of two. */
  #clear(items: number): number {
    const size = 2 ** Math.ceil(Math.log2(Math.max(items, 1) / FULL));
    if (this.#places.length < WORD * size) this.#places = new Uint32Array(WORD * size);
    else this.#places.fill(0, 0, WORD * size);
    return size;
  }
}

function isTaken(places: Uint32Array, at: number): boolean {
  return ((places[at] as number) | (places[at + 1] as number)) !== 0;
}
