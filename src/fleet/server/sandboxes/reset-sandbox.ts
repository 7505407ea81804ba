import type { MadeSandbox } from '#src/fleet/contract/sandboxes.ts';
import { sandboxText } from '#src/fleet/contract/sandboxes.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, requirePermission, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { askHost } from '../tasks/ask-host.ts';
import { getSandbox } from './queries.ts';

/** Gives a ready sandbox its first contents back; address, password and end stay. Answers when it is ready again. */
export async function resetSandbox(ctx: Context, id: string): Promise<MadeSandbox> {
  requirePermission(ctx, 'fleet.sandbox.create');
  const { state, host } = await getSandbox(ctx, id);
  if (state !== 'ready') throw new AppError('conflict', sandboxText.notReady);
  const { readyMs } = await askHost(ctx.db, {
    hostId: host.id,
    kind: 'reset-sandbox',
    input: { id },
    timeoutSeconds: 60,
  });
  return inTransaction(ctx, async (tx) => {
    await tx.db.updateTable('fleet.sandbox').set({ ready_ms: readyMs }).where('id', '=', id).execute();
    await audit(tx, 'fleet.sandbox.reset', id);
    return getSandbox(tx, id);
  });
}
