import { backupPageText as text } from '#src/fleet/contract/backup-pages.text.ts';
import { IconBan } from '#src/platform/web/ui/icons.ts';
import { StatusBadge, type Tone } from '#src/platform/web/ui/status-badge.tsx';
import type { DrillSeen } from './protection.ts';

const looks: Record<DrillSeen['state'], { tone: Tone; text: typeof text.drillPassed }> = {
  running: { tone: 'busy', text: text.drillRunning },
  passed: { tone: 'good', text: text.drillPassed },
  'backup-bad': { tone: 'bad', text: text.drillBad },
  // Neither good nor bad: nothing was found out about the backup.
  'infrastructure-failed': { tone: 'warn', text: text.drillInfrastructure },
  cancelled: { tone: 'idle', text: text.drillCancelled },
};

/** What a drill found out, in colour, shape and word. */
export function DrillBadge({ state }: { state: DrillSeen['state'] }) {
  const look = looks[state];
  const isNeither = state === 'infrastructure-failed' || state === 'cancelled';
  return <StatusBadge {...look} {...(isNeither && { icon: IconBan })} />;
}
