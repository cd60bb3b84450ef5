/** The level of an interval wherever nobody asks for another: those of the evidence, and what a report calls noise. Two-sided. */
export const USUAL_LEVEL = 0.95;

/** The error of each of its two limits. Not computed: (1 − 0.95) / 2 is a little over 0.025 in doubles. */
export const USUAL_TAIL = 0.025;
