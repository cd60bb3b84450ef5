import type { Engine } from '../../engine/connection.ts';
import { quoteIdentifier } from '../../engine/sql.ts';
import type { Column, Table } from '../../engine/table.ts';
import type { CheckedType } from '../checks/checks.ts';
import { chooseDialect } from '../dialects/choice.ts';
import type { ColumnSql, Reading } from '../dialects/dialect.ts';
import { isNumeric, renderDouble } from './ordinals.ts';
import { SAMPLED_ROWS } from './sample.ts';

/** As what a column may be read, and how many of its values are that. */
export interface Candidate {
  readonly reading: Reading;
  readonly sql: ColumnSql;
  readonly valid: number;
  /** The least and the greatest number, and numbers that part the values into about equal shares. Only where asked. */
  readonly low: number | null;
  readonly high: number | null;
  readonly edges: readonly number[] | null;
}

/** What one scan says about a column. */
export interface Survey {
  readonly column: Column;
  /** Rows with a value. */
  readonly present: number;
  /** Different values, estimated: it may be a third off. */
  readonly estimate: number;
  /** Characters of the longest value, where it may be text. */
  readonly longest: number;
  /** The first candidate that all values are of; undefined where there is no value, or none fits. */
  readonly fitting: Candidate | undefined;
  readonly candidates: readonly Candidate[];
}

interface SurveyOptions {
  /** How a column is to be read; undefined where that is to be found out. */
  readonly readings: readonly (Reading | undefined)[];
  /** Into how many parts numbers are split; none without it. */
  readonly parts?: number;
}

/** A type is offered by the first that fits; text fits what nothing else does. */
const NARROW_FIRST = ['integer', 'number', 'boolean', 'date', 'timestamp', 'string'] as const;
/** What so many first rows rule out is not asked of the others; where there are no others, the rows decide. */
const FIRST_ROWS = SAMPLED_ROWS;
/** A sampled row is known by these columns; all of 100,000 would be no expression. */
const MAX_HASHED = 20;
/** A number with a leading zero is a code, such as 01234 of a place. */
const CODE = '[+-]?0[0-9]+';

/** Looks at some columns of a table in one scan, after a look at its first rows. */
export async function surveyColumns(
  engine: Engine,
  table: Table,
  columns: readonly Column[],
  options: SurveyOptions,
): Promise<Survey[]> {
  const asked = await listCandidates(engine, table, columns, options.readings);
  const sample = options.parts === undefined ? undefined : renderSample(table);
  // Each expression once: what reads a text strictly is long, and the engine takes it apart as often as it stands there.
  const named = asked.flatMap(({ plain, tried }, at) => [
    `${quoteIdentifier(columns[at]?.name ?? '')} as c${at}`,
    `${plain.present} as p${at}`,
    ...(tried.some(({ reading }) => reading.type === 'string') ? [`length(${plain.text}) as l${at}`] : []),
    ...tried.flatMap(({ reading, sql, valid }, nth) => [
      `${valid} as v${at}_${nth}`,
      ...(isMeasured(reading, options) ? [`${renderDouble(reading.type, sql.ordinal)} as o${at}_${nth}`] : []),
    ]),
  ]);
  const terms = asked.flatMap(({ tried }, at) => [
    `count(*) filter (where p${at}) as present_${at}`,
    `approx_count_distinct(c${at}) as distinct_${at}`,
    ...(tried.some(({ reading }) => reading.type === 'string') ? [`max(l${at}) as longest_${at}`] : []),
    ...tried.flatMap(({ reading }, nth) => [
      `count(*) filter (where v${at}_${nth}) as valid_${at}_${nth}`,
      ...(isMeasured(reading, options) ? renderEdges(`${at}_${nth}`, sample !== undefined) : []),
    ]),
  ]);
  const picked = sample === undefined ? [] : [`${sample} as picked`];
  const edges = asked.flatMap(({ tried }, at) =>
    tried.flatMap(({ reading }, nth) =>
      isMeasured(reading, options) ? [pickEdges(`${at}_${nth}`, options.parts)] : [],
    ),
  );
  const [row = {}] = await engine.rows<Record<string, unknown>>(
    `select *${edges.length === 0 ? '' : ` replace (${edges.join(', ')})`} from (select ${terms.join(', ')}
     from (select ${[...named, ...picked].join(', ')} from ${table.relation}))`,
  );
  const number = (name: string) => (typeof row[name] === 'number' ? row[name] : null);
  return columns.map((column, at) => {
    const present = number(`present_${at}`) ?? 0;
    const candidates = (asked[at]?.tried ?? []).map(({ reading, sql }, nth): Candidate => {
      const edges = row[`edges_${at}_${nth}`];
      return {
        reading,
        sql,
        valid: number(`valid_${at}_${nth}`) ?? 0,
        low: number(`low_${at}_${nth}`),
        high: number(`high_${at}_${nth}`),
        edges: Array.isArray(edges) ? (edges as number[]) : null,
      };
    });
    const fitting = present === 0 ? undefined : candidates.find(({ valid }) => valid === present);
    const [estimate, longest] = [number(`distinct_${at}`) ?? 0, number(`longest_${at}`) ?? 0];
    return { column, present, estimate, longest, fitting, candidates };
  });
}

