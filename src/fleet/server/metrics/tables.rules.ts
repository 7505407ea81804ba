import type { TablesQuery } from '#src/fleet/contract/metrics-panels.ts';

/** The most tables an answer lists. */
export const tablesAtMost = 20;

const labels = 'datname, schemaname, relname';
/** Sizes come every ten minutes: a lost round leaves no hole, and what was dropped is soon gone. */
const lookBack = '30m';

/** What is known of a table; each is one question, about the tables that were chosen. */
export type TableColumn = 'bytes' | 'bytesBefore' | 'bloatBytes' | 'liveRows' | 'deadRows' | 'vacuumedAt';

/** The questions of a list of tables: those that are largest or have most air at its end, with what is known of each. */
export function tableQuestions(
  selector: string,
  by: TablesQuery['by'],
  lengthSeconds: number,
): Record<TableColumn, string> {
  const newest = (names: string, offset = '') =>
    `max by (${labels}) (last_over_time({__name__=~"${names}",${selector}}[${lookBack}]${offset}))`;
  const chosen =
    by === 'size'
      ? `topk(${tablesAtMost}, ${newest('pg_table_size_bytes')})`
      : `topk(${tablesAtMost}, ${newest('pg_table_bloat_bytes')} > 0)`;
  const of = (names: string, offset?: string) => `${newest(names, offset)} and on (${labels}) (${chosen})`;
  return {
    bytes: of('pg_table_size_bytes'),
    bytesBefore: of('pg_table_size_bytes', ` offset ${lengthSeconds}s`),
    bloatBytes: of('pg_table_bloat_bytes'),
    liveRows: of('pg_stat_user_tables_n_live_tup'),
    deadRows: of('pg_stat_user_tables_n_dead_tup'),
    vacuumedAt: of('pg_stat_user_tables_last_(?:auto)?vacuum'),
  };
}
