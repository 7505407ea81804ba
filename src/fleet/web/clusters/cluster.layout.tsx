import { Button, Menu } from '@mantine/core';
import { useEffect, useState } from 'react';
import { NavLink, Outlet, useNavigate, useOutletContext, useRevalidator } from 'react-router';
import { z } from 'zod';
import { activityText } from '#src/fleet/contract/activity.text.ts';
import { backupPageText } from '#src/fleet/contract/backup-pages.text.ts';
import { clusterPageText as text } from '#src/fleet/contract/cluster-pages.text.ts';
import { Cluster } from '#src/fleet/contract/clusters.ts';
import { incidentText } from '#src/fleet/contract/incidents.text.ts';
import { metricsPageText } from '#src/fleet/contract/metrics-pages.text.ts';
import { Operation, OperationLogLine } from '#src/platform/contract/operations.ts';
import { page } from '#src/platform/contract/pages.ts';
import { apiContext, viewerContext } from '#src/platform/web/contexts.ts';
import { useText } from '#src/platform/web/i18n.tsx';
import { isOver } from '#src/platform/web/operations/operation-feed.ts';
import { IconDotsVertical } from '#src/platform/web/ui/icons.ts';
import { PageHeader } from '#src/platform/web/ui/page-header.tsx';
import { useMay, useViewer } from '#src/platform/web/viewer.ts';
import type { Route } from './+types/cluster.layout.ts';
import { type ClusterAction, ClusterDialogs } from './cluster-dialogs.tsx';
import styles from './cluster.module.css';
import { HealthBadge, protectionWords, serversOf } from './cluster-words.tsx';
import { RunningStrip } from './running-strip.tsx';
import { useLive } from './use-live.ts';

const newsMs = 3000;

export async function loader({ context, params }: Route.LoaderArgs) {
  const api = context.get(apiContext);
  const cluster = await api.get(`/api/fleet/clusters/${encodeURIComponent(params.name)}`, Cluster);
  if (!context.get(viewerContext).permissions.includes('platform.operation.read')) {
    return { cluster, operations: [], lines: [] };
  }
  const { items } = await api.get(
    `/api/platform/operations?limit=6&subjectId=${cluster.id}`,
    page(Operation),
  );
  const latest = items[0];
  const needsLog = latest && latest.state !== 'succeeded' && latest.state !== 'cancelled';
  const lines = needsLog
    ? await api.get(`/api/platform/operations/${latest.id}/log`, z.array(OperationLogLine))
    : [];
  return { cluster, operations: items, lines };
}

/** What the pages of one cluster share: the cluster as it is now, and what works on it. */
export type ClusterOutlet = {
  cluster: Cluster;
  operations: Operation[];
  lines: OperationLogLine[];
  link: 'live' | 'lost' | 'gone';
  /** Reads everything again, after a command. */
  refresh: () => void;
  act: (action: ClusterAction) => void;
};
export const useCluster = () => useOutletContext<ClusterOutlet>();

export default function ClusterLayout({
  loaderData: { cluster: initial, operations, lines },
}: Route.ComponentProps) {
  const t = useText();
  const navigate = useNavigate();
  const { revalidate } = useRevalidator();
  const { value: cluster, link } = useLive(`/api/fleet/clusters/${initial.id}`, initial, newsMs);
  const [action, setAction] = useState<ClusterAction | null>(null);
  const refresh = () => void revalidate();

  // Somebody else may have started something: its steps and log are read with the rest.
  useEffect(() => {
    if (cluster.operationId !== initial.operationId || cluster.phase !== initial.phase) void revalidate();
  }, [cluster.operationId, cluster.phase, initial.operationId, initial.phase, revalidate]);
  useEffect(() => {
    if (link === 'gone') void navigate('/clusters');
  }, [link, navigate]);

  const servers = serversOf(cluster).length;
  const lead = t(
    text.clusterLead(
      cluster.pgVersion,
      servers,
      cluster.members.length > servers,
      servers > 1 ? protectionWords[cluster.protection].title : null,
    ),
  );
  return (
    <>
      <PageHeader
        title={cluster.name}
        back={{ to: '/clusters', label: t(text.title) }}
        status={<HealthBadge cluster={cluster} />}
        lead={lead}
        actions={<Actions cluster={cluster} act={setAction} />}
      />
      <Tabs cluster={cluster} />
      {link === 'lost' && (
        <p className={styles.lost} role="status">
          {t(text.connectionLost)}
        </p>
      )}
      <RunningStrip operation={operations.find((one) => !isOver(one))} lines={lines} onEnd={refresh} />
      <Outlet
        context={{ cluster, operations, lines, link, refresh, act: setAction } satisfies ClusterOutlet}
      />
      <ClusterDialogs cluster={cluster} action={action} close={() => setAction(null)} done={refresh} />
    </>
  );
}

function Tabs({ cluster }: { cluster: Cluster }) {
  const t = useText();
  const maySeeBackups = useMay('fleet.backup.read');
  const base = `/clusters/${cluster.name}`;
  const tabs = [
    { to: base, word: text.tabOverview },
    { to: `${base}/metrics`, word: metricsPageText.tabMetrics },
    { to: `${base}/statements`, word: metricsPageText.tabStatements },
    { to: `${base}/activity`, word: activityText.tab },
    { to: `${base}/timeline`, word: incidentText.title },
    { to: `${base}/connect`, word: text.tabConnect },
    { to: `${base}/databases`, word: text.tabDatabases },
    ...(maySeeBackups ? [{ to: `${base}/backups`, word: backupPageText.tab }] : []),
    { to: `${base}/settings`, word: text.tabSettings },
  ];
  return (
    <nav className={styles.tabs} aria-label={t(text.clusterPages)}>
      {tabs.map(({ to, word }) => (
        <NavLink key={to} to={to} end={to === base} prefetch="intent" preventScrollReset>
          {t(word)}
        </NavLink>
      ))}
    </nav>
  );
}

function Actions({ cluster, act }: { cluster: Cluster; act: (action: ClusterAction) => void }) {
  const t = useText();
  const { permissions } = useViewer();
  if (cluster.phase !== 'ready') return null;
  const several = serversOf(cluster).length > 1;
  const all: { may: string; action: ClusterAction; word: typeof text.switchover }[] = [
    ...(several
      ? [{ may: 'fleet.cluster.switchover', action: { verb: 'switchover' } as const, word: text.switchover }]
      : []),
    { may: 'fleet.cluster.restart', action: { verb: 'restart' }, word: text.restart },
    { may: 'fleet.cluster.resize', action: { verb: 'add' }, word: text.addMember },
  ];
  const open = all.filter(({ may }) => permissions.includes(may));
  if (open.length === 0) return null;
  return (
    <>
      {open.map(({ action, word }) => (
        <Button
          key={action.verb}
          variant="default"
          className={styles.wideOnly ?? ''}
          onClick={() => act(action)}
        >
          {t(word)}
        </Button>
      ))}
      <Menu position="bottom-end">
        <Menu.Target>
          <Button
            variant="default"
            className={styles.phoneOnly ?? ''}
            leftSection={<IconDotsVertical size={17} aria-hidden />}
          >
            {t(text.actions)}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {open.map(({ action, word }) => (
            <Menu.Item key={action.verb} onClick={() => act(action)}>
              {t(word)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
