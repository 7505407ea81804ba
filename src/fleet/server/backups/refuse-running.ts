import { backupText } from '#src/fleet/contract/backups.text.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';

/** Refuses while a backup of this plan runs; its row is locked by the caller. */
export async function refuseRunning(tx: Context, planId: string): Promise<void> {
  const running = await tx.db
    .selectFrom('platform.operation')
    .select('id')
    .where('subject_id', '=', planId)
    .where('state', 'in', ['running', 'cancelling'])
    .executeTakeFirst();
  if (running) throw new AppError('conflict', backupText.backupRuns);
}
