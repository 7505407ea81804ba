import { Button } from '@mantine/core';
import type { ClusterDisk, GuardianStage } from '#src/fleet/contract/guardian.ts';
import { causeWords, guardianText as text } from '#src/fleet/contract/guardian.text.ts';
import { incidentText } from '#src/fleet/contract/incidents.text.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import { DataTable } from '#src/platform/web/ui/data-table.tsx';
import { Panel } from '#src/platform/web/ui/panel.tsx';
import { ProblemNotice } from '#src/platform/web/ui/problem-notice.tsx';
import { StatusBadge, type Tone } from '#src/platform/web/ui/status-badge.tsx';
import { useMay } from '#src/platform/web/viewer.ts';
import { useCommand } from '../clusters/use-command.ts';
import styles from './incidents.module.css';

const stages: Record<GuardianStage, { tone: Tone; text: Text }> = {
  calm: { tone: 'good', text: text.calm },
  warned: { tone: 'warn', text: text.warned },
  'reserve-released': { tone: 'bad', text: text.reserveReleased },
  'read-only': { tone: 'bad', text: text.readOnly },
};

/** The room under each server of a cluster, how long it lasts, what takes it, and the one thing a person can say about it. */
export function DiskPanel({ disks, done }: { disks: ClusterDisk[]; done: () => void }) {
  const t = useText();
  const format = useFormat();
  const mayConfirm = useMay('fleet.host.update');
  const { command, problem, busy } = useCommand();
  if (disks.length === 0) return null;
  const days = ({ daysToFull }: ClusterDisk) =>
    daysToFull === null
      ? '—'
      : t(daysToFull < 1 ? text.fullSoon : text.fullIn(String(Math.round(daysToFull))));
  const confirm = (disk: ClusterDisk) =>
    command('post', `/api/fleet/hosts/${disk.hostId}/guardian/confirm`, { writesForMinutes: 0 }, done);
  return (
    <Panel title={t(text.guardian)} flush>
      <ProblemNotice problem={problem} />
      <DataTable
        caption={t(text.diskCaption)}
        rows={disks}
        rowKey={({ hostId }) => hostId}
        empty={null}
        columns={[
          {
            key: 'host',
            title: incidentText.host,
            main: true,
            cell: ({ hostName }) => <span className={styles.whole}>{hostName}</span>,
          },
          { key: 'stage', title: text.stage, cell: ({ stage }) => <StatusBadge {...stages[stage]} /> },
          {
            key: 'free',
            title: text.free,
            align: 'end',
            cell: ({ freeBytes, sizeBytes }) => `${format.bytes(freeBytes)} / ${format.bytes(sizeBytes)}`,
          },
          { key: 'days', title: text.forecast, cell: days },
          {
            key: 'causes',
            title: text.causes,
            cell: ({ causes }) =>
              causes.length === 0 ? (
                '—'
              ) : (
                <ul className={styles.causes}>
                  {causes.map((cause) => (
                    <li key={`${cause.kind} ${cause.name}`}>{t(causeWords(cause))}</li>
                  ))}
                </ul>
              ),
          },
          ...(mayConfirm && disks.some((disk) => disk.readOnly)
            ? [
                {
                  key: 'confirm',
                  title: text.confirmColumn,
                  cell: (disk: ClusterDisk) =>
                    disk.readOnly && (
                      <Button size="xs" variant="default" loading={busy} onClick={() => void confirm(disk)}>
                        {t(text.roomMade)}
                      </Button>
                    ),
                },
              ]
            : []),
        ]}
      />
    </Panel>
  );
}
