import { accountText } from '#src/identity/contract/account.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { countWays } from '../accounts/queries.ts';
import { requirePerson } from '../accounts/require-person.ts';

/** Removes one of one's own passkeys. Refuses the last way to sign in. */
export async function removePasskey(ctx: Context, id: string): Promise<void> {
  const accountId = requirePerson(ctx);
  await inTransaction(ctx, async (tx) => {
    // Two removals at once must not take the last two ways.
    await tx.db.selectFrom('identity.account').select('id').where('id', '=', accountId).forUpdate().execute();
    const { numDeletedRows } = await tx.db
      .deleteFrom('identity.passkey')
      .where('id', '=', id)
      .where('account_id', '=', accountId)
      .executeTakeFirstOrThrow();
    if (numDeletedRows === 0n) throw new AppError('not_found', accountText.noSuchPasskey);
    if ((await countWays(tx.db, accountId)) === 0) throw new AppError('conflict', accountText.lastWay);
    await audit(tx, 'identity.passkey.remove', id);
  });
}
