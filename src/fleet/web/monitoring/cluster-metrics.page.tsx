import { metricsPageText as text } from '#src/fleet/contract/metrics-pages.text.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { localeOf, titleIn } from '#src/platform/web/i18n.tsx';
import { useCluster } from '../clusters/cluster.layout.tsx';
import type { Route } from './+types/cluster-metrics.page.ts';
import { Dashboard, type Section } from './dashboard.tsx';
import { loadMonitoring } from './load-monitoring.ts';
import { TableList } from './table-list.tsx';

export const meta = (args: Route.MetaArgs) =>
  titleIn(localeOf(args), `${args.params.name} · ${text.tabMetrics[localeOf(args)]}`);

export const loader = ({ context }: Route.LoaderArgs) => loadMonitoring(context.get(apiContext));

const sections: Section[] = [
  { title: text.sectionWork, panels: ['transactions', 'waits', 'rows', 'cache-hits'] },
  {
    title: text.sectionSessions,
    panels: ['sessions', 'longest-transaction', 'lock-waits', 'log-errors', 'pooler'],
  },
  {
    title: text.sectionReplication,
    panels: ['replication-seconds', 'replication-bytes', 'wal', 'checkpoints'],
  },
  { title: text.sectionStorage, panels: ['database-sizes', 'archiving', 'temp-files', 'wraparound'] },
  { title: text.sectionMachines, panels: ['member-cpu', 'member-disk'] },
];

export default function ClusterMetricsPage({ loaderData }: Route.ComponentProps) {
  const { cluster } = useCluster();
  return (
    <Dashboard
      about={`cluster=${cluster.id}`}
      sections={sections}
      monitoring={loaderData}
      below={(range) => <TableList clusterId={cluster.id} range={range} />}
    />
  );
}
