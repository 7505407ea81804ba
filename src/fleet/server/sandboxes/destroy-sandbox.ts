import { sandboxText } from '#src/fleet/contract/sandboxes.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, requirePermission, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { ensureTask } from '../tasks/ensure-task.ts';
import { noteGone } from './note-gone.ts';

/** Destroys a sandbox: its room is free at once, and its host ends it as soon as it hears of it. Doing it twice changes nothing. */
export async function destroySandbox(ctx: Context, id: string): Promise<void> {
  requirePermission(ctx, 'fleet.sandbox.delete');
  await inTransaction(ctx, async (tx) => {
    const row = await tx.db
      .selectFrom('fleet.sandbox as s')
      .innerJoin('fleet.host as h', 'h.id', 's.host_id')
      .select(['s.host_id', 'h.phase'])
      .where('s.org_id', '=', tx.actor.orgId)
      .where('s.id', '=', id)
      .executeTakeFirst();
    if (!row) throw new AppError('not_found', sandboxText.noSuchSandbox);
    if (!(await noteGone(tx, id, 'destroyed'))) return;
    if (row.phase !== 'removed') {
      await ensureTask(
        { db: tx.db, operationId: null },
        { hostId: row.host_id, kind: 'destroy-sandbox', key: `destroy ${id}`, input: { id } },
      );
    }
    await audit(tx, 'fleet.sandbox.delete', id);
  });
}
