import { UserMistake } from '../../errors.ts';
import { quoteIdentifier, quoteLiteral } from '../sql.ts';
import type { Column, Table } from '../table.ts';
import { type Connection, QueryFailure } from './connection.ts';
import { parseTableName, type TableName } from './table-name.ts';

/** Tables, partitioned tables, views, materialised views and foreign tables. */
const KINDS = ['r', 'p', 'v', 'm', 'f'];

/**
 * Opens a table of a database. `name` is what the user wrote, for messages. Throws UserMistake where there is no such table,
 * or this user may not read all of it, or the database keeps no Unicode.
 */
export async function readDatabaseTable(connection: Connection, name: string): Promise<Table> {
  const known = parseTableName(name);
  if (!known) throw new UserMistake({ found: `${name} is no name of a table`, fix: 'Write schema.table.' });
  await requireUnicode(connection);
  const oid = await findTable(connection, name, known);
  const columns = await listColumns(connection, oid);
  if (columns.length === 0) throw new UserMistake({ found: `the table ${name} has no columns` });
  const relation = `${quoteIdentifier(known.schema)}.${quoteIdentifier(known.name)}`;
  try {
    const [counted] = await connection.rows<{ n: string }>(`select count(*) as n from ${relation}`);
    // Asks for the right to every column, and for rows that a policy hides.
    await connection.rows(`select * from ${relation} limit 0`);
    return { files: [], format: 'postgres', columns, rows: Number(counted?.n ?? 0), relation, numbered: relation };
  } catch (error) {
    if (!(error instanceof QueryFailure)) throw error;
    throw new UserMistake(describeRefusal(name, error), { cause: error });
  }
}

function describeRefusal(name: string, { code }: QueryFailure) {
  if (code === '42501') {
    const fix = 'Grant SELECT on the table, and let no row security policy hide rows from this user.';
    return { found: `this user may not read all of the table ${name}`, fix };
  }
  if (code === '57014') return { found: `the rows of ${name} could not be counted in time` };
  return { found: `the table ${name} cannot be read (SQLSTATE ${code})` };
}

async function requireUnicode(connection: Connection): Promise<void> {
  const [row] = await connection.rows<{ encoding: string }>(`select current_setting('server_encoding') as encoding`);
  if (row?.encoding === 'UTF8') return;
  const found = `the database keeps its texts as ${row?.encoding ?? 'nobody knows what'}, in which characters are counted otherwise`;
  throw new UserMistake({ found, fix: 'Name a database whose encoding is UTF8.' });
}

async function findTable(connection: Connection, written: string, { schema, name }: TableName): Promise<string> {
  const found = await connection.rows<{ oid: string; kind: string; near: string }>(
    `select c.oid, c.relkind as kind, c.relname as near from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = ${quoteLiteral(schema)} and lower(c.relname) = lower(${quoteLiteral(name)})`,
  );
  const tables = found.filter(({ kind }) => KINDS.includes(kind));
  const exact = tables.find(({ near }) => near === name);
  if (exact) return exact.oid;
  const near = tables[0]?.near;
  const fix = near === undefined ? 'Write schema.table as the database has it.' : `There is ${schema}.${near}.`;
  throw new UserMistake({ found: `the database has no table ${written}`, fix });
}

/** In the order of the table. A domain is the type that it restricts; an enumeration is `enum`, and citext `citext` wherever it lies. */
async function listColumns(connection: Connection, oid: string): Promise<Column[]> {
  return connection.rows<{ name: string; type: string }>(
    `with recursive columns as (
       select attnum, attname, atttypid as typ, atttypmod as mod from pg_attribute
       where attrelid = ${Number(oid)} and attnum > 0 and not attisdropped
       union all
       select attnum, attname, t.typbasetype, t.typtypmod from columns join pg_type t on t.oid = typ where t.typtype = 'd'
     )
     select attname as name, case when t.typtype = 'e' then 'enum' when t.typname = 'citext' then 'citext'
       else format_type(typ, mod) end as type
     from columns join pg_type t on t.oid = typ where t.typtype <> 'd' order by attnum`,
  );
}
