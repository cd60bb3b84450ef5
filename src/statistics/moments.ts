/** Binary digits behind the point of a fixed-point sum. Whole numbers add up to the same sum in any order, as doubles do not. */
export const FRACTION_BITS = 60;
