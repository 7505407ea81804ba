import { sql } from 'kysely';
import type { Account, UpdateAccount } from '#src/identity/contract/accounts.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { forgetAccount } from '../sign-in/start-sign-in.ts';
import { getOwnAccount } from './queries.ts';
import { requirePerson } from './require-person.ts';

/** Changes name, language and time zone of one's own account. */
export async function updateAccount(ctx: Context, input: UpdateAccount): Promise<Account> {
  const accountId = requirePerson(ctx);
  const account = await inTransaction(ctx, async (tx) => {
    await tx.db
      .updateTable('identity.account')
      .set({
        name: input.name,
        locale: input.locale,
        time_zone: input.timeZone,
        updated_at: sql`now()`,
      })
      .where('id', '=', accountId)
      .execute();
    await audit(tx, 'identity.account.update', accountId);
    return getOwnAccount(tx);
  });
  forgetAccount(ctx.db, accountId);
  return account;
}
