import { operationsText as text } from '#src/platform/contract/operations.text.ts';
import type { Operation } from '#src/platform/contract/operations.ts';
import { useText } from '../i18n.tsx';
import { Duration } from '../ui/amounts.tsx';
import { type Column, DataTable } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { IconActivity } from '../ui/icons.ts';
import { TimeAgo, useNow } from '../ui/time-ago.tsx';
import { isOver, secondsBetween } from './operation-feed.ts';
import { OperationBadge } from './operation-state.tsx';
import styles from './operations.module.css';

/** Operations as rows that lead to their progress. */
export function OperationTable({ operations }: { operations: Operation[] }) {
  const t = useText();
  const columns: Column<Operation>[] = [
    {
      key: 'title',
      title: text.columnTitle,
      main: true,
      cell: (row) => t(row.title),
      sortBy: (row) => t(row.title),
    },
    {
      key: 'state',
      title: text.columnState,
      cell: (row) => <OperationBadge state={row.state} />,
      sortBy: (row) => row.state,
    },
    { key: 'step', title: text.columnStep, cell: (row) => <CurrentStep operation={row} /> },
    {
      key: 'by',
      title: text.columnBy,
      cell: (row) => row.startedBy ?? t(text.bySystem),
      sortBy: (row) => row.startedBy,
    },
    {
      key: 'started',
      title: text.columnStarted,
      cell: (row) => <TimeAgo at={row.createdAt} />,
      sortBy: (row) => row.createdAt,
    },
    { key: 'took', title: text.columnTook, align: 'end', cell: (row) => <Took operation={row} /> },
  ];
  return (
    <DataTable
      caption={t(text.listCaption)}
      columns={columns}
      rows={operations}
      rowKey={(row) => row.id}
      rowHref={(row) => `/operations/${row.id}`}
      empty={
        <EmptyState icon={IconActivity} title={t(text.none)}>
          {t(text.noneHint)}
        </EmptyState>
      }
    />
  );
}

function CurrentStep({ operation }: { operation: Operation }) {
  const t = useText();
  const done = operation.steps.filter((step) => step.state === 'done' || step.state === 'skipped').length;
  const current = operation.steps.find((step) => step.name === operation.step);
  if (operation.state === 'succeeded' || !current) {
    return <span className={styles.step}>{t(text.progress(done, operation.steps.length))}</span>;
  }
  return <>{t(current.title)}</>;
}

function Took({ operation }: { operation: Operation }) {
  const now = useNow(isOver(operation) ? 3_600_000 : 1000);
  return <Duration seconds={secondsBetween(operation.createdAt, operation.endedAt, now)} />;
}
