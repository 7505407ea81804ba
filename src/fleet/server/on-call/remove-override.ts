import { alertText } from '#src/fleet/contract/alerts.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, requirePermission, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { getRota } from './queries.ts';

/** Takes a stand-in back: the turn counts again. */
export async function removeOverride(ctx: Context, rotaId: string, id: string): Promise<void> {
  requirePermission(ctx, 'fleet.alert.silence');
  await inTransaction(ctx, async (tx) => {
    await getRota(tx, rotaId);
    const gone = await tx.db
      .deleteFrom('fleet.on_call_override')
      .where('rota_id', '=', rotaId)
      .where('id', '=', id)
      .returning('id')
      .executeTakeFirst();
    if (!gone) throw new AppError('not_found', alertText.noSuchOverride);
    await audit(tx, 'fleet.alert.remove-override', rotaId, {});
  });
}
