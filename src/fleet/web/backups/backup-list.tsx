import { Button } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import { backupPageText as text } from '#src/fleet/contract/backup-pages.text.ts';
import type { Backup } from '#src/fleet/contract/backups.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import { type Column, DataTable } from '#src/platform/web/ui/data-table.tsx';
import { EmptyState } from '#src/platform/web/ui/empty-state.tsx';
import { IconHourglass } from '#src/platform/web/ui/icons.ts';
import { Panel } from '#src/platform/web/ui/panel.tsx';
import { useMay } from '#src/platform/web/viewer.ts';
import styles from './backups.module.css';
import { typeWords } from './schedule.ts';

const shownAtFirst = 8;

/** Backups as pgBackRest last told of them, the newest first. */
export function BackupList({ clusterName, backups }: { clusterName: string; backups: readonly Backup[] }) {
  const t = useText();
  const [all, setAll] = useState(false);
  const rows = all ? backups : backups.slice(0, shownAtFirst);
  return (
    <Panel title={t(text.backupsTitle)} flush>
      <DataTable
        caption={t(text.backupsTitle)}
        columns={useColumns(clusterName)}
        rows={rows}
        rowKey={(row) => `${row.repositoryId} ${row.label}`}
        empty={
          <EmptyState icon={IconHourglass} title={t(text.backupsEmpty)}>
            {t(text.backupsEmptyHint)}
          </EmptyState>
        }
      />
      {!all && backups.length > shownAtFirst && (
        <div className={styles.more}>
          <Button variant="subtle" size="xs" onClick={() => setAll(true)}>
            {t(text.moreBackups(backups.length))}
          </Button>
        </div>
      )}
    </Panel>
  );
}

function useColumns(clusterName: string): Column<Backup>[] {
  const t = useText();
  const format = useFormat();
  const mayRestore = useMay('fleet.restore.read');
  return [
    {
      key: 'ended',
      title: text.columnBackup,
      main: true,
      cell: (row) => (
        <span className={styles.place}>
          <time dateTime={row.endedAt} suppressHydrationWarning>
            {format.dateTime(row.endedAt)}
          </time>
          <small>
            <code>{row.label}</code>
          </small>
          {row.error && <small className={styles.warnWord}>{t(text.backupBroken)}</small>}
        </span>
      ),
      sortBy: (row) => row.endedAt,
    },
    { key: 'type', title: text.columnType, cell: (row) => t(typeWords[row.type]), sortBy: (row) => row.type },
    { key: 'repository', title: text.columnRepository, cell: (row) => row.repositoryName },
    {
      key: 'took',
      title: text.columnTook,
      align: 'end',
      cell: (row) => format.duration(tookSeconds(row)),
      sortBy: tookSeconds,
    },
    {
      key: 'database',
      title: text.columnDatabase,
      align: 'end',
      cell: (row) => format.bytes(row.databaseBytes),
      sortBy: (row) => row.databaseBytes,
    },
    {
      key: 'stored',
      title: text.columnStored,
      align: 'end',
      cell: (row) => format.bytes(row.repositoryBytes),
      sortBy: (row) => row.repositoryBytes,
    },
    ...(mayRestore
      ? [
          {
            key: 'use',
            title: text.columnUse,
            align: 'end' as const,
            cell: (row: Backup) => (
              <Button
                component={Link}
                size="compact-sm"
                variant="subtle"
                to={`/clusters/${clusterName}/backups/restore?backup=${row.label}`}
                aria-label={`${t(text.restoreEnd)} ${row.label}`}
              >
                {t(text.restoreEnd)}
              </Button>
            ),
          },
        ]
      : []),
  ];
}

const tookSeconds = (row: Backup): number => (Date.parse(row.endedAt) - Date.parse(row.startedAt)) / 1000;
