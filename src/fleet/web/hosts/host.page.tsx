import { Button, Menu } from '@mantine/core';
import { useState } from 'react';
import { Link, useRevalidator } from 'react-router';
import { Cluster } from '#src/fleet/contract/clusters.ts';
import { hostPageText as text } from '#src/fleet/contract/host-pages.text.ts';
import { Host } from '#src/fleet/contract/hosts.ts';
import { metricsPageText } from '#src/fleet/contract/metrics-pages.text.ts';
import { page } from '#src/platform/contract/pages.ts';
import { apiContext, viewerContext } from '#src/platform/web/contexts.ts';
import { localeOf, titleIn, useText } from '#src/platform/web/i18n.tsx';
import { IconChartLine, IconDotsVertical } from '#src/platform/web/ui/icons.ts';
import { PageHeader } from '#src/platform/web/ui/page-header.tsx';
import { ProblemNotice } from '#src/platform/web/ui/problem-notice.tsx';
import { useMay, useViewer } from '#src/platform/web/viewer.ts';
import { useCommand } from '../clusters/use-command.ts';
import { useLive } from '../clusters/use-live.ts';
import type { Route } from './+types/host.page.ts';
import { type HostAction, HostDialogs } from './host-dialogs.tsx';
import {
  AgentPanel,
  ClustersPanel,
  DisksPanel,
  FoundPanel,
  MachinePanel,
  SoftwarePanel,
} from './host-panels.tsx';
import { HostBadge } from './host-words.tsx';
import styles from './hosts.module.css';

const newsMs = 3000;

export const meta = (args: Route.MetaArgs) =>
  titleIn(localeOf(args), args.loaderData?.host.name ?? text.title[localeOf(args)]);

export async function loader({ context, params }: Route.LoaderArgs) {
  const api = context.get(apiContext);
  const mayClusters = context.get(viewerContext).permissions.includes('fleet.cluster.read');
  const [host, clusters] = await Promise.all([
    api.get(`/api/fleet/hosts/${encodeURIComponent(params.id)}`, Host),
    mayClusters ? api.get('/api/fleet/clusters?limit=200', page(Cluster)).then(({ items }) => items) : [],
  ]);
  return { host, clusters: clusters.filter((cluster) => cluster.members.some((m) => m.hostId === host.id)) };
}

export default function HostPage({ loaderData }: Route.ComponentProps) {
  const t = useText();
  const { revalidate } = useRevalidator();
  const { value: host, link } = useLive(`/api/fleet/hosts/${loaderData.host.id}`, loaderData.host, newsMs);
  const [action, setAction] = useState<HostAction | null>(null);
  const { send, problem } = useCommand();
  const mayMetrics = useMay('fleet.metrics.read');
  const drain = async (draining: boolean) => {
    if (await send('post', `/api/fleet/hosts/${host.id}/drain`, { draining })) void revalidate();
  };
  return (
    <>
      <PageHeader
        title={host.name}
        back={{ to: '/hosts', label: t(text.title) }}
        status={<HostBadge host={host} />}
        lead={host.failureDomain === null ? host.address : `${host.address} · ${host.failureDomain}`}
        actions={
          host.phase !== 'removed' && (
            <>
              {mayMetrics && (
                <Button
                  component={Link}
                  to={`/hosts/${host.id}/metrics`}
                  variant="default"
                  leftSection={<IconChartLine size={17} aria-hidden />}
                >
                  {t(metricsPageText.hostMetrics)}
                </Button>
              )}
              <Actions host={host} act={setAction} drain={drain} />
            </>
          )
        }
      />
      <ProblemNotice problem={problem} />
      {link === 'lost' && (
        <p className={styles.notice} role="status">
          {t(text.connectionLost)}
        </p>
      )}
      {!host.online && host.lastSeenAt !== null && host.phase !== 'removed' && (
        <p className={styles.notice} role="status">
          <strong>{t(text.offlineTitle)}</strong>
          {t(text.offlineHint)}
        </p>
      )}
      {host.phase === 'draining' && <p className={styles.notice}>{t(text.drainingHint)}</p>}
      <div className={styles.columns}>
        <div>
          <MachinePanel host={host} />
          <ClustersPanel host={host} clusters={loaderData.clusters} />
          <FoundPanel host={host} />
          <DisksPanel host={host} />
        </div>
        <div>
          <AgentPanel host={host} />
          <SoftwarePanel host={host} />
        </div>
      </div>
      <HostDialogs
        key={`${host.name} ${host.address} ${host.failureDomain}`}
        host={host}
        action={action}
        close={() => setAction(null)}
        done={() => void revalidate()}
      />
    </>
  );
}

type ActionsProps = {
  host: Host;
  act: (action: HostAction) => void;
  drain: (draining: boolean) => Promise<void>;
};

function Actions({ host, act, drain }: ActionsProps) {
  const t = useText();
  const { permissions } = useViewer();
  const may = (verb: string) => permissions.includes(`fleet.host.${verb}`);
  const draining = host.phase === 'draining';
  if (!['update', 'drain', 'remove', 'create'].some(may)) return null;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<IconDotsVertical size={17} aria-hidden />}>
          {t(text.actions)}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {may('update') && <Menu.Item onClick={() => act('edit')}>{t(text.edit)}</Menu.Item>}
        {may('drain') && (
          <Menu.Item onClick={() => void drain(!draining)}>
            {t(draining ? text.undrain : text.drain)}
          </Menu.Item>
        )}
        {may('create') && (
          <Menu.Item component={Link} to={`/hosts/new?host=${host.id}`}>
            {t(text.readmit)}
          </Menu.Item>
        )}
        {may('remove') && (
          <>
            <Menu.Divider />
            <Menu.Item color="red" onClick={() => act('revoke')}>
              {t(text.revoke)}
            </Menu.Item>
            <Menu.Item color="red" onClick={() => act('remove')}>
              {t(text.remove)}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
