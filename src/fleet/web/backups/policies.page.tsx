import { Button } from '@mantine/core';
import { useState } from 'react';
import { useRevalidator } from 'react-router';
import { z } from 'zod';
import { backupPageText as text } from '#src/fleet/contract/backup-pages.text.ts';
import { Policy } from '#src/fleet/contract/backups.ts';
import { useCommand } from '#src/fleet/web/clusters/use-command.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { titled, useFormat, useText } from '#src/platform/web/i18n.tsx';
import { ConfirmTyped } from '#src/platform/web/ui/confirm-typed.tsx';
import { type Column, DataTable } from '#src/platform/web/ui/data-table.tsx';
import { EmptyState } from '#src/platform/web/ui/empty-state.tsx';
import { IconClipboardText, IconPencil, IconPlus, IconTrash } from '#src/platform/web/ui/icons.ts';
import { Panel } from '#src/platform/web/ui/panel.tsx';
import { ProblemNotice } from '#src/platform/web/ui/problem-notice.tsx';
import { useMay } from '#src/platform/web/viewer.ts';
import type { Route } from './+types/policies.page.ts';
import styles from './backups.module.css';
import { paths } from './paths.ts';
import { PolicyDialog } from './policy-dialog.tsx';
import { ScheduleLines } from './policy-lines.tsx';

export const meta = titled(text.tabPolicies);

export async function loader({ context }: Route.LoaderArgs) {
  return context.get(apiContext).get(paths.policies, z.array(Policy));
}

export default function PoliciesPage({ loaderData: policies }: Route.ComponentProps) {
  const t = useText();
  const { revalidate } = useRevalidator();
  const mayManage = useMay('fleet.backup.manage');
  const [open, setOpen] = useState<Policy | 'new' | null>(null);
  const [removing, setRemoving] = useState<Policy | null>(null);
  const create = mayManage && (
    <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setOpen('new')}>
      {t(text.newPolicy)}
    </Button>
  );
  const done = () => void revalidate();
  return (
    <>
      <div className={styles.pageActions}>
        <p>{t(text.policiesLead)}</p>
        {policies.length > 0 && create}
      </div>
      <Panel flush>
        <DataTable
          caption={t(text.tabPolicies)}
          columns={useColumns(setOpen, setRemoving)}
          rows={policies}
          rowKey={(row) => row.id}
          initialSort={{ key: 'name', descending: false }}
          empty={
            <EmptyState icon={IconClipboardText} title={t(text.noPolicy)} action={create}>
              {t(text.noPolicyHint)}
            </EmptyState>
          }
        />
      </Panel>
      <PolicyDialog policy={open} close={() => setOpen(null)} done={done} />
      <RemoveDialog policy={removing} close={() => setRemoving(null)} done={done} />
    </>
  );
}

function useColumns(open: (policy: Policy) => void, remove: (policy: Policy) => void): Column<Policy>[] {
  const t = useText();
  const format = useFormat();
  const mayManage = useMay('fleet.backup.manage');
  return [
    { key: 'name', title: text.columnName, main: true, cell: (row) => row.name, sortBy: (row) => row.name },
    { key: 'schedule', title: text.columnSchedule, cell: (row) => <ScheduleLines policy={row} /> },
    {
      key: 'kept',
      title: text.columnKept,
      cell: ({ retention: { days, weeks, months } }) => t(text.kept(days, weeks, months)),
      sortBy: (row) => row.retention.days,
    },
    {
      key: 'loss',
      title: text.columnLoss,
      cell: (row) => format.duration(row.archiveTimeoutSeconds),
      sortBy: (row) => row.archiveTimeoutSeconds,
    },
    {
      key: 'clusters',
      title: text.columnClusters,
      cell: (row) => (row.clusters.length > 0 ? row.clusters.join(', ') : t(text.noneUses)),
      sortBy: (row) => row.clusters.length,
    },
    ...(mayManage
      ? [
          {
            key: 'actions',
            title: text.columnActions,
            align: 'end' as const,
            cell: (row: Policy) => (
              <span className={styles.rowActions}>
                <Button
                  size="xs"
                  variant="default"
                  leftSection={<IconPencil size={15} aria-hidden />}
                  aria-label={t(text.editPolicy(row.name))}
                  onClick={() => open(row)}
                >
                  {t(text.edit)}
                </Button>
                {row.clusters.length === 0 && (
                  <Button
                    size="xs"
                    variant="default"
                    leftSection={<IconTrash size={15} aria-hidden />}
                    aria-label={t(text.removePolicyTitle(row.name))}
                    onClick={() => remove(row)}
                  >
                    {t(text.removePolicy)}
                  </Button>
                )}
              </span>
            ),
          },
        ]
      : []),
  ];
}

function RemoveDialog(props: { policy: Policy | null; close: () => void; done: () => void }) {
  const { policy, close, done } = props;
  const t = useText();
  const { command, problem, busy } = useCommand();
  return (
    <ConfirmTyped
      opened={policy !== null}
      close={close}
      name={policy?.name ?? ''}
      title={t(text.removePolicyTitle(policy?.name ?? ''))}
      confirmLabel={t(text.removePolicy)}
      busy={busy}
      confirm={() =>
        void command('delete', paths.policy(policy?.id ?? ''), undefined, () => {
          close();
          done();
        })
      }
    >
      <ProblemNotice problem={problem} />
      <p>{t(text.removePolicySays)}</p>
    </ConfirmTyped>
  );
}
