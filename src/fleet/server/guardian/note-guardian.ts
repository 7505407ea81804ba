import { sql } from 'kysely';
import type { GuardianReport, GuardianWish } from '#src/fleet/contract/guardian.ts';
import { systemContext } from '#src/platform/server/context.ts';
import type { Db } from '#src/platform/server/db.ts';
import { stateFact } from '#src/platform/server/events.ts';
import { readServers, readSettings } from './queries.ts';

/**
 * Keeps, in the caller's transaction, what a host says of its disks, and answers what is wished of its guardian. That a server
 * reached another stage is stated as the fact `fleet.guardian-stage`.
 */
export async function noteGuardian(tx: Db, hostId: string, report: GuardianReport): Promise<GuardianWish> {
  const before = await tx
    .selectFrom('fleet.host as h')
    .leftJoin('fleet.guardian as g', 'g.host_id', 'h.id')
    .select(['h.org_id', 'h.name', 'g.settings', 'g.servers'])
    .where('h.id', '=', hostId)
    .executeTakeFirstOrThrow();
  await tx
    .insertInto('fleet.guardian')
    .values({ host_id: hostId, servers: JSON.stringify(report.servers), reported_at: sql<Date>`now()` })
    .onConflict((oc) =>
      oc.column('host_id').doUpdateSet({
        servers: JSON.stringify(report.servers),
        reported_at: sql<Date>`now()`,
      }),
    )
    .execute();
  const stages = new Map(readServers(before.servers).map((one) => [one.name, one.stage]));
  for (const { name, stage, freeBytes } of report.servers) {
    if ((stages.get(name) ?? 'calm') === stage) continue;
    await stateFact(systemContext(tx, before.org_id), 'fleet.guardian-stage', hostId, {
      host: before.name,
      server: name,
      before: stages.get(name) ?? 'calm',
      stage,
      freeBytes,
    });
  }
  return { settings: readSettings(before.settings) };
}
