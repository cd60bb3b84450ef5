import { type Connection, QueryFailure } from '../../engine/postgres/connection.ts';

/** Asks a question, or says why the database does not answer it, as a phrase without a value of the data. */
export async function askOr<T extends Record<string, string | null>>(
  connection: Connection,
  sql: string,
): Promise<T[] | string> {
  try {
    return await connection.rows<T>(sql);
  } catch (error) {
    if (!(error instanceof QueryFailure)) throw error;
    if (error.code === '57014') return 'the database did not answer in time';
    if (error.code === '42501') return 'this user may not read what it needs';
    return `the database cannot compute it (SQLSTATE ${error.code})`;
  }
}
