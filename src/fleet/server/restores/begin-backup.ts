import { restoreText } from '#src/fleet/contract/restores.text.ts';
import { runBackup } from '#src/fleet/server/backups/run-backup.operation.ts';
import { inTransaction, systemContext } from '#src/platform/server/context.ts';
import type { StepContext } from '#src/platform/server/operations/define-operation.ts';
import { isWorkedOn } from '#src/platform/server/operations/queries.ts';
import { startOperation } from '#src/platform/server/operations/start-operation.ts';

/** Begins the full backup with which a new timeline can be restored for itself; once, however often it is asked. */
export async function beginBackup(op: StepContext, planId: string): Promise<void> {
  // open to: a restore that was allowed
  // not audited: the restore is
  await inTransaction(systemContext(op.db, op.orgId), async (tx) => {
    await tx.db.selectFrom('fleet.backup_plan').select('id').where('id', '=', planId).forUpdate().execute();
    if (await isWorkedOn(tx.db, planId)) return;
    const after = await tx.db
      .selectFrom('platform.operation')
      .select('id')
      .where('subject_id', '=', planId)
      .where('kind', '=', runBackup.kind)
      .where('created_at', '>', op.stepStartedAt)
      .executeTakeFirst();
    if (!after) await startOperation(tx, runBackup, planId, { type: 'full' });
  });
  await op.say(restoreText.backupBegun);
}
