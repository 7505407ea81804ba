import { sql } from 'kysely';
import type { Text } from '#src/platform/contract/i18n.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { stateFact } from '#src/platform/server/events.ts';

/** Takes down the end of a sandbox, forgets its password and states the fact; false for one that had ended before. */
export async function noteGone(
  ctx: Context,
  id: string,
  state: 'failed' | 'expired' | 'destroyed',
  reason: Text | null = null,
): Promise<boolean> {
  // open to: whoever saw it end
  // not audited: its own end is no act of a person, and destroying one writes its own line
  return inTransaction(ctx, async (tx) => {
    const row = await tx.db
      .updateTable('fleet.sandbox')
      .set({
        state,
        reason: reason && JSON.stringify(reason),
        secrets: null,
        ended_at: sql<Date>`clock_timestamp()`,
      })
      .where('id', '=', id)
      .where('state', 'in', ['making', 'ready'])
      .returning(['org_id', 'purpose', 'made_by'])
      .executeTakeFirst();
    if (!row) return false;
    await stateFact(tx, 'fleet.sandbox-gone', id, {
      orgId: row.org_id,
      purpose: row.purpose,
      madeBy: row.made_by,
      state,
    });
    return true;
  });
}
