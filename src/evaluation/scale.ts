/** A double as SQL that reads back as the same double. */
export function renderDouble(value: number): string {
  return `CAST('${value}' AS DOUBLE)`;
}

/** SQL for the scale of numbers between two SQL values, a power of two, so that dividing by it loses no digit; 1 where they are equal. */
export function renderScale(low: string, high: string): string {
  return `CASE WHEN ${high} > ${low} THEN pow(2.0::DOUBLE, ceil(log2(${high} - ${low}))) ELSE 1.0::DOUBLE END`;
}
