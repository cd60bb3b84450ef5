/** A number of each row, by SQL over the columns of a row. A square is of another number of the same design. */
export type Variable = Base | Square;

export interface Base {
  /** DOUBLE, and finite in every row. NULL leaves a row out. */
  readonly sql: string;
  /** Whether the units where it is not 0 are counted. */
  readonly counted?: boolean;
}

export interface Square {
  readonly squareOf: string;
}

/** What is added up for a formula, beside how much each row counts; squares stand behind what they are of. */
export type Design = readonly Variable[];

/** The same text for the same number, so that no number is added up twice. */
export function nameVariable(variable: Variable): string {
  return 'sql' in variable ? variable.sql : `(${variable.squareOf})²`;
}

/** Those of the variables that are not squares. */
export function listBases(variables: readonly Variable[]): Base[] {
  return variables.flatMap((variable) => ('sql' in variable ? [variable] : []));
}

/** All variables of the designs, each once: first the numbers, then the squares. */
export function listVariables(designs: Iterable<Design>): Variable[] {
  const byName = new Map([...designs].flat().map((variable) => [nameVariable(variable), variable]));
  const all = [...byName.values()];
  return [...all.filter((variable) => 'sql' in variable), ...all.filter((variable) => 'squareOf' in variable)];
}

/** The pairs of variables whose products some design needs, by their places i ≤ j among `variables`. */
export function listPairs(designs: Iterable<Design>, variables: readonly Variable[]): [i: number, j: number][] {
  const places = new Map(variables.map((variable, at) => [nameVariable(variable), at]));
  const pairs = new Map<string, [number, number]>();
  for (const design of designs) {
    const own = design.map((variable) => places.get(nameVariable(variable)) ?? -1).sort((a, b) => a - b);
    for (const [at, i] of own.entries()) {
      for (const j of own.slice(at)) pairs.set(`${i} ${j}`, [i, j]);
    }
  }
  return [...pairs.values()].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
}
