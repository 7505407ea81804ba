import { sql } from 'kysely';
import { signInText } from '#src/identity/contract/sign-in.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requirePerson } from '../accounts/require-person.ts';
import { hashToken } from '../sign-in/start-sign-in.ts';

/** Proves the address of one's own account by the mailed link. Refuses a link that is used, over, or of another account or address. */
export async function confirmAddress(ctx: Context, token: string): Promise<void> {
  const accountId = requirePerson(ctx);
  await inTransaction(ctx, async (tx) => {
    const used = await tx.db
      .deleteFrom('identity.sign_up')
      .where('token_hash', '=', hashToken(token))
      .where('account_id', '=', accountId)
      .where('expires_at', '>', sql<Date>`now()`)
      .returning('email')
      .executeTakeFirst();
    if (!used) throw new AppError('invalid', signInText.proofDead);
    const { numUpdatedRows } = await tx.db
      .updateTable('identity.account')
      .set({ email_verified: true, updated_at: sql`now()` })
      .where('id', '=', accountId)
      // The address may have changed since.
      .where('email', '=', used.email)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) throw new AppError('invalid', signInText.proofDead);
    await audit(tx, 'identity.address.prove', accountId);
  });
}
