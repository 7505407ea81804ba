import { Host } from '#src/fleet/contract/hosts.ts';
import { panelsOf } from '#src/fleet/contract/metrics-panels.ts';
import { metricsPageText as text } from '#src/fleet/contract/metrics-pages.text.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { localeOf, titleIn, useText } from '#src/platform/web/i18n.tsx';
import { PageHeader } from '#src/platform/web/ui/page-header.tsx';
import { HostBadge } from '../hosts/host-words.tsx';
import type { Route } from './+types/host-metrics.page.ts';
import { Dashboard, type Section } from './dashboard.tsx';
import { loadMonitoring } from './load-monitoring.ts';

export const meta = (args: Route.MetaArgs) =>
  titleIn(localeOf(args), `${args.loaderData?.host.name ?? ''} · ${text.hostMetrics[localeOf(args)]}`);

export async function loader({ context, params }: Route.LoaderArgs) {
  const api = context.get(apiContext);
  const [host, monitoring] = await Promise.all([
    api.get(`/api/fleet/hosts/${encodeURIComponent(params.id)}`, Host),
    loadMonitoring(api),
  ]);
  return { host, monitoring };
}

const sections: Section[] = [{ title: null, panels: panelsOf.host }];

export default function HostMetricsPage({ loaderData: { host, monitoring } }: Route.ComponentProps) {
  const t = useText();
  return (
    <>
      <PageHeader
        title={t(text.hostMetrics)}
        back={{ to: `/hosts/${host.id}`, label: host.name }}
        status={<HostBadge host={host} />}
        lead={t(text.hostLead)}
      />
      <Dashboard about={`host=${host.id}`} sections={sections} monitoring={monitoring} />
    </>
  );
}
