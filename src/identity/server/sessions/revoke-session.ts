import { accountText } from '#src/identity/contract/account.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requirePerson } from '../accounts/require-person.ts';
import { forgetAccount } from '../sign-in/start-sign-in.ts';

/** Ends one of one's own sessions; every server forgets it at once. */
export async function revokeSession(ctx: Context, id: string): Promise<void> {
  const accountId = requirePerson(ctx);
  await inTransaction(ctx, async (tx) => {
    const { numDeletedRows } = await tx.db
      .deleteFrom('identity.session')
      .where('id', '=', id)
      .where('account_id', '=', accountId)
      .executeTakeFirstOrThrow();
    if (numDeletedRows === 0n) throw new AppError('not_found', accountText.noSuchSession);
    await audit(tx, 'identity.session.revoke', id);
  });
  forgetAccount(ctx.db, accountId);
}

/** Ends all sessions of one's own but the present one. */
export async function revokeOtherSessions(ctx: Context, currentId: string | null): Promise<void> {
  const accountId = requirePerson(ctx);
  await inTransaction(ctx, async (tx) => {
    await tx.db
      .deleteFrom('identity.session')
      .where('account_id', '=', accountId)
      .$if(currentId !== null, (others) => others.where('id', '!=', currentId))
      .execute();
    await audit(tx, 'identity.session.revoke', null, { all: true });
  });
  forgetAccount(ctx.db, accountId);
}
