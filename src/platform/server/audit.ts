import { sql } from 'kysely';
import type { Context } from './context.ts';
import type { Db } from './db.ts';

/** Records who did what, in the transaction of the change. `details` never holds a secret. */
export async function audit(
  tx: Context,
  action: string,
  subjectId: string | null,
  details: Record<string, unknown> = {},
): Promise<void> {
  await tx.db
    .insertInto('platform.audit')
    .values({
      org_id: tx.actor.orgId,
      actor_kind: tx.actor.kind,
      actor_id: tx.actor.id,
      actor_name: tx.actor.name,
      ip: tx.ip,
      request_id: tx.requestId,
      action,
      subject_id: subjectId,
      details: JSON.stringify(details),
      previous_hash: Buffer.alloc(0),
      hash: Buffer.alloc(0),
    })
    .execute();
}

/** Recomputes the whole chain and returns the id of the first row that does not fit, or null when all is well. */
export async function verifyAudit(db: Db): Promise<{ rows: number; brokenAt: number | null }> {
  const result = await sql<{ rows: number; broken_at: number | null }>`
    select count(*)::int8 as rows, min(id) filter (where not fits) as broken_at
    from (
      select a.id,
        a.previous_hash = coalesce(lag(a.hash) over (order by a.id), '\\x00'::bytea)
          and a.id = coalesce(lag(a.id) over (order by a.id) + 1, a.id)
          and a.hash = sha256(a.previous_hash || convert_to(platform.audit_content(a), 'UTF8')) as fits
      from platform.audit a
    ) checked`.execute(db);
  const row = result.rows[0];
  return { rows: row?.rows ?? 0, brokenAt: row?.broken_at ?? null };
}
