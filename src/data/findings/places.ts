import { locateRows } from '../../engine/rows.ts';
import type { Table } from '../../engine/table.ts';
import type { Finding } from '../../evidence/schema/data.ts';
import type { DatasetSource } from '../sources.ts';

/** A data set and what was read of it. */
interface Placed {
  readonly source: Pick<DatasetSource, 'files' | 'several'>;
  readonly table: Table;
}

/**
 * Says of every example where it stands: its row in its own file, the line of a text file, and the file where there are
 * several. Before, `row` counts on from file to file, as `Table.numbered` does.
 */
export async function placeExamples(placed: Placed, examples: Finding['examples']): Promise<Finding['examples']> {
  const [finding] = await placeFindings(placed, [{ examples }]);
  return finding?.examples ?? [];
}

/** The same for the examples of several findings, in one pass. */
export async function placeFindings<F extends Pick<Finding, 'examples'>>(
  { source, table }: Placed,
  findings: readonly F[],
): Promise<F[]> {
  const rows = findings.flatMap(({ examples }) => examples.flatMap(({ row }) => row ?? []));
  const places = await locateRows(table, [...new Set(rows)]);
  return findings.map((finding) => ({
    ...finding,
    examples: finding.examples.map((example) => {
      const place = example.row === undefined ? undefined : places.get(example.row);
      if (!place) return example;
      const { part, row, line } = place;
      const file = source.several ? source.files[part]?.shown : undefined;
      return {
        ...(file === undefined ? {} : { file }),
        ...example,
        row,
        ...(line === undefined ? {} : { line }),
      };
    }),
  }));
}
