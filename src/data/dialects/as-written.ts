import type { ColumnSql } from './dialect.ts';

/** A number as it is written: of those in 32 bits their digits tell, and not what DOUBLE makes of them. */
export function renderAsWritten({ ordinal, text, single }: ColumnSql): string {
  return single ? `(case when ${ordinal} is not null then cast(${text} as double) end)` : ordinal;
}
