import { backupText } from '#src/fleet/contract/backups.text.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { isWorkedOn } from '#src/platform/server/operations/queries.ts';

/** Refuses while a backup of this plan runs; its row is locked by the caller. */
export async function refuseRunning(tx: Context, planId: string): Promise<void> {
  if (await isWorkedOn(tx.db, planId)) throw new AppError('conflict', backupText.backupRuns);
}
