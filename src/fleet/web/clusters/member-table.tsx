import { ActionIcon, Menu } from '@mantine/core';
import { clusterPageText as text } from '#src/fleet/contract/cluster-pages.text.ts';
import type { Cluster, Member } from '#src/fleet/contract/clusters.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import { type Column, DataTable } from '#src/platform/web/ui/data-table.tsx';
import {
  IconArrowsExchange,
  IconCopy,
  IconDotsVertical,
  IconRotate,
  IconTrash,
  type Icon,
} from '#src/platform/web/ui/icons.ts';
import { StatusBadge } from '#src/platform/web/ui/status-badge.tsx';
import { TimeAgo } from '#src/platform/web/ui/time-ago.tsx';
import { useViewer } from '#src/platform/web/viewer.ts';
import type { ClusterAction } from './cluster-dialogs.tsx';
import styles from './cluster.module.css';
import { roleWord, serversOf, stateWord } from './cluster-words.tsx';

type Props = { cluster: Cluster; act: (action: ClusterAction) => void };

/** The members with what each does now, and what can be done to it. */
export function MemberTable({ cluster, act }: Props) {
  const t = useText();
  const format = useFormat();
  const columns: Column<Member>[] = [
    {
      key: 'name',
      title: text.columnMember,
      main: true,
      cell: (row) => (
        <span className={styles.memberName}>
          <strong>{row.name}</strong>
          <small>{`${row.hostName} · ${row.address}`}</small>
        </span>
      ),
      sortBy: (row) => row.name,
    },
    {
      key: 'role',
      title: text.columnRole,
      cell: (row) => (
        <span className={styles.roleMark} data-role={row.kind === 'witness' ? 'witness' : row.role}>
          {row.kind === 'server' && row.role === null ? '—' : t(roleWord(row))}
        </span>
      ),
      sortBy: (row) => t(roleWord(row)),
    },
    { key: 'state', title: text.columnState, cell: (row) => <MemberState member={row} /> },
    {
      key: 'lag',
      title: text.columnLag,
      align: 'end',
      cell: (row) =>
        row.lagBytes === null ? '—' : row.lagBytes === 0 ? t(text.lagNone) : format.bytes(row.lagBytes),
      sortBy: (row) => row.lagBytes,
    },
    {
      key: 'timeline',
      title: text.timeline,
      align: 'end',
      cell: (row) => row.timeline ?? '—',
      sortBy: (row) => row.timeline,
    },
    {
      key: 'domain',
      title: text.columnDomain,
      cell: (row) => row.failureDomain ?? '—',
      sortBy: (row) => row.failureDomain,
    },
    {
      key: 'seen',
      title: text.columnSeen,
      cell: (row) => (row.seenAt === null ? '—' : <TimeAgo at={row.seenAt} />),
      sortBy: (row) => row.seenAt,
    },
    {
      key: 'actions',
      title: text.actions,
      align: 'end',
      cell: (row) => <MemberActions cluster={cluster} member={row} act={act} />,
    },
  ];
  return (
    <DataTable
      caption={t(text.members)}
      columns={columns}
      rows={cluster.members}
      rowKey={(row) => row.id}
      empty={null}
    />
  );
}

function MemberState({ member }: { member: Member }) {
  if (!member.hostOnline) return <StatusBadge tone="bad" text={text.hostSilent} />;
  if (member.phase === 'removing') return <StatusBadge tone="busy" text={text.stateRemoving} />;
  if (member.phase === 'planned') return <StatusBadge tone="busy" text={text.statePlanned} />;
  if (member.kind === 'witness') return <StatusBadge tone="good" text={text.stateVotes} />;
  if (member.state === null) return <StatusBadge tone="bad" text={text.stateStopped} />;
  const well = ['running', 'streaming', 'in archive recovery'].includes(member.state);
  return (
    <span className={styles.chips}>
      <StatusBadge tone={well ? 'good' : 'warn'} text={stateWord(member.state)} />
      {member.pendingRestart && <StatusBadge tone="warn" text={text.restartDue} />}
    </span>
  );
}

function MemberActions({ cluster, member, act }: Props & { member: Member }) {
  const t = useText();
  const { permissions } = useViewer();
  const servers = serversOf(cluster);
  const isServer = member.kind === 'server';
  const isPrimary = member.role === 'primary' || member.role === 'standby_leader';
  const there = member.hostOnline && member.role !== null;
  const all: {
    may: string;
    shown: boolean;
    action: ClusterAction;
    word: typeof text.actions;
    icon: Icon;
    red?: boolean;
  }[] = [
    {
      may: 'fleet.cluster.switchover',
      shown: isServer && !isPrimary && there,
      action: { verb: 'switchover', member },
      word: text.switchoverToThis,
      icon: IconArrowsExchange,
    },
    {
      may: 'fleet.cluster.restart',
      shown: isServer && there,
      action: { verb: 'restart', member },
      word: text.restart,
      icon: IconRotate,
    },
    {
      may: 'fleet.cluster.resize',
      shown: isServer && !isPrimary && member.hostOnline,
      action: { verb: 'rebuild', member },
      word: text.rebuild,
      icon: IconCopy,
    },
    {
      may: 'fleet.cluster.resize',
      shown: isServer && servers.length > 1,
      action: { verb: 'remove', member },
      word: text.remove,
      icon: IconTrash,
      red: true,
    },
  ];
  const open =
    cluster.phase === 'ready' ? all.filter(({ may, shown }) => shown && permissions.includes(may)) : [];
  if (open.length === 0) return <span aria-hidden>—</span>;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t(text.actionsOn(member.name))}>
          <IconDotsVertical size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {open.map(({ action, word, icon: Shape, red }) => (
          <Menu.Item
            key={action.verb}
            leftSection={<Shape size={16} aria-hidden />}
            {...(red && { color: 'red' })}
            onClick={() => act(action)}
          >
            {t(word)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
