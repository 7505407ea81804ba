import type { Started } from '#src/fleet/contract/clusters.ts';
import { logicalBackupText } from '#src/fleet/contract/logical-backups.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, requirePermission, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { startOperation } from '#src/platform/server/operations/start-operation.ts';
import { ensureDumpKey } from './ensure-dump-key.ts';
import { getExternal } from './queries.ts';
import { dumpLabel } from './rules.ts';
import { runDump } from './run-dump.operation.ts';

/** Starts a logical backup of an external database now. Refuses while another one runs. */
export async function startDump(ctx: Context, idOrName: string): Promise<Started> {
  requirePermission(ctx, 'fleet.backup.run');
  return inTransaction(ctx, async (tx) => {
    const external = await getExternal(tx, idOrName);
    // It holds the row until the end, too.
    await ensureDumpKey(tx, external.id);
    const running = await tx.db
      .selectFrom('platform.operation')
      .select('id')
      .where('subject_id', '=', external.id)
      .where('state', 'in', ['running', 'cancelling'])
      .executeTakeFirst();
    if (running) throw new AppError('conflict', logicalBackupText.busy);
    const at = new Date();
    const taken = await tx.db
      .selectFrom('fleet.logical_backup')
      .select('label')
      .where('external_id', '=', external.id)
      .execute();
    // Two within a second get two names.
    while (taken.some(({ label }) => label === dumpLabel(at))) at.setSeconds(at.getSeconds() + 1);
    const label = dumpLabel(at);
    await tx.db.insertInto('fleet.logical_backup').values({ external_id: external.id, label }).execute();
    const operationId = await startOperation(tx, runDump, external.id, { label });
    await audit(tx, 'fleet.external-database.back-up', external.id, { name: external.name, label });
    return { operationId };
  });
}
