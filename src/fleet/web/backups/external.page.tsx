import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { Link, useRevalidator } from 'react-router';
import { z } from 'zod';
import { backupPageText } from '#src/fleet/contract/backup-pages.text.ts';
import { Host } from '#src/fleet/contract/hosts.ts';
import { ExternalDatabase, type LogicalBackup } from '#src/fleet/contract/logical-backups.ts';
import { logicalBackupText as text } from '#src/fleet/contract/logical-backups.text.ts';
import { useCommand } from '#src/fleet/web/clusters/use-command.ts';
import { page } from '#src/platform/contract/pages.ts';
import { shellText } from '#src/platform/contract/shell.text.ts';
import { apiContext, viewerContext } from '#src/platform/web/contexts.ts';
import { titled, useFormat, useText } from '#src/platform/web/i18n.tsx';
import { ConfirmTyped } from '#src/platform/web/ui/confirm-typed.tsx';
import { type Column, DataTable } from '#src/platform/web/ui/data-table.tsx';
import { EmptyState } from '#src/platform/web/ui/empty-state.tsx';
import { IconDatabase, IconKey, IconPlus, IconTrash } from '#src/platform/web/ui/icons.ts';
import { Panel } from '#src/platform/web/ui/panel.tsx';
import { ProblemNotice } from '#src/platform/web/ui/problem-notice.tsx';
import { StatusBadge, type Tone } from '#src/platform/web/ui/status-badge.tsx';
import { useMay } from '#src/platform/web/viewer.ts';
import type { Route } from './+types/external.page.ts';
import styles from './backups.module.css';
import { ExternalDialog } from './external-dialog.tsx';
import { paths } from './paths.ts';
import { KeyForm } from './repository-key.tsx';

export const meta = titled(text.tab);

export async function loader({ context }: Route.LoaderArgs) {
  const api = context.get(apiContext);
  const maySeeHosts = context.get(viewerContext).permissions.includes('fleet.host.read');
  const [externals, hosts] = await Promise.all([
    api.get(paths.externals, z.array(ExternalDatabase)),
    maySeeHosts ? api.get('/api/fleet/hosts?limit=200', page(Host)) : null,
  ]);
  return { externals, hosts: (hosts?.items ?? []).map(({ id, name }) => ({ id, name })) };
}

const tones: Record<LogicalBackup['state'], Tone> = { running: 'idle', done: 'good', failed: 'bad' };

export default function ExternalPage({ loaderData: { externals, hosts } }: Route.ComponentProps) {
  const t = useText();
  const { revalidate } = useRevalidator();
  const mayManage = useMay('fleet.backup.manage');
  const [isOpen, setOpen] = useState(false);
  const [shown, setShown] = useState<ExternalDatabase | null>(null);
  const [removing, setRemoving] = useState<ExternalDatabase | null>(null);
  const { command, problem } = useCommand();
  const done = () => void revalidate();
  const run = (one: ExternalDatabase) =>
    void command('post', `${paths.external(one.id)}/backups`, undefined, done);
  const add = mayManage && hosts.length > 0 && (
    <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setOpen(true)}>
      {t(text.add)}
    </Button>
  );
  return (
    <>
      <div className={styles.pageActions}>
        <p>{t(text.lead)}</p>
        {externals.length > 0 && add}
      </div>
      <ProblemNotice problem={problem} />
      <Panel flush>
        <DataTable
          caption={t(text.tab)}
          columns={useColumns({ run, show: setShown, remove: setRemoving })}
          rows={externals}
          rowKey={(row) => row.id}
          initialSort={{ key: 'name', descending: false }}
          empty={
            <EmptyState icon={IconDatabase} title={t(text.none)} action={add}>
              {t(text.noneHint)}
            </EmptyState>
          }
        />
      </Panel>
      {externals
        .filter(({ backups }) => backups.length > 0)
        .map((one) => (
          <Backups key={one.id} external={one} />
        ))}
      <ExternalDialog opened={isOpen} hosts={hosts} close={() => setOpen(false)} done={done} />
      <Modal
        opened={shown !== null}
        onClose={() => setShown(null)}
        title={t(backupPageText.keyTitle(shown?.name ?? ''))}
        closeButtonProps={{ 'aria-label': t(shellText.cancel) }}
      >
        {shown && <KeyForm path={paths.externalKey(shown.id)} close={() => setShown(null)} done={done} />}
      </Modal>
      <RemoveDialog external={removing} close={() => setRemoving(null)} done={done} />
    </>
  );
}

type Do = Record<'run' | 'show' | 'remove', (one: ExternalDatabase) => void>;

