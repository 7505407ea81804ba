import type { Severity } from '#src/fleet/contract/incidents.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import type { Db } from '#src/platform/server/db.ts';

/** Notes what this side alone can know of a host: that it fell silent, that it is back. */
export async function noteHost(
  tx: Db,
  host: { id: string; org_id: string },
  severity: Severity,
  text: Text,
  at: Date = new Date(),
): Promise<void> {
  await tx
    .insertInto('fleet.incident_event')
    .values({
      org_id: host.org_id,
      host_id: host.id,
      at,
      kind: 'agent',
      severity,
      text: JSON.stringify(text),
    })
    .execute();
}
