import { sandboxText } from '#src/fleet/contract/sandboxes.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, requirePermission, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';

/** Forgets a template; sandboxes made from it live on. */
export async function deleteTemplate(ctx: Context, name: string): Promise<void> {
  requirePermission(ctx, 'fleet.sandbox.delete');
  await inTransaction(ctx, async (tx) => {
    const row = await tx.db
      .deleteFrom('fleet.sandbox_template')
      .where('org_id', '=', tx.actor.orgId)
      .where('name', '=', name)
      .returning('id')
      .executeTakeFirst();
    if (!row) throw new AppError('not_found', sandboxText.noSuchTemplate(name));
    await audit(tx, 'fleet.sandbox.delete-template', row.id, { name });
  });
}
