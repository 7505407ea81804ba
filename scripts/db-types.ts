/**
 * Writes `src/platform/server/db-types.gen.ts`: the tables of the migrated database as Kysely types.
 *
 *   node scripts/run.mjs scripts/db-types.ts            writes the file
 *   node scripts/run.mjs scripts/db-types.ts --check    fails when the file is not what the database says
 *
 * The database is `DATABASE_URL` (already migrated), or a fresh embedded one that is migrated here and thrown away.
 */
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '#src/platform/server/embedded-postgres.ts';
import { migrate } from '#src/platform/server/migrate.ts';

const targetFile = new URL('../src/platform/server/db-types.gen.ts', import.meta.url);

export interface DatabaseColumn {
  name: string;
  /** Name of the scalar type in `pg_type`; domains are already resolved to their base. */
  type: string;
  isArray: boolean;
  /** Labels when the type is an enum. */
  labels: string[] | null;
  isNullable: boolean;
  hasDefault: boolean;
  /** The database alone writes it: `generated always`, or a column of a view. */
  isReadOnly: boolean;
  comment: string | null;
  /** Definitions of the check constraints on this column alone. */
  checks: string[];
}

export interface DatabaseTable {
  schema: string;
  name: string;
  comment: string | null;
  columns: DatabaseColumn[];
}

// Our schemas are the rooms. `public` holds the list of migrations, `graphile_worker` the tables of that library.
const tablesQuery = `
  select n.nspname as schema, c.relname as name, obj_description(c.oid, 'pg_class') as comment,
         json_agg(json_build_object(
           'name', a.attname,
           'type', coalesce(element.typname, base.typname),
           'isArray', element.oid is not null,
           'labels', (select json_agg(e.enumlabel order by e.enumsortorder) from pg_enum e
                      where e.enumtypid = coalesce(element.oid, base.oid)),
           'isNullable', not (a.attnotnull or t.typnotnull),
           'hasDefault', a.atthasdef or a.attidentity <> '' or t.typdefault is not null,
           'isReadOnly', c.relkind in ('v', 'm') or a.attidentity = 'a' or a.attgenerated <> '',
           'comment', col_description(c.oid, a.attnum),
           'checks', (select coalesce(json_agg(pg_get_constraintdef(k.oid) order by k.conname), '[]')
                      from pg_constraint k
                      where k.contype = 'c' and (k.conrelid = c.oid and k.conkey = array[a.attnum] or k.contypid = t.oid))
         ) order by a.attnum) as columns
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  join pg_type t on t.oid = a.atttypid
  join pg_type base on base.oid = case when t.typtype = 'd' then t.typbasetype else t.oid end
  left join pg_type element on element.oid = base.typelem and base.typcategory = 'A'
  where c.relkind in ('r', 'p', 'v', 'm', 'f') and not c.relispartition
    and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'graphile_worker', 'public')
    and not exists (select from pg_depend d
                    where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
  group by c.oid, n.nspname, c.relname
  order by n.nspname collate "C", c.relname collate "C"`;

/** Every table and view of our schemas, as the catalogue describes them, in a stable order. */
export async function readTables(client: pg.ClientBase): Promise<DatabaseTable[]> {
  const { rows } = await client.query<DatabaseTable>(tablesQuery);
  return rows;
}

const scalarTypes: Record<string, string> = {
  bool: 'boolean',
  int2: 'number',
  int4: 'number',
  int8: 'number',
  oid: 'number',
  float4: 'number',
  float8: 'number',
  bytea: 'Buffer',
  json: 'Json',
  jsonb: 'Json',
  timestamp: 'Timestamp',
  timestamptz: 'Timestamp',
};
const stringTypes = new Set(
  (
    'text varchar bpchar char name citext uuid numeric money inet cidr macaddr macaddr8 date time timetz ' +
    'tsvector tsquery xml bit varbit pg_lsn regclass regtype int4range int8range numrange tsrange tstzrange ' +
    'daterange ltree'
  ).split(' '),
);

const quote = (value: string) => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** The values a check constraint allows, as TypeScript literals; undefined when it says anything else. */
export function literalsOfCheck(definition: string, column: string): string[] | undefined {
  const plain = definition
    // Casts say nothing here: `(phase)::text = ANY ((ARRAY['a'::character varying])::text[])`.
    .replace(/'(?:[^']|'')*'|::(?:character varying|[a-z_]\w*)(?:\[\])?/g, (part) =>
      part.startsWith("'") ? part : '',
    )
    .replace(/^CHECK\s*/, '')
    .replace(/\s+NO INHERIT$|\s+NOT VALID$/, '');
  const literal = String.raw`(?:'(?:[^']|'')*'|\(*-?\d+\)*)`;
  const name = String.raw`\(*"?(?:${column.replace(/\W/g, '\\$&')}|VALUE)"?\)*`;
  const match = new RegExp(
    String.raw`^\(*(?:\(*${name} IS NULL\)* OR )?\(*${name} (?:= ANY|<@|=) \(*(?:ARRAY)?\[?(${literal}(?:, ${literal})*)\]?\)*$`,
  ).exec(plain);
  return match?.[1]
    ?.match(new RegExp(literal, 'g'))
    ?.map((part) =>
      part.startsWith("'") ? quote(part.slice(1, -1).replaceAll("''", "'")) : part.replace(/[()]/g, ''),
    );
}

