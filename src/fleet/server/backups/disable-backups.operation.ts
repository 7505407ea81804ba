import { backupText } from '#src/fleet/contract/backups.text.ts';
import { defineOperation, done, step } from '#src/platform/server/operations/define-operation.ts';
import { giveArchive } from './give-archive.ts';
import { findPlanOf } from './queries.ts';

/** Ends archiving and scheduled backups of a cluster. What was backed up stays, and so do the files with which it can be restored. */
export const disableBackups = defineOperation('fleet.disable-backups', {
  title: backupText.disableTitle,
  permission: 'fleet.backup.manage',
  deadlineSeconds: 60 * 60,
  steps: {
    stopArchiving: step(backupText.stepStopArchiving, async (op) => {
      const plan = await findPlanOf(op.db, op.subjectId);
      if (!plan) return done;
      await op.db
        .updateTable('fleet.backup_plan')
        .set({ archiving: false })
        .where('id', '=', plan.id)
        .execute();
      const not = await giveArchive(op, op.subjectId, 'stop');
      if (not) return not;
      await op.db.updateTable('fleet.backup_plan').set({ state: 'off' }).where('id', '=', plan.id).execute();
      await op.say(backupText.disabled);
      return done;
    }),
  },
});