function useColumns({ run, show, remove }: Do): Column<ExternalDatabase>[] {
  const t = useText();
  const format = useFormat();
  const mayRun = useMay('fleet.backup.run');
  const mayManage = useMay('fleet.backup.manage');
  const mayShow = useMay('fleet.repository.show-key');
  return [
    { key: 'name', title: text.name, main: true, cell: (row) => row.name, sortBy: (row) => row.name },
    {
      key: 'server',
      title: text.server,
      cell: ({ server, databases }) => (
        <>
          {server.host}:{server.port}
          <br />
          <small>{databases.length > 0 ? databases.join(', ') : t(text.all)}</small>
        </>
      ),
    },
    {
      key: 'host',
      title: text.host,
      cell: ({ hostName, folder, name }) => (
        <>
          {hostName}
          <br />
          <small>{`${folder}/${name}`}</small>
        </>
      ),
    },
    {
      key: 'last',
      title: text.last,
      cell: ({ lastDoneAt }) => (
        <span suppressHydrationWarning>
          {lastDoneAt === null ? t(text.never) : format.dateTime(lastDoneAt)}
        </span>
      ),
      sortBy: (row) => row.lastDoneAt ?? '',
    },
    {
      key: 'next',
      title: text.next,
      cell: ({ nextAt, keep }) => (
        <>
          <span suppressHydrationWarning>{nextAt === null ? '—' : format.dateTime(nextAt)}</span>
          <br />
          <small>{t(text.keepOf(keep))}</small>
        </>
      ),
    },
    ...(mayRun || mayManage || mayShow
      ? [
          {
            key: 'actions',
            title: text.actions,
            align: 'end' as const,
            cell: (row: ExternalDatabase) => (
              <span className={styles.rowActions}>
                {mayRun && (
                  <Button
                    size="xs"
                    variant="default"
                    aria-label={t(text.runNowOf(row.name))}
                    disabled={row.backups[0]?.state === 'running'}
                    onClick={() => run(row)}
                  >
                    {t(text.runNow)}
                  </Button>
                )}
                {mayShow && (
                  <Button
                    size="xs"
                    variant="default"
                    leftSection={<IconKey size={15} aria-hidden />}
                    aria-label={t(text.showKeyOf(row.name))}
                    onClick={() => show(row)}
                  >
                    {t(backupPageText.showKey)}
                  </Button>
                )}
                {mayManage && (
                  <Button
                    size="xs"
                    variant="default"
                    leftSection={<IconTrash size={15} aria-hidden />}
                    aria-label={t(text.removeTitle(row.name))}
                    onClick={() => remove(row)}
                  >
                    {t(text.remove)}
                  </Button>
                )}
              </span>
            ),
          },
        ]
      : []),
  ];
}

function Backups({ external }: { external: ExternalDatabase }) {
  const t = useText();
  const format = useFormat();
  const whole = external.backups.find(({ state }) => state === 'done');
  return (
    <Panel title={t(text.backupsOf(external.name))} flush>
      <DataTable
        caption={t(text.backupsOf(external.name))}
        rows={external.backups}
        rowKey={({ id }) => id}
        empty={null}
        columns={[
          { key: 'label', title: text.label, main: true, cell: ({ label }) => label },
          {
            key: 'state',
            title: text.state,
            cell: ({ state, problem }) => (
              <>
                <StatusBadge tone={tones[state]} text={text[state]} />
                {problem !== null && <p>{t(problem)}</p>}
              </>
            ),
          },
          {
            key: 'size',
            title: text.size,
            align: 'end',
            cell: ({ contents }) =>
              contents === null ? '—' : format.bytes(contents.files.reduce((sum, one) => sum + one.bytes, 0)),
          },
          {
            key: 'took',
            title: text.took,
            align: 'end',
            cell: ({ contents }) => (contents === null ? '—' : format.duration(Math.ceil(contents.seconds))),
          },
          {
            key: 'encrypted',
            title: text.encrypted,
            cell: ({ contents }) => {
              if (contents === null) return '—';
              return contents.keyFingerprint === null ? (
                t(text.notEncrypted)
              ) : (
                <code>{contents.keyFingerprint}</code>
              );
            },
          },
          {
            key: 'passwords',
            title: text.passwords,
            cell: ({ contents }) =>
              contents === null ? '—' : t(contents.withPasswords ? text.yes : text.no),
          },
        ]}
      />
      {whole && (
        <p className={styles.hintBox}>
          {external.keyShownAt === null && whole.contents?.keyFingerprint && (
            <strong>{t(text.keyUnkept)} </strong>
          )}
          {t(text.howTo(`${external.folder}/${external.name}/${whole.label}`))}{' '}
          {external.operationId !== null && (
            <Link to={`/operations/${external.operationId}`}>{t(text.title)}</Link>
          )}
        </p>
      )}
    </Panel>
  );
}

function RemoveDialog(props: { external: ExternalDatabase | null; close: () => void; done: () => void }) {
  const { external, close, done } = props;
  const t = useText();
  const { command, problem, busy } = useCommand();
  return (
    <ConfirmTyped
      opened={external !== null}
      close={close}
      name={external?.name ?? ''}
      title={t(text.removeTitle(external?.name ?? ''))}
      confirmLabel={t(text.remove)}
      busy={busy}
      confirm={() =>
        void command('delete', paths.external(external?.id ?? ''), undefined, () => {
          close();
          done();
        })
      }
    >
      <ProblemNotice problem={problem} />
      <p>{t(text.removeSays)}</p>
    </ConfirmTyped>
  );
}
