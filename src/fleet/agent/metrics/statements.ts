import type { PsqlLine, Values } from './psql-line.ts';
import { labelsOf, type Sheet } from './sheet.ts';

/** Statements told by name each minute; the rest is one. */
const topN = 20;
/** Different statements of one server told by name in a day. */
const namesADay = 500;
const dayMs = 24 * 3600_000;

const columns = ['seconds', 'calls', 'rows', 'blocks_hit', 'blocks_read'] as const;

const findSql = `select quote_ident(n.nspname) from pg_extension e join pg_namespace n on n.oid = e.extnamespace
  where e.extname = 'pg_stat_statements'`;

/** What statements did since the last look, the expensive ones by name; keeps what it saw to tell the difference. */
export class Statements {
  #before: Map<string, number[]> | undefined;
  #named = new Set<string>();
  #namedSince = 0;
  readonly #textsKnown = new Set<string>();

  /** The schema of pg_stat_statements in the database the session is in; undefined when it is not there. */
  async findSchema(line: PsqlLine, seconds: number): Promise<string | undefined> {
    return (await line.query(findSql, seconds))[0]?.[0] ?? undefined;
  }

  /** Writes down what statements of the whole server did since the last look; answers texts that were not told before. */
  async look(
    line: PsqlLine,
    schema: string,
    sheet: Sheet,
    seconds: number,
  ): Promise<{ queryId: string; text: string }[]> {
    const rows = await line.query(
      `select s.queryid, coalesce(d.datname, ''), coalesce(pg_get_userbyid(s.userid), ''),
         sum(s.total_exec_time) / 1000, sum(s.calls), sum(s.rows), sum(s.shared_blks_hit), sum(s.shared_blks_read)
       from ${schema}.pg_stat_statements(false) s left join pg_database d on d.oid = s.dbid
       where s.queryid is not null group by 1, 2, 3`,
      seconds,
    );
    const ids = this.note(rows, sheet);
    const unknown = ids.filter((id) => !this.#textsKnown.has(id));
    if (unknown.length === 0) return [];
    const texts = await line.query(
      `select distinct on (queryid) queryid, left(query, 20000) from ${schema}.pg_stat_statements(true)
       where queryid = any ('{${unknown.join(',')}}'::int8[])`,
      seconds,
    );
    if (this.#textsKnown.size > 20_000) this.#textsKnown.clear();
    return texts.flatMap(([queryId, text]) => {
      if (!queryId || !text) return [];
      this.#textsKnown.add(queryId);
      return [{ queryId, text: withoutLiterals(text).slice(0, 4000) }];
    });
  }

  /** Texts were not taken by the server: they are told again. */
  forgetTexts(ids: readonly string[]): void {
    for (const id of ids) this.#textsKnown.delete(id);
  }

  /** Writes down what happened since the rows before; answers the ids told by name. The first rows only begin the count. */
  note(rows: readonly Values[], sheet: Sheet, nowMs = Date.now()): string[] {
    if (nowMs - this.#namedSince > dayMs) {
      this.#named = new Set();
      this.#namedSince = nowMs;
    }
    const before = this.#before;
    const now = new Map<string, number[]>();
    const changed: { key: string; labels: string[]; by: number[] }[] = [];
    for (const [id, database, user, ...figures] of rows) {
      const labels = [id ?? '', database ?? '', user ?? ''];
      const key = labels.join('\u0000');
      const values = figures.map(Number);
      now.set(key, values);
      const last = before?.get(key);
      // Fewer calls than before: the counts were reset, or the entry was pushed out and came back.
      const isNew = last === undefined || values[1]! < last[1]!;
      const by = isNew ? values : values.map((value, at) => Math.max(0, value - last[at]!));
      if (by[1]! > 0) changed.push({ key, labels, by });
    }
    this.#before = now;
    if (before === undefined) return [];
    changed.sort((a, b) => b.by[0]! - a.by[0]!);
    const rest = columns.map(() => 0);
    const ids: string[] = [];
    for (const { key, labels, by } of changed) {
      const mayBeNamed = this.#named.has(key) || this.#named.size < namesADay;
      if (ids.length < topN && mayBeNamed) {
        this.#named.add(key);
        ids.push(labels[0]!);
        write(sheet, by, labelsOf({ queryid: labels[0], datname: labels[1], usename: labels[2] }));
      } else for (const [at, value] of by.entries()) rest[at] = rest[at]! + value;
    }
    if (rest[1]! > 0) write(sheet, rest, labelsOf({ queryid: 'other', datname: '', usename: '' }));
    return ids;
  }
}

function write(sheet: Sheet, values: readonly number[], labels: string): void {
  for (const [at, column] of columns.entries()) {
    sheet.add(`elepherd_query_${column}`, Number(values[at]!.toFixed(6)), labels);
  }
}

/** A statement without what people wrote into it: utility commands and PostgreSQL's log keep passwords and values. */
export function withoutLiterals(sql: string): string {
  return sql
    .replaceAll(/--[^\n]*/g, ' ')
    .replaceAll(/\/\*[\s\S]*?\*\//g, ' ')
    .replaceAll(/(?:\b[eEnNbBxX]|\b[uU]&)?'(?:[^'\\]|''|\\[\s\S])*(?:'|$)/g, '?')
    .replaceAll(/\$([A-Za-z_]\w*)?\$[\s\S]*?(?:\$\1\$|$)/g, '?')
    .replaceAll(/(?<![\w$.])\d+(?:\.\d*)?(?:[eE][+-]?\d+)?\b/g, '?')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
