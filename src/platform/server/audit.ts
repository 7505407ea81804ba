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

/** What a check of the whole chain found. */
export type AuditCheck = {
  rows: number;
  /** The first row that does not fit; null when all is well. */
  brokenAt: number | null;
  /** Hash of the last row, in hex: noted elsewhere, it also shows whether rows were cut off at the end. */
  head: string | null;
};

/** Recomputes the whole chain: every row unchanged, none missing before the last. */
export async function verifyAudit(db: Db): Promise<AuditCheck> {
  const result = await sql<AuditCheck>`
    select count(*)::int8 as rows, min(id) filter (where not fits) as "brokenAt",
      encode((array_agg(hash order by id desc))[1], 'hex') as head
    from (
      select a.id, a.hash,
        a.previous_hash = coalesce(lag(a.hash) over (order by a.id), '\\x00'::bytea)
          and a.id = coalesce(lag(a.id) over (order by a.id), 0) + 1
          and a.hash = sha256(a.previous_hash || convert_to(platform.audit_content(a), 'UTF8')) as fits
      from platform.audit a
    ) checked`.execute(db);
  return result.rows[0] ?? { rows: 0, brokenAt: null, head: null };
}
