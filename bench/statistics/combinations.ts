/**
 * Of all combinations of two lists, those that are tried at one of several sizes: each of the first list once, and each of the
 * second as evenly. `place` is that of the size. With as many sizes as the second list has members, a Latin square: each
 * combination is tried at some size.
 */
export function pickCombinations<A, B>(first: readonly A[], second: readonly B[], place: number): [A, B][] {
  return first.flatMap((one, at) => {
    const other = second[(at + place) % second.length];
    return other === undefined ? [] : [[one, other] as [A, B]];
  });
}
