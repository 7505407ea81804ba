import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { Link, useRevalidator } from 'react-router';
import { z } from 'zod';
import { backupPageText as text } from '#src/fleet/contract/backup-pages.text.ts';
import { Repository } from '#src/fleet/contract/backups.ts';
import { useCommand } from '#src/fleet/web/clusters/use-command.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { titled, useFormat, useText } from '#src/platform/web/i18n.tsx';
import { ConfirmTyped } from '#src/platform/web/ui/confirm-typed.tsx';
import { type Column, DataTable } from '#src/platform/web/ui/data-table.tsx';
import { EmptyState } from '#src/platform/web/ui/empty-state.tsx';
import { IconKey, IconPlus, IconServer, IconTrash } from '#src/platform/web/ui/icons.ts';
import { Panel } from '#src/platform/web/ui/panel.tsx';
import { ProblemNotice } from '#src/platform/web/ui/problem-notice.tsx';
import { useNow } from '#src/platform/web/ui/time-ago.tsx';
import { useMay } from '#src/platform/web/viewer.ts';
import type { Route } from './+types/repositories.page.ts';
import styles from './backups.module.css';
import { paths } from './paths.ts';
import { KeyForm } from './repository-key.tsx';

export const meta = titled(text.tabRepositories);

export async function loader({ context }: Route.LoaderArgs) {
  return context.get(apiContext).get(paths.repositories, z.array(Repository));
}

export default function RepositoriesPage({ loaderData: repositories }: Route.ComponentProps) {
  const t = useText();
  const { revalidate } = useRevalidator();
  const mayManage = useMay('fleet.repository.manage');
  const [asked, setAsked] = useState<Repository | null>(null);
  const [removing, setRemoving] = useState<Repository | null>(null);
  const create = mayManage && (
    <Button component={Link} to="/backups/repositories/new" leftSection={<IconPlus size={18} aria-hidden />}>
      {t(text.newRepository)}
    </Button>
  );
  return (
    <>
      <div className={styles.pageActions}>
        <p>{t(text.repositoriesLead)}</p>
        {repositories.length > 0 && create}
      </div>
      <Panel flush>
        <DataTable
          caption={t(text.tabRepositories)}
          columns={useColumns(setAsked, setRemoving)}
          rows={repositories}
          rowKey={(row) => row.id}
          initialSort={{ key: 'name', descending: false }}
          empty={
            <EmptyState icon={IconServer} title={t(text.noRepository)} action={create}>
              {t(text.noRepositoryHint)}
            </EmptyState>
          }
        />
      </Panel>
      <KeyDialog repository={asked} close={() => setAsked(null)} done={() => void revalidate()} />
      <RemoveDialog repository={removing} close={() => setRemoving(null)} done={() => void revalidate()} />
    </>
  );
}

function useColumns(
  ask: (repository: Repository) => void,
  remove: (repository: Repository) => void,
): Column<Repository>[] {
  const t = useText();
  const format = useFormat();
  const now = useNow(60_000);
  const mayShow = useMay('fleet.repository.show-key');
  const mayManage = useMay('fleet.repository.manage');
  const kinds = { path: text.kindPath, s3: text.kindS3, sftp: text.kindSftp };
  return [
    { key: 'name', title: text.columnName, main: true, cell: (row) => row.name, sortBy: (row) => row.name },
    {
      key: 'place',
      title: text.columnPlace,
      cell: (row) => (
        <span className={styles.place}>
          <code>{row.address}</code>
          <small>{t(kinds[row.place.kind])}</small>
        </span>
      ),
      sortBy: (row) => row.address,
    },
    {
      key: 'clusters',
      title: text.columnClusters,
      cell: (row) => (row.clusters.length > 0 ? row.clusters.join(', ') : t(text.noneUses)),
      sortBy: (row) => row.clusters.length,
    },
    {
      key: 'key',
      title: text.columnKey,
      cell: (row) => (
        <span className={styles.place}>
          <code>{row.keyFingerprint}</code>
          {row.keyShownAt === null ? (
            <small className={styles.warnWord}>{t(text.keyNotKept)}</small>
          ) : (
            <small suppressHydrationWarning>{t(text.keyKept(format.ago(row.keyShownAt, now)))}</small>
          )}
        </span>
      ),
    },
    ...(mayShow || mayManage
      ? [
          {
            key: 'actions',
            title: text.columnActions,
            align: 'end' as const,
            cell: (row: Repository) => (
              <span className={styles.rowActions}>
                {mayShow && (
                  <Button
                    size="xs"
                    variant="default"
                    leftSection={<IconKey size={15} aria-hidden />}
                    aria-label={`${t(text.showKey)} ${row.name}`}
                    onClick={() => ask(row)}
                  >
                    {t(text.showKey)}
                  </Button>
                )}
                {mayManage && row.clusters.length === 0 && (
                  <Button
                    size="xs"
                    variant="default"
                    leftSection={<IconTrash size={15} aria-hidden />}
                    aria-label={t(text.removeRepositoryTitle(row.name))}
                    onClick={() => remove(row)}
                  >
                    {t(text.removeRepository)}
                  </Button>
                )}
              </span>
            ),
          },
        ]
      : []),
  ];
}

type DialogProps = { repository: Repository | null; close: () => void; done: () => void };

function KeyDialog({ repository, close, done }: DialogProps) {
  const t = useText();
  const [last, setLast] = useState(repository);
  if (repository !== null && repository !== last) setLast(repository);
  const shown = repository ?? last;
  return (
    <Modal
      opened={repository !== null}
      onClose={close}
      title={shown ? t(text.keyTitle(shown.name)) : ''}
      closeButtonProps={{ 'aria-label': t(text.close) }}
    >
      {shown && <KeyForm key={shown.id} path={paths.repositoryKey(shown.id)} close={close} done={done} />}
    </Modal>
  );
}

function RemoveDialog({ repository, close, done }: DialogProps) {
  const t = useText();
  const { command, problem, busy } = useCommand();
  return (
    <ConfirmTyped
      opened={repository !== null}
      close={close}
      name={repository?.name ?? ''}
      title={t(text.removeRepositoryTitle(repository?.name ?? ''))}
      confirmLabel={t(text.removeRepository)}
      busy={busy}
      confirm={() =>
        void command('delete', paths.repository(repository?.id ?? ''), undefined, () => {
          close();
          done();
        })
      }
    >
      <ProblemNotice problem={problem} />
      <p>{t(text.removeRepositorySays)}</p>
    </ConfirmTyped>
  );
}
