import { sql } from 'kysely';
import { CreateSilence, type Silence } from '#src/fleet/contract/alerts.ts';
import { alertText } from '#src/fleet/contract/alerts.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, requirePermission, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { isRule } from '../alert-rules/queries.ts';
import { getSilence } from './queries.ts';

/** Lets nobody be told of some alerts for a time, or in a window that comes again; they are still seen in the list. */
export async function createSilence(ctx: Context, given: CreateSilence): Promise<Silence> {
  requirePermission(ctx, 'fleet.alert.silence');
  const wish = CreateSilence.parse(given);
  return inTransaction(ctx, async (tx) => {
    const { orgId } = tx.actor;
    const has = async (table: 'fleet.host' | 'fleet.cluster', id: string) =>
      (await tx.db
        .selectFrom(table)
        .select('id')
        .where('org_id', '=', orgId)
        .where('id', '=', id)
        .executeTakeFirst()) !== undefined;
    if (wish.hostId !== undefined && !(await has('fleet.host', wish.hostId))) {
      throw new AppError('not_found', alertText.noSuchHost);
    }
    if (wish.clusterId !== undefined && !(await has('fleet.cluster', wish.clusterId))) {
      throw new AppError('not_found', alertText.noSuchCluster);
    }
    if (wish.rule !== undefined && !(await isRule(tx, wish.rule))) {
      throw new AppError('not_found', alertText.noSuchRule);
    }
    const startsAt =
      wish.startsAt === undefined ? sql<Date>`now()` : sql<Date>`${wish.startsAt}::timestamptz`;
    // For a window that comes again, minutes say for how long it goes on coming.
    const endsAt =
      wish.minutes === undefined ? null : sql<Date>`${startsAt} + make_interval(mins => ${wish.minutes})`;
    const { id } = await tx.db
      .insertInto('fleet.alert_silence')
      .values({
        org_id: orgId,
        reason: wish.reason,
        rule: wish.rule ?? null,
        host_id: wish.hostId ?? null,
        cluster_id: wish.clusterId ?? null,
        starts_at: startsAt,
        ends_at: endsAt,
        repeats: wish.repeats ? JSON.stringify(wish.repeats) : null,
        created_by_name: tx.actor.name,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const { repeats, ...plain } = wish;
    await audit(tx, 'fleet.alert.silence', id, { ...plain, repeats: repeats !== undefined });
    return getSilence(tx, id);
  });
}
