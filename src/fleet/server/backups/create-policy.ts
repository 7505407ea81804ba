import { backupText } from '#src/fleet/contract/backups.text.ts';
import { CreatePolicy, type BackupSchedule, type Policy } from '#src/fleet/contract/backups.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, requirePermission, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { getPolicy } from './queries.ts';
import { everComes } from './schedule.rules.ts';

/** Refuses a schedule with a line that never comes. */
export function checkSchedule(schedule: BackupSchedule): void {
  for (const cron of [schedule.full, schedule.diff, schedule.incr])
    if (cron !== null && !everComes(cron, schedule.timeZone))
      throw new AppError('invalid', backupText.cronNever(cron));
}

/** Keeps when backups are taken and how long they stay. */
export async function createPolicy(ctx: Context, given: CreatePolicy): Promise<Policy> {
  requirePermission(ctx, 'fleet.backup.manage');
  const wish = CreatePolicy.parse(given);
  checkSchedule(wish.schedule);
  return inTransaction(ctx, async (tx) => {
    const row = await tx.db
      .insertInto('fleet.backup_policy')
      .values({
        org_id: tx.actor.orgId,
        name: wish.name,
        schedule: JSON.stringify(wish.schedule),
        retention: JSON.stringify(wish.retention),
        process_max: wish.processMax,
        compression: wish.compression,
        gentle: wish.gentle,
        archive_timeout_seconds: wish.archiveTimeoutSeconds,
      })
      .onConflict((oc) => oc.doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!row) throw new AppError('conflict', backupText.policyNameTaken(wish.name));
    await audit(tx, 'fleet.backup.create-policy', row.id, wish);
    return getPolicy(tx, row.id);
  });
}
