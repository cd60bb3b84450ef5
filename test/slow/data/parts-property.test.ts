import fc from 'fast-check';
import { expect, test } from 'vitest';
import { check, contract } from '../../data/project.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
/** What a contract promises of a value and of what it holds, as a property of it. */
interface Promised {
  readonly name?: string;
  readonly logicalType: 'integer' | 'string' | 'object' | 'array';
  readonly required?: boolean;
  readonly logicalTypeOptions?: { readonly maximum?: number; readonly maxLength?: number };
  readonly properties?: readonly Promised[];
  readonly items?: Promised;
}

const { tree: value } = fc.letrec<{ tree: Json }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom<Json>(null, true, 1, 7, 1.5, 'a', 'long', '1', ''),
    fc.array(tie('tree'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('0', 'y/z'), tie('tree'), { maxKeys: 2, noNullPrototype: true }),
  ),
}));
const required = fc.boolean();
const { part } = fc.letrec<{ part: Promised }>((tie) => ({
  part: fc.oneof(
    { maxDepth: 3 },
    fc.record({
      logicalType: fc.constant('integer' as const),
      required,
      logicalTypeOptions: fc.constantFrom({}, { maximum: 3 }),
    }),
    fc.record({
      logicalType: fc.constant('string' as const),
      required,
      logicalTypeOptions: fc.constantFrom({}, { maxLength: 2 }),
    }),
    fc.record({
      logicalType: fc.constant('object' as const),
      required,
      properties: fc.tuple(tie('part'), tie('part')).map(([x, y]) => [
        { ...x, name: '0' },
        { ...y, name: 'y/z' },
      ]),
    }),
    fc.record({ logicalType: fc.constant('array' as const), required, items: tie('part') }),
  ),
}));

/** The places of one row in which a part could be, with what is there. */
type Places = readonly (Json | undefined)[];

const ofType: Readonly<Record<Promised['logicalType'], (one: Json) => boolean>> = {
  integer: Number.isInteger,
  string: (one) => typeof one === 'string',
  array: Array.isArray,
  object: (one) => typeof one === 'object' && !Array.isArray(one),
};

const isThere = (one: Json | undefined): one is NonNullable<Json> => one !== undefined && one !== null;

/** What each rule of a part comes to, said as plainly as can be: column, rule, outcome, and the rows that break it. */
function* judge(path: string, promised: Promised, rows: readonly Places[]): Generator<unknown[]> {
  const { logicalType: type, logicalTypeOptions: options = {}, properties = [], items } = promised;
  const { maximum, maxLength } = options;
  const tell = (
    rule: string,
    judges: (one: Json | undefined) => boolean,
    breaks: (one: Json | undefined) => boolean,
  ) => {
    const judged = rows.some((places) => places.some(judges));
    const broken = rows.flatMap((places, at) => (places.some((one) => judges(one) && breaks(one)) ? [at + 1] : []));
    const outcome = judged ? (broken.length > 0 ? 'fail' : 'pass') : 'cannot-measure';
    return [path, rule, outcome, broken.length, broken.slice(0, 5)];
  };
  const isOf = (one: Json | undefined) => isThere(one) && ofType[type](one);
  if (path !== 'c') {
    yield tell('logicalType', isThere, (one) => !isOf(one));
    if (maximum !== undefined) yield tell('maximum', isThere, (one) => !isOf(one) || Number(one) > maximum);
    // Of a value that is no text, what JSON writes is as long as it is.
    if (maxLength !== undefined) yield tell('maxLength', isThere, (one) => renderText(one).length > maxLength);
    if (promised.required)
      yield tell(
        'required',
        () => true,
        (one) => !isThere(one),
      );
  }
  for (const property of properties) {
    const key = property.name ?? '';
    const inside = rows.map((places) =>
      places.flatMap((one) => (isThere(one) && ofType.object(one) ? [(one as Record<string, Json>)[key]] : [])),
    );
    yield* judge(`${path}.${key === '0' ? key : JSON.stringify(key)}`, property, inside);
  }
  if (items)
    yield* judge(
      `${path}[]`,
      items,
      rows.map((places) => places.flatMap((one) => (Array.isArray(one) ? one : []))),
    );
}

function renderText(one: Json | undefined): string {
  return typeof one === 'string' ? one : JSON.stringify(one);
}

test('what objects and lists hold is judged as a look at row after row judges it', { timeout: 300_000 }, async () => {
  const asked = fc.record({ promised: part, rows: fc.array(value, { minLength: 1, maxLength: 12 }) });
  await fc.assert(
    fc.asyncProperty(asked, async ({ promised, rows }) => {
      const column = { ...promised, required: false, name: 'c' };
      const lines = rows.map((c, at) => `${JSON.stringify({ id: at, c })}\n`).join('');
      const odcs = contract([{ name: 'id' }, column]);
      const evidence = await check(
        { b: { path: 'b.jsonl', contract: 'c.yaml' } },
        { 'b.jsonl': lines, 'c.yaml': odcs },
      );
      const found = (evidence.datasets[0]?.findings ?? []).filter((finding) => /^c[.[]/.test(finding.column ?? ''));
      const told = found.map(({ column: name, rule, outcome, count, examples }) => [
        ...[name, rule, outcome, count],
        examples.map(({ row }) => row),
      ]);
      const expected = [
        ...judge(
          'c',
          column,
          rows.map((one) => [one]),
        ),
      ];
      expect(told.map(String).sort()).toEqual(expected.map(String).sort());
    }),
    { seed: 7, numRuns: 150 },
  );
});
