import { sql } from 'kysely';
import type { Happening } from '#src/fleet/contract/incidents.ts';
import type { Db } from '#src/platform/server/db.ts';

/** A host whose clock is wrong must not write into the far future or past. */
const aheadSeconds = 60;

/** Keeps what a host saw happen; what is known already (told twice, or by another member) stays as it is. */
export async function noteHappenings(
  db: Db,
  hostId: string,
  happenings: readonly Happening[],
): Promise<{ kept: number }> {
  if (happenings.length === 0) return { kept: 0 };
  const rows = JSON.stringify(happenings);
  const { rows: kept } = await sql`
    insert into fleet.incident_event (id, org_id, host_id, cluster_id, at, kind, severity, key, text, detail)
    select v.id, h.org_id, h.id, c.id, least(v.at, now() + make_interval(secs => ${aheadSeconds})),
      v.kind, v.severity, v.key, v.text, v.detail
    from jsonb_to_recordset(${rows}::jsonb)
      as v (id uuid, at timestamptz, kind text, severity text, server text, key text, text jsonb, detail jsonb)
    join fleet.host h on h.id = ${hostId}
    left join fleet.cluster c on c.org_id = h.org_id and v.server = 'patroni-' || c.scope
      and exists (select from fleet.member m where m.cluster_id = c.id and m.host_id = h.id)
    on conflict do nothing
    returning id`.execute(db);
  return { kept: kept.length };
}
