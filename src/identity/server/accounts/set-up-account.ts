import { sql } from 'kysely';
import { accountText } from '#src/identity/contract/account.text.ts';
import type { Account, SetUpAccount } from '#src/identity/contract/accounts.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { findAccountByEmail } from '../sign-in/queries.ts';
import { forgetAccount, signInOf } from '../sign-in/start-sign-in.ts';
import { getOwnAccount } from './queries.ts';
import { requirePerson } from './require-person.ts';
import { storePassword } from './store-password.ts';

/** Gives the first administrator a name, an address and a password, once. Refuses an account that is set up. */
export async function setUpAccount(ctx: Context, input: SetUpAccount): Promise<Account> {
  const accountId = requirePerson(ctx);
  const { password } = await signInOf(ctx.db).auth.$context;
  // Hashing takes a quarter of a second: never inside a transaction.
  const hash = input.password === undefined ? null : await password.hash(input.password);
  const account = await inTransaction(ctx, async (tx) => {
    const holder = await findAccountByEmail(tx.db, input.email);
    if (holder && holder.id !== accountId) throw new AppError('conflict', accountText.emailTaken);
    const { numUpdatedRows } = await tx.db
      .updateTable('identity.account')
      .set({ name: input.name, email: input.email, setup_pending: false, updated_at: sql`now()` })
      .where('id', '=', accountId)
      .where('setup_pending', '=', true)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) throw new AppError('conflict', accountText.alreadySetUp);
    if (hash !== null) await storePassword(tx.db, accountId, hash);
    await audit(tx, 'identity.account.set-up', accountId);
    return getOwnAccount(tx);
  });
  forgetAccount(ctx.db, accountId);
  return account;
}