interface Asked {
  readonly plain: ColumnSql;
  readonly tried: readonly { readonly reading: Reading; readonly sql: ColumnSql; readonly valid: string }[];
}

async function listCandidates(
  engine: Engine,
  table: Table,
  columns: readonly Column[],
  readings: SurveyOptions['readings'],
): Promise<Asked[]> {
  const dialect = chooseDialect(table);
  const all = columns.map((column, at): Asked => {
    const given = readings[at];
    const types = given === undefined ? listTypes(table, column) : [];
    const tried = given === undefined ? types.map((type) => ({ type })) : [given];
    return {
      plain: dialect.describeColumn(table, column, { type: undefined }),
      tried: tried.map((reading) => {
        const sql = dialect.describeColumn(table, column, reading);
        // Numbers among which one is a code are codes.
        const isNumber = reading.type === 'integer' || reading.type === 'number';
        const isCode = given === undefined && isNumber && table.format === 'csv';
        const valid = `${sql.present} and coalesce(${sql.valid}, false)`;
        return { reading, sql, valid: isCode ? `${valid} and not regexp_full_match(${sql.text}, '${CODE}')` : valid };
      }),
    };
  });
  const open = all.flatMap(({ plain, tried }, at) =>
    tried.length < 2
      ? []
      : [
          `count(*) filter (where ${plain.present}) as p${at}`,
          ...tried.map(
            ({ valid }, nth) => `count(*) filter (where ${plain.present} and not (${valid})) as c${at}_${nth}`,
          ),
        ],
  );
  if (open.length === 0) return all;
  const [row = {}] = await engine.rows<Record<string, number>>(
    `select ${open.join(', ')} from (select * from ${table.relation} limit ${FIRST_ROWS})`,
  );
  const isWhole = table.rows <= FIRST_ROWS;
  return all.map(({ plain, tried }, at) => {
    if (tried.length < 2) return { plain, tried };
    // What no value speaks against is text, as far as anybody knows.
    if (isWhole && row[`p${at}`] === 0)
      return { plain, tried: tried.filter(({ reading }) => reading.type === 'string') };
    const left = tried.filter((_, nth) => row[`c${at}_${nth}`] === 0);
    return { plain, tried: isWhole ? left.slice(0, 1) : left };
  });
}

function listTypes(table: Table, column: Column): readonly CheckedType[] {
  if (table.format === 'jsonl') return [...NARROW_FIRST, 'array', 'object'];
  if (table.format !== 'parquet') return NARROW_FIRST;
  const native = chooseDialect(table).findNativeType(column.type);
  return native === undefined ? [] : [native];
}

/** Whether numbers are measured, beside being counted. */
function isMeasured({ type }: Reading, { parts }: SurveyOptions): boolean {
  return parts !== undefined && isNumeric(type);
}

function renderEdges(name: string, isSampled: boolean): string[] {
  const known = `o${name} is not null${isSampled ? ' and picked' : ''}`;
  return [
    `min(o${name}) as low_${name}`,
    `max(o${name}) as high_${name}`,
    // A hundred quantiles of the engine's own take five times as long as one sort.
    `list_sort(list(o${name}) filter (where ${known})) as edges_${name}`,
  ];
}

/** Of a sorted list the values that end each of so many parts of equal size. */
function pickEdges(name: string, parts = 1): string {
  const at = `list_transform(range(1, ${parts + 1}), i -> (len(edges_${name}) * i + ${parts - 1}) // ${parts})`;
  return `list_select(edges_${name}, ${at}) as edges_${name}`;
}

/**
 * The rows that edges are found on: those whose content has a digest of a kind, which neither the order of rows nor the
 * number of threads changes. Undefined where all are looked at.
 */
function renderSample({ rows, columns }: Table): string | undefined {
  const every = Math.ceil(rows / SAMPLED_ROWS);
  if (every <= 1) return undefined;
  const content = columns.slice(0, MAX_HASHED).map(({ name }) => quoteIdentifier(name));
  return `hash(${content.join(', ')}) % ${every} = 0`;
}
