import { SaveRota, type Rota } from '#src/fleet/contract/alerts.ts';
import { alertText } from '#src/fleet/contract/alerts.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, requirePermission, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { getRota, listPeople } from './queries.ts';

/** Makes a rota, or writes one anew; refuses people who do not belong to the organisation, and a name that is taken. */
export async function saveRota(ctx: Context, id: string | null, given: SaveRota): Promise<Rota> {
  requirePermission(ctx, 'fleet.alert.manage');
  const wish = SaveRota.parse(given);
  return inTransaction(ctx, async (tx) => {
    const { orgId } = tx.actor;
    if (id !== null) await getRota(tx, id);
    const people = await listPeople(tx);
    if (wish.accountIds.some((one) => !people.has(one)))
      throw new AppError('not_found', alertText.noSuchPerson);
    const taken = await tx.db
      .selectFrom('fleet.on_call_rota')
      .select('id')
      .where('org_id', '=', orgId)
      .where('name', '=', wish.name)
      .executeTakeFirst();
    if (taken && taken.id !== id) throw new AppError('conflict', alertText.nameTaken(wish.name));
    const set = {
      name: wish.name,
      time_zone: wish.timeZone,
      hand_over: wish.handOver,
      turn_days: wish.turnDays,
      starts_on: wish.startsOn,
      people: wish.accountIds,
    };
    const row =
      id === null
        ? await tx.db
            .insertInto('fleet.on_call_rota')
            .values({ org_id: orgId, ...set })
            .returning('id')
            .executeTakeFirstOrThrow()
        : await tx.db
            .updateTable('fleet.on_call_rota')
            .set(set)
            .where('org_id', '=', orgId)
            .where('id', '=', id)
            .returning('id')
            .executeTakeFirstOrThrow();
    await audit(tx, 'fleet.alert.save-rota', row.id, { name: wish.name });
    return getRota(tx, row.id);
  });
}
