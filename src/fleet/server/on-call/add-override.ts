import type { CreateOverride, Rota } from '#src/fleet/contract/alerts.ts';
import { alertText } from '#src/fleet/contract/alerts.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, requirePermission, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { getRota, listPeople } from './queries.ts';

/** Lets somebody stand in on a rota for a time; the word that came last wins. */
export async function addOverride(ctx: Context, rotaId: string, wish: CreateOverride): Promise<Rota> {
  requirePermission(ctx, 'fleet.alert.silence');
  return inTransaction(ctx, async (tx) => {
    const { name } = await getRota(tx, rotaId);
    if (!(await listPeople(tx)).has(wish.accountId)) throw new AppError('not_found', alertText.noSuchPerson);
    if (Date.parse(wish.endsAt) <= Date.parse(wish.startsAt)) {
      throw new AppError('conflict', alertText.endsBeforeStart);
    }
    await tx.db
      .insertInto('fleet.on_call_override')
      .values({
        rota_id: rotaId,
        account_id: wish.accountId,
        starts_at: new Date(wish.startsAt),
        ends_at: new Date(wish.endsAt),
        created_by_name: tx.actor.name,
      })
      .execute();
    await audit(tx, 'fleet.alert.add-override', rotaId, { name, ...wish });
    return getRota(tx, rotaId);
  });
}
