import type { Host } from '#src/fleet/contract/hosts.ts';
import { hostPageText as text } from '#src/fleet/contract/host-pages.text.ts';
import { StatusBadge } from '#src/platform/web/ui/status-badge.tsx';

/** How a host stands, in colour, shape and word. */
export function HostBadge({ host }: { host: Pick<Host, 'phase' | 'online' | 'lastSeenAt'> }) {
  if (host.phase === 'removed') return <StatusBadge tone="idle" text={text.removed} />;
  if (host.lastSeenAt === null) return <StatusBadge tone="busy" text={text.awaited} />;
  if (!host.online) return <StatusBadge tone="bad" text={text.offline} />;
  if (host.phase === 'draining') return <StatusBadge tone="warn" text={text.draining} />;
  return <StatusBadge tone="good" text={text.online} />;
}

/** PostgreSQL that runs on a host and is nobody's: for looking at. */
export const foundOn = (host: Host) => (host.facts?.postgresRunning ?? []).filter((one) => !one.managed);
