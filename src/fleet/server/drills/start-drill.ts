import { randomInt, randomUUID } from 'node:crypto';
import type { HostFacts } from '#src/fleet/contract/hosts.ts';
import type { DrillStarted, RunDrill } from '#src/fleet/contract/drills.ts';
import { drillText } from '#src/fleet/contract/drills.text.ts';
import { restoreText } from '#src/fleet/contract/restores.text.ts';
import { freeBytesOf, planRestore } from '#src/fleet/server/restores/plan-restore.ts';
import { getKnown } from '#src/fleet/server/restores/queries.ts';
import { refusalWords, scratchDirectory, scratchPort } from '#src/fleet/server/restores/rules.ts';
import { recoverableWindow } from '#src/fleet/server/restores/window.rules.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, requirePermission, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { startOperation } from '#src/platform/server/operations/start-operation.ts';
import { runDrill } from './run-drill.operation.ts';
import { randomMoment } from './verdict.rules.ts';

/**
 * Starts a drill of a cluster's backups: at a random moment and on a member's host with room unless told otherwise. Refuses a
 * second one at the same time, and a moment nothing leads to.
 */
export async function startDrill(
  ctx: Context,
  idOrName: string,
  wish: RunDrill,
  planned = false,
): Promise<DrillStarted> {
  requirePermission(ctx, 'fleet.drill.run');
  const { cluster, known } = await getKnown(ctx, idOrName);
  const { ranges } = recoverableWindow(known);
  const random = wish.at ?? randomMoment(ranges, randomInt(2 ** 40) / 2 ** 40)?.toISOString();
  // Without any moment to choose, the newest backup is tried for itself.
  const plan = planRestore(known, random ? { at: random } : { backup: ranges.at(-1)?.backups.at(-1) });
  if (!plan.choice) throw new AppError('conflict', refusalWords(plan.refusal));
  const { choice } = plan;
  const hostId =
    wish.hostId ??
    (await hostWithRoom(
      ctx,
      cluster.members.map((m) => m.hostId),
    ));
  const newest = known.marks.findLast((mark) =>
    ranges.some((range) => mark.beganAt <= range.to && range.repo === choice.backup.repo),
  );
  const id = randomUUID();
  return inTransaction(ctx, async (tx) => {
    await tx.db.selectFrom('fleet.cluster').select('id').where('id', '=', cluster.id).forUpdate().execute();
    const host = await tx.db
      .selectFrom('fleet.host')
      .select(['id', 'name', 'phase', 'connected'])
      .where('id', '=', hostId)
      .where('org_id', '=', tx.actor.orgId)
      .executeTakeFirst();
    if (!host) throw new AppError('not_found', restoreText.noSuchHost);
    if (host.phase === 'removed' || !host.connected)
      throw new AppError('conflict', restoreText.hostUnfit(host.name));
    const busy = await tx.db
      .selectFrom('fleet.drill as d')
      .innerJoin('platform.operation as o', 'o.subject_id', 'd.id')
      .select('d.id')
      .where('d.cluster_id', '=', cluster.id)
      .where('o.state', 'in', ['running', 'cancelling'])
      .executeTakeFirst();
    if (busy) throw new AppError('conflict', drillText.busy);
    await tx.db
      .insertInto('fleet.drill')
      .values({
        id,
        org_id: tx.actor.orgId,
        cluster_id: cluster.id,
        plan_id: known.planId,
        planned,
        target_at: plan.at,
        label: choice.backup.label,
        repository_id: choice.repositoryId,
        timeline: choice.timeline,
        needs_bytes: choice.needsBytes,
        host_id: host.id,
        directory: scratchDirectory(known.pgVersion, id),
        port: scratchPort,
        results: JSON.stringify({ walSegments: choice.walSegments }),
        loss_seconds: newest ? Math.max(0, (Date.now() - newest.at.getTime()) / 1000) : null,
        started_by: tx.actor.name,
      })
      .execute();
    const operationId = await startOperation(tx, runDrill, id);
    await audit(tx, 'fleet.drill.run', cluster.id, {
      drill: id,
      host: host.name,
      backup: choice.backup.label,
      at: plan.at?.toISOString() ?? null,
    });
    return { id, operationId };
  });
}

/** The member's host with the most room, of those that are online. */
async function hostWithRoom(ctx: Context, hostIds: string[]): Promise<string> {
  const hosts = await ctx.db
    .selectFrom('fleet.host')
    .select(['id', 'facts'])
    .where('id', 'in', hostIds)
    .where('connected', '=', true)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('fleet.member as m')
          .select('m.id')
          .whereRef('m.host_id', '=', 'fleet.host.id')
          .where('m.kind', '=', 'server')
          .where('m.phase', '<>', 'gone'),
      ),
    )
    .execute();
  const room = (facts: unknown) => freeBytesOf(facts as HostFacts) ?? 0;
  const best = hosts.toSorted((a, b) => room(b.facts) - room(a.facts))[0];
  if (!best) throw new AppError('conflict', drillText.noHost);
  return best.id;
}
