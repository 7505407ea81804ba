import type { ChangePassword } from '#src/identity/contract/accounts.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { forgetAccount, signInOf } from '../sign-in/start-sign-in.ts';
import { confirmPassword } from './confirm-password.ts';
import { requirePerson } from './require-person.ts';
import { storePassword } from './store-password.ts';

/** Sets one's own password after checking the present one, and ends all other sessions. */
export async function changePassword(
  ctx: Context,
  input: ChangePassword,
  currentSessionId: string | null,
): Promise<void> {
  const accountId = requirePerson(ctx);
  await confirmPassword(ctx, accountId, input.currentPassword);
  const { password } = await signInOf(ctx.db).auth.$context;
  const hash = await password.hash(input.newPassword);
  await inTransaction(ctx, async (tx) => {
    await storePassword(tx.db, accountId, hash);
    await tx.db
      .deleteFrom('identity.session')
      .where('account_id', '=', accountId)
      .$if(currentSessionId !== null, (others) => others.where('id', '!=', currentSessionId))
      .execute();
    await audit(tx, 'identity.password.change', accountId);
  });
  forgetAccount(ctx.db, accountId);
}
