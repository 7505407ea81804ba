import { sql } from 'kysely';
import type { MadeSandbox } from '#src/fleet/contract/sandboxes.ts';
import { sandboxText } from '#src/fleet/contract/sandboxes.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, requirePermission, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { askHost } from '../tasks/ask-host.ts';
import { getQuota, getSandbox } from './queries.ts';

/** Moves the end of a ready sandbox to `minutes` from now. Refuses a life longer than the quota's. */
export async function extendSandbox(ctx: Context, id: string, minutes: number): Promise<MadeSandbox> {
  requirePermission(ctx, 'fleet.sandbox.create');
  const { state, host, createdAt } = await getSandbox(ctx, id);
  if (state !== 'ready') throw new AppError('conflict', sandboxText.notReady);
  const quota = await getQuota(ctx);
  const { rows } = await sql<{ at: Date; life: number }>`
    select now() + make_interval(mins => ${minutes}) as at,
      extract(epoch from now() - ${createdAt}::timestamptz)::float8 / 60 + ${minutes}::int as life`.execute(
    ctx.db,
  );
  const { at, life } = rows[0]!;
  if (life > quota.minutes) throw new AppError('conflict', sandboxText.quotaMinutes(quota.minutes));
  // The host first: one that lives a little longer there than here does no harm.
  await askHost(ctx.db, {
    hostId: host.id,
    kind: 'extend-sandbox',
    input: { id, expiresAt: at.toISOString() },
  });
  return inTransaction(ctx, async (tx) => {
    await tx.db
      .updateTable('fleet.sandbox')
      .set({ expires_at: at })
      .where('id', '=', id)
      .where('state', '=', 'ready')
      .execute();
    await audit(tx, 'fleet.sandbox.extend', id, { minutes });
    return getSandbox(tx, id);
  });
}
