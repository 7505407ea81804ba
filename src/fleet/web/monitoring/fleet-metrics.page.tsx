import { panelsOf } from '#src/fleet/contract/metrics-panels.ts';
import { metricsPageText as text } from '#src/fleet/contract/metrics-pages.text.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { titled, useText } from '#src/platform/web/i18n.tsx';
import { PageHeader } from '#src/platform/web/ui/page-header.tsx';
import type { Route } from './+types/fleet-metrics.page.ts';
import { Dashboard, type Section } from './dashboard.tsx';
import { loadMonitoring } from './load-monitoring.ts';

export const meta = titled(text.title);

export const loader = ({ context }: Route.LoaderArgs) => loadMonitoring(context.get(apiContext));

const sections: Section[] = [{ title: null, panels: panelsOf.fleet }];

export default function FleetMetricsPage({ loaderData }: Route.ComponentProps) {
  const t = useText();
  return (
    <>
      <PageHeader title={t(text.title)} lead={t(text.lead)} />
      <Dashboard about="" sections={sections} monitoring={loaderData} />
    </>
  );
}