function columnType(column: DatabaseColumn): string {
  const general = scalarTypes[column.type] ?? (stringTypes.has(column.type) ? 'string' : 'unknown');
  const checked = () =>
    column.checks.map((check) => literalsOfCheck(check, column.name)).find((found) => found !== undefined);
  const literals =
    column.labels?.map(quote) ??
    // `numeric` travels as text with its own digits, so only integers and words can be listed.
    (general === 'string' && column.type !== 'numeric'
      ? checked()
      : /^int\d$/.test(column.type)
        ? checked()?.map((literal) => literal.replaceAll("'", ''))
        : undefined);
  const scalar = literals?.join(' | ') ?? general;
  const isOwnColumnType = !column.isArray && (scalar === 'Json' || scalar === 'Timestamp');
  const element = scalar === 'Timestamp' ? 'Date' : scalar === 'Json' ? 'JsonValue' : scalar;
  const bare = column.isArray ? (element.includes('|') ? `(${element})[]` : `${element}[]`) : scalar;
  const orNull = column.isNullable ? ' | null' : '';
  if (column.isReadOnly) {
    const selected = isOwnColumnType ? element : bare;
    return `GeneratedAlways<${selected}${orNull}>`;
  }
  if (isOwnColumnType) return (column.hasDefault ? `Generated${bare}` : bare) + orNull;
  return column.hasDefault ? `Generated<${bare}${orNull}>` : bare + orNull;
}

const pascal = (name: string) =>
  name.replace(/(?:^|[^a-zA-Z0-9]+)([a-zA-Z0-9])/g, (_, letter) => letter.toUpperCase());
const comment = (text: string | null, indent: string) =>
  text === null ? '' : `${indent}/** ${text.replaceAll('*/', '* /').replace(/\s+/g, ' ').trim()} */\n`;
const property = (name: string) => (/^[a-zA-Z_]\w*$/.test(name) ? name : quote(name));

/** The TypeScript of `db-types.gen.ts` for these tables. */
export function renderTables(tables: DatabaseTable[]): string {
  const interfaceName = (table: DatabaseTable) => `${pascal(table.schema)}${pascal(table.name)}Table`;
  const interfaces = tables.map((table) => {
    const columns = table.columns.map(
      (column) => `${comment(column.comment, '  ')}  ${property(column.name)}: ${columnType(column)};\n`,
    );
    return `${comment(table.comment, '')}export interface ${interfaceName(table)} {\n${columns.join('')}}\n`;
  });
  const entries = tables.map(
    (table) => `  ${quote(`${table.schema}.${table.name}`)}: ${interfaceName(table)};\n`,
  );
  const body = [...interfaces, `export interface DB {\n${entries.join('')}}\n`].join('\n');
  const imported = ['ColumnType', 'Generated', 'GeneratedAlways'].filter(
    (name) => name === 'ColumnType' || body.includes(`${name}<`),
  );
  return `// Generated by scripts/db-types.ts from the migrated database. Do not edit: change a migration instead.
import type { ${imported.join(', ')} } from 'kysely';

export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };
/**
 * What a json column takes: JSON text, or an object. An array must be text (\`JSON.stringify\`), because the driver
 * would send it as a PostgreSQL array.
 */
export type JsonInput = string | (object & { readonly length?: never });
export type Json = ColumnType<JsonValue, JsonInput, JsonInput>;
export type GeneratedJson = ColumnType<JsonValue, JsonInput | undefined, JsonInput>;
export type Timestamp = ColumnType<Date, Date | string, Date | string>;
export type GeneratedTimestamp = ColumnType<Date, Date | string | undefined, Date | string>;

${body}`;
}

/** The types of the database at this address. */
export async function generateDatabaseTypes(databaseUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return renderTables(await readTables(client));
  } finally {
    await client.end();
  }
}

/** Calls `work` with the address of a migrated database: `DATABASE_URL`, or a fresh embedded one, removed afterwards. */
async function withDatabase<T>(work: (databaseUrl: string) => Promise<T>): Promise<T> {
  const given = process.env['DATABASE_URL'];
  if (given) return work(given);
  const home = await mkdtemp(join(tmpdir(), 'elepherd-db-types-'));
  try {
    await chmod(home, 0o755);
    const postgres = await startEmbeddedPostgres({ home, log: () => {}, durable: false });
    try {
      await migrate(postgres.url);
      return await work(postgres.url);
    } finally {
      await postgres.stop();
    }
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

async function main(): Promise<number> {
  const wished = await withDatabase(generateDatabaseTypes);
  if (!process.argv.includes('--check')) {
    await writeFile(targetFile, wished);
    return 0;
  }
  const found = await readFile(targetFile, 'utf8').catch(() => '');
  if (found === wished) return 0;
  const lines = found.split('\n');
  const differing = wished.split('\n').findIndex((line, index) => line !== lines[index]);
  process.stderr.write(
    `src/platform/server/db-types.gen.ts is not what the migrations make (first difference in line ${differing + 1}).\n` +
      'Run: node scripts/run.mjs scripts/db-types.ts\n',
  );
  return 1;
}

if (import.meta.main) process.exitCode = await main();
