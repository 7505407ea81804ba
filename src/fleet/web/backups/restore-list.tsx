import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import { backupPageText as text } from '#src/fleet/contract/backup-pages.text.ts';
import type { Cluster } from '#src/fleet/contract/clusters.ts';
import type { Restore } from '#src/fleet/contract/restores.ts';
import { Buttons, Form } from '#src/fleet/web/clusters/dialog-parts.tsx';
import { useCommand } from '#src/fleet/web/clusters/use-command.ts';
import { shellText } from '#src/platform/contract/shell.text.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import { CodeBlock } from '#src/platform/web/ui/code-block.tsx';
import { type Column, DataTable } from '#src/platform/web/ui/data-table.tsx';
import { Panel } from '#src/platform/web/ui/panel.tsx';
import { ProblemNotice } from '#src/platform/web/ui/problem-notice.tsx';
import { StatusBadge, type Tone } from '#src/platform/web/ui/status-badge.tsx';
import { TimeAgo } from '#src/platform/web/ui/time-ago.tsx';
import { useMay } from '#src/platform/web/viewer.ts';
import styles from './backups.module.css';
import { paths } from './paths.ts';
import { TakeDialog } from './take-dialog.tsx';

const kindWords: Record<Restore['kind'], typeof text.restoreHere> = {
  'in-place': text.restoreHere,
  'new-cluster': text.restoreNew,
  scratch: text.restoreScratch,
};
const stateLooks: Record<Restore['state'], { tone: Tone; text: typeof text.restoreDone }> = {
  running: { tone: 'busy', text: text.restoreRunning },
  done: { tone: 'good', text: text.restoreDone },
  failed: { tone: 'bad', text: text.restoreFailed },
  cancelled: { tone: 'idle', text: text.restoreCancelled },
  removed: { tone: 'idle', text: text.restoreRemoved },
};

/** Restores of a cluster, with what they measured. */
export function RestoreList({ restores }: { restores: readonly Restore[] }) {
  const t = useText();
  return (
    <Panel title={t(text.restoresTitle)} flush>
      <DataTable
        caption={t(text.restoresTitle)}
        columns={useColumns()}
        rows={restores}
        rowKey={(row) => row.id}
        empty={null}
      />
    </Panel>
  );
}

function useColumns(): Column<Restore>[] {
  const t = useText();
  const format = useFormat();
  const maySeeOperations = useMay('platform.operation.read');
  return [
    {
      key: 'what',
      title: text.columnWhat,
      main: true,
      cell: (row) => (
        <span className={styles.place}>
          <span>{t(kindWords[row.kind])}</span>
          {row.hostName && <small>{row.hostName}</small>}
        </span>
      ),
    },
    { key: 'state', title: text.columnState, cell: (row) => <StatusBadge {...stateLooks[row.state]} /> },
    {
      key: 'to',
      title: text.columnTo,
      cell: (row) => (
        <span className={styles.place}>
          <span suppressHydrationWarning>
            {row.at === null ? t(text.endOfBackup(row.backup)) : format.dateTime(row.at)}
          </span>
          <small>{row.repositoryName}</small>
        </span>
      ),
      sortBy: (row) => row.at ?? row.backup,
    },
    {
      key: 'took',
      title: text.columnTook,
      align: 'end',
      cell: (row) =>
        row.restoreSeconds === null ? '—' : format.duration(row.restoreSeconds + (row.replaySeconds ?? 0)),
      sortBy: (row) => row.restoreSeconds,
    },
    {
      key: 'started',
      title: text.columnStarted,
      cell: (row) => (
        <span className={styles.place}>
          <TimeAgo at={row.createdAt} />
          <small>{row.startedBy}</small>
        </span>
      ),
      sortBy: (row) => row.createdAt,
    },
    ...(maySeeOperations
      ? [
          {
            key: 'progress',
            title: text.progress,
            align: 'end' as const,
            cell: (row: Restore) =>
              row.operationId ? (
                <Button
                  component={Link}
                  size="compact-sm"
                  variant="subtle"
                  to={`/operations/${row.operationId}`}
                >
                  {t(text.progress)}
                </Button>
              ) : (
                '—'
              ),
          },
        ]
      : []),
  ];
}

type KeptProps = {
  clusterName: string;
  /** Host of the primary, as far as it is known. */
  primary: string | null;
  restores: readonly Restore[];
  done: () => void;
};

/** The host of the primary; null while none is seen. */
export const primaryHostOf = (cluster: Cluster): string | null =>
  cluster.members.find(({ role }) => role === 'primary')?.hostName ?? null;

/** What restores keep on hosts: the data of before, and scratch servers, each with the way to take from it and to let it go. */
export function KeptData({ clusterName, primary, restores, done }: KeptProps) {
  const t = useText();
  const format = useFormat();
  const may = useMay('fleet.restore.start');
  const [asked, setAsked] = useState<Restore | null>(null);
  const [taking, setTaking] = useState<Restore | null>(null);
  const kept = restores.filter((one) => one.asideUntil !== null || one.scratch !== null);
  return (
    <>
      {kept.map((one) => (
        <section
          key={one.id}
          className={styles.aside}
          aria-label={t(one.scratch ? text.scratchTitle(one.hostName ?? '') : text.asideTitle(clusterName))}
        >
          <div>
            <strong>
              {t(one.scratch ? text.scratchTitle(one.hostName ?? '') : text.asideTitle(clusterName))}
            </strong>
            {one.asideUntil && (
              <p suppressHydrationWarning>{t(text.asideUntil(format.dateTime(one.asideUntil)))}</p>
            )}
            {one.scratch && (
              <>
                <p suppressHydrationWarning>{t(text.scratchUntil(format.dateTime(one.scratch.until)))}</p>
                <CodeBlock
                  label={t(text.scratchCommand)}
                  code={`sudo -u postgres psql -h ${one.scratch.directory} -p ${one.scratch.port}`}
                />
                {may && primary !== null && primary !== one.hostName && (
                  <p>{t(text.takeElsewhere(primary))}</p>
                )}
              </>
            )}
          </div>
          {may && one.scratch && primary === one.hostName && (
            <Button onClick={() => setTaking(one)}>{t(text.take)}</Button>
          )}
          {may && (
            <Button variant="default" onClick={() => setAsked(one)}>
              {t(one.scratch ? text.scratchRemove : text.asideRemove)}
            </Button>
          )}
        </section>
      ))}
      <TakeDialog restore={taking} close={() => setTaking(null)} />
      <CleanDialog restore={asked} close={() => setAsked(null)} done={done} />
    </>
  );
}

function CleanDialog(props: { restore: Restore | null; close: () => void; done: () => void }) {
  const { restore, close, done } = props;
  const t = useText();
  const { command, problem, busy } = useCommand();
  const [last, setLast] = useState(restore);
  if (restore !== null && restore !== last) setLast(restore);
  const isScratch = last !== null && last.scratch !== null;
  return (
    <Modal
      opened={restore !== null}
      onClose={close}
      title={t(isScratch ? text.scratchRemove : text.asideRemoveTitle)}
      closeButtonProps={{ 'aria-label': t(shellText.cancel) }}
    >
      <Form
        go={() =>
          void command('post', paths.cleanRestore(last?.id ?? ''), undefined, () => {
            close();
            done();
          })
        }
      >
        <ProblemNotice problem={problem} />
        <p style={{ marginTop: 0 }}>{t(isScratch ? text.scratchRemoveSays : text.asideRemoveSays)}</p>
        <Buttons busy={busy} close={close} danger word={text.asideRemoveNow} />
      </Form>
    </Modal>
  );
}
