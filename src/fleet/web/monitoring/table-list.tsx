import { useEffect, useState } from 'react';
import type { TablesQuery, TableUse } from '#src/fleet/contract/metrics-panels.ts';
import { metricsPageText as text } from '#src/fleet/contract/metrics-pages.text.ts';
import { problemOf } from '#src/platform/web/api.ts';
import { readTrusted } from '#src/platform/web/browser-api.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import { type Column, DataTable } from '#src/platform/web/ui/data-table.tsx';
import { EmptyState } from '#src/platform/web/ui/empty-state.tsx';
import { Panel } from '#src/platform/web/ui/panel.tsx';
import { sayFigure } from './chart-option.ts';
import styles from './monitoring.module.css';
import type { Range } from './use-range.ts';

type By = TablesQuery['by'];
const orders: Record<By, (typeof text)['tablesBySize']> = {
  size: text.tablesBySize,
  bloat: text.tablesByBloat,
};

/** The largest tables of a cluster at the end of a range, or those with most air in them. */
export function TableList({ clusterId, range }: { clusterId: string; range: Range }) {
  const t = useText();
  const [by, setBy] = useState<By>('size');
  const [state, setState] = useState<{ by: By; items: TableUse[] | null; problem: string | null }>({
    by,
    items: null,
    problem: null,
  });
  const query = `cluster=${clusterId}&from=${range.from}&to=${range.to}&by=${by}`;
  useEffect(() => {
    let ended = false;
    readTrusted<{ items: TableUse[] }>(`/api/fleet/metrics/tables?${query}`).then(
      ({ items }) => !ended && setState({ by, items, problem: null }),
      (error: unknown) => !ended && setState({ by, items: [], problem: problemOf(error)?.detail ?? '' }),
    );
    return () => {
      ended = true;
    };
  }, [query, by]);
  const order = (
    <div className={styles.spans} role="group" aria-label={t(text.tablesOrder)}>
      {Object.entries(orders).map(([name, word]) => (
        <button key={name} type="button" aria-pressed={by === name} onClick={() => setBy(name as By)}>
          {t(word)}
        </button>
      ))}
    </div>
  );
  const isMissing = state.problem !== null;
  return (
    <Panel title={t(text.tablesTitle)} actions={order} flush>
      <p className={styles.note}>{t(text.tablesLead)}</p>
      <DataTable
        key={state.by}
        caption={t(text.tablesTitle)}
        rows={state.by === by ? state.items : null}
        rowKey={({ database, schema, table }) => JSON.stringify([database, schema, table])}
        empty={
          <EmptyState title={t(isMissing ? text.failed : by === 'bloat' ? text.noBloat : text.noTables)}>
            <p>{isMissing ? state.problem : t(text.noTablesHint)}</p>
          </EmptyState>
        }
        columns={useColumns()}
      />
    </Panel>
  );
}

function useColumns(): Column<TableUse>[] {
  const t = useText();
  const format = useFormat();
  const bytes = (value: number | null) => (value === null ? '—' : format.bytes(value));
  const grown = ({ grownBytes }: TableUse) => {
    if (grownBytes === null) return '—';
    if (grownBytes === 0) return format.bytes(0);
    return `${grownBytes > 0 ? '+' : '−'}${format.bytes(Math.abs(grownBytes))}`;
  };
  const bloatShare = ({ bloatBytes, bytes: all }: TableUse) =>
    bloatBytes === null || all === 0 ? null : bloatBytes / all;
  return [
    {
      key: 'table',
      title: text.columnTable,
      main: true,
      sortBy: ({ schema, table }) => `${schema}.${table}`,
      cell: ({ schema, table }) => (
        <code className={styles.tableName}>
          {schema}.{table}
        </code>
      ),
    },
    {
      key: 'database',
      title: text.columnDatabase,
      sortBy: ({ database }) => database,
      cell: ({ database }) => database,
    },
    {
      key: 'size',
      title: text.columnSize,
      align: 'end',
      sortBy: ({ bytes: size }) => size,
      cell: ({ bytes: size }) => bytes(size),
    },
    {
      key: 'grown',
      title: text.columnGrown,
      align: 'end',
      sortBy: ({ grownBytes }) => grownBytes,
      cell: grown,
    },
    {
      key: 'bloat',
      title: text.columnBloat,
      align: 'end',
      sortBy: ({ bloatBytes }) => bloatBytes,
      cell: (use) => {
        const share = bloatShare(use);
        if (share === null) return '—';
        return (
          <span className={styles.share} style={{ '--share': Math.min(1, share) } as React.CSSProperties}>
            {bytes(use.bloatBytes)} · {format.percent(Math.round(share * 100) / 100)}
          </span>
        );
      },
    },
    {
      key: 'dead',
      title: text.columnDeadRows,
      align: 'end',
      sortBy: ({ deadRows }) => deadRows,
      cell: ({ deadRows, liveRows }) =>
        deadRows === null
          ? '—'
          : t(
              text.ofRows(
                sayFigure(deadRows, 'count', format),
                sayFigure((liveRows ?? 0) + deadRows, 'count', format),
              ),
            ),
    },
    {
      key: 'vacuum',
      title: text.columnVacuum,
      sortBy: ({ vacuumedAt }) => vacuumedAt,
      cell: ({ vacuumedAt }) =>
        vacuumedAt === null ? (
          t(text.neverVacuumed)
        ) : (
          <span suppressHydrationWarning>{format.dateTime(new Date(vacuumedAt * 1000).toISOString())}</span>
        ),
    },
  ];
}
