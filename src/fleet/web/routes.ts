import { index, route, type RouteConfigEntry } from '@react-router/dev/routes';

/** Pages inside the console: signed in, interactive. */
export const consoleRoutes: RouteConfigEntry[] = [
  route('hosts', 'fleet/web/hosts/hosts.page.tsx'),
  route('hosts/new', 'fleet/web/hosts/new-host.page.tsx'),
  route('hosts/:id', 'fleet/web/hosts/host.page.tsx'),
  route('hosts/:id/metrics', 'fleet/web/monitoring/host-metrics.page.tsx'),
  route('monitoring', 'fleet/web/monitoring/fleet-metrics.page.tsx'),
  route('clusters', 'fleet/web/clusters/clusters.page.tsx'),
  route('clusters/new', 'fleet/web/clusters/new-cluster.page.tsx'),
  route('clusters/:name', 'fleet/web/clusters/cluster.layout.tsx', [
    index('fleet/web/clusters/cluster.page.tsx'),
    route('connect', 'fleet/web/clusters/connect.page.tsx'),
    route('databases', 'fleet/web/clusters/databases.page.tsx'),
    route('backups', 'fleet/web/backups/cluster-backups.page.tsx'),
    route('backups/restore', 'fleet/web/backups/restore.page.tsx'),
    route('backups/drills', 'fleet/web/backups/drills.page.tsx'),
    route('activity', 'fleet/web/activity/activity.page.tsx'),
    route('timeline', 'fleet/web/incidents/timeline.page.tsx'),
    route('settings', 'fleet/web/clusters/settings.page.tsx'),
    route('metrics', 'fleet/web/monitoring/cluster-metrics.page.tsx'),
    route('statements', 'fleet/web/monitoring/statements.page.tsx'),
  ]),
  route('alerts', 'fleet/web/alerts/alerts.page.tsx'),
  route('alerts/rules', 'fleet/web/alerts/rules.page.tsx'),
  route('alerts/silences', 'fleet/web/alerts/silences.page.tsx'),
  route('alerts/channels', 'fleet/web/alerts/channels.page.tsx'),
  route('alerts/on-call', 'fleet/web/alerts/on-call.page.tsx'),
  route('alerts/:id', 'fleet/web/alerts/alert.page.tsx'),
  route('backups', 'fleet/web/backups/backups.layout.tsx', [
    index('fleet/web/backups/backups.page.tsx'),
    route('repositories', 'fleet/web/backups/repositories.page.tsx'),
    route('policies', 'fleet/web/backups/policies.page.tsx'),
    route('external', 'fleet/web/backups/external.page.tsx'),
  ]),
  route('backups/repositories/new', 'fleet/web/backups/new-repository.page.tsx'),
  route('sandboxes', 'fleet/web/sandboxes/sandboxes.page.tsx'),
  route('sandboxes/:id', 'fleet/web/sandboxes/sandbox.page.tsx'),
];

/** Pages for everybody: plain HTML that works without script. */
export const publicRoutes: RouteConfigEntry[] = [];
