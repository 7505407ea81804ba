/**
 * What the primary still has from before a moment, and whether a copy of that moment has it. A row version that is alive and
 * was written by a transaction that had committed by then was there at that moment, whatever was added, changed, deleted or
 * truncated since: so a copy without it is wrong, and growth never looks like loss. Tables are known by their number, which a
 * physical copy keeps when they are renamed.
 */

/** A hundred databases are counted, the largest: a whole server is drilled with all of them. */
export const databasesAtMost = 100;
const tablesAtMost = 500;
const rowsOfTable = 10;
const pagesOfTable = 20;
const pagesAtHead = 4;

/** The whole number of a transaction of which a row shows the lower half; `now` is the newest one. */
const whole = (low: string, now: string) => `(${now} - ((${now} - (${low})) & 4294967295))`;
/** Rows of the time before transactions had numbers, and those not yet known at the moment, prove nothing. */
const isOld = (low: string, now: string) => `${whole(low, now)} between 3 and :'until'::bigint`;
const now = `pg_snapshot_xmax(pg_current_snapshot())::text::bigint`;

/** A table holds still for it at most as long as for any reader, and nobody waits in line behind it. */
const polite = `set lock_timeout = '2s';`;

const ownTables = `from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind = 'r' and c.relpersistence = 'p' and n.nspname not in ('pg_catalog', 'information_schema')
  and n.nspname not like 'pg\\_%'`;

/** On the primary: the databases that it had by a transaction. */
export const knownDatabasesScript = `${polite}
with x as (select ${now} as now)
select d.oid::text as oid, d.datname as name, ${whole('d.xmin::text::bigint', 'x.now')}::text as xid
from pg_database d, x
where d.datallowconn and not d.datistemplate and ${isOld('d.xmin::text::bigint', 'x.now')};
`;

const someRows = (sample: string, where: string) => `
select t.ctid::text as at, ${whole('t.xmin::text::bigint', '%2$s')} as xid from only %1$s as t ${sample}
where ${where} and ${whole('t.xmin::text::bigint', '%2$s')} between 3 and %4$s`;

/**
 * On the primary, in one database: its tables, the largest first, each with a few rows of its first pages, and of pages here and there, that were
 * written before a transaction: where they lie and who wrote them, and nothing of what is in them.
 */
export const knownRowsScript = `${polite}
with x as (select ${now} as now),
biggest as (
  select c.oid, c.relfilenode, format('%I.%I', n.nspname, c.relname) as name, c.xmin::text::bigint as low,
    pg_relation_size(c.oid) / current_setting('block_size')::int as pages
  ${ownTables} and c.relam = (select oid from pg_am where amname = 'heap')
  order by pages desc, c.oid limit ${tablesAtMost})
select now::text as now, json_agg(json_build_array(oid, relfilenode, name,
  case when ${whole('low', 'now')} between 3 and :'until'::bigint then ${whole('low', 'now')} end,
  (xpath('/row/c/text()', query_to_xml(format(
    $$select string_agg(s.at || ' ' || s.xid, ';') as c from (
        (${someRows('tablesample system (%3$s)', 'true')} order by random() limit ${rowsOfTable})
        union (${someRows('', `%5$s and t.ctid < '(${pagesAtHead},0)'`)} limit ${rowsOfTable})) s$$,
    name, now, least(100, 100.0 * ${pagesOfTable} / greatest(pages, 1)), :'until'::bigint,
    -- Older ones would read the whole table for it.
    (current_setting('server_version_num')::int >= 140000)::text), false, true, '')))[1]::text))::text as tables
from biggest, x group by now;
`;

/** Whether a transaction of the original had committed in the copy; what the copy has forgotten is long past. */
const hadCommitted = (xid: string) =>
  `case when ${xid} >= ${now} then false else coalesce(pg_xact_status(${xid}::text::xid8), 'committed') = 'committed' end`;

/**
 * On the copy: rows of every table of a database, each counted (every page of every table is read for it), and which tables
 * lack a row that the primary still has. `known` is what the primary said of its tables, or an empty list.
 */
export const countScript = `
with known as materialized (
  select (t->>0)::oid as oid, (t->>1)::oid as file, t->>2 as name,
    case when t->>3 is null then false else ${hadCommitted('(t->>3)::bigint')} end as had_table, t->>4 as rows
  from json_array_elements(:'known'::json) as t),
had_row as materialized (
  select k.oid, split_part(r, ' ', 1) as at, (split_part(r, ' ', 2)::bigint & 4294967295)::text as low
  from known k, unnest(string_to_array(k.rows, ';')) as r
  where ${hadCommitted("split_part(r, ' ', 2)::bigint")}),
expected as materialized (
  select k.oid, k.file, k.name, k.had_table, count(r.at) as rows, array_agg(r.at) filter (where r.at is not null) as places,
    array_agg(r.at || ' ' || r.low) filter (where r.at is not null) as signs
  from known k left join had_row r using (oid) group by 1, 2, 3, 4),
counted as materialized (
  select c.oid, c.relfilenode as file, n.nspname, c.relname,
    (xpath('/row/c/text()', query_to_xml(format('select count(*) as c from only %I.%I', n.nspname, c.relname),
      false, true, '')))[1]::text::bigint as rows
  ${ownTables}),
compared as materialized (
  select e.name, e.rows as expected, case
    when c.oid is null then not (e.had_table or e.rows > 0)
    when e.rows = 0 then true
    -- A table that was rewritten since has its rows elsewhere, but no fewer.
    when c.file <> e.file then c.rows >= e.rows
    else (xpath('/row/c/text()', query_to_xml(format(
      $$select count(*) as c from only %I.%I where ctid = any (%L::tid[]) and ctid::text || ' ' || xmin::text = any (%L::text[])$$,
      c.nspname, c.relname, e.places, e.signs), false, true, '')))[1]::text::bigint = e.rows end as is_there
  from expected e left join counted c using (oid)
  where e.had_table or e.rows > 0)
select (select count(*) from counted)::text as tables, (select coalesce(sum(rows), 0) from counted)::text as rows,
  pg_database_size(current_database())::text as bytes,
  count(*)::text as known_tables, coalesce(sum(expected), 0)::text as known_rows,
  coalesce(json_agg(name order by name) filter (where not is_there), '[]')::text as missing
from compared;
`;

/** On the copy: its databases, the largest first, and whether each can be entered. */
export const databasesScript = `
select oid::text as oid, datname as name, datallowconn::text as open from pg_database
where not datistemplate order by pg_database_size(oid) desc, datname;
`;
