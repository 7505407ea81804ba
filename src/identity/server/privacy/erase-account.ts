import { accountText } from '#src/identity/contract/account.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { stateFact } from '#src/platform/server/events.ts';
import { requirePerson } from '../accounts/require-person.ts';
import { subjectOf } from '../sign-in/count-attempt.ts';
import { listOwnedAlone } from './queries.ts';

/**
 * Erases the account of the person who acts, in the caller's transaction: its ways to sign in, sessions, memberships and
 * keys go with it, and mails to it. Refuses the only owner of an organisation. What it did stays in the audit log.
 */
export async function eraseAccount(ctx: Context): Promise<void> {
  const accountId = requirePerson(ctx);
  await inTransaction(ctx, async (tx) => {
    // Two owners who leave at the same moment must not both see the other.
    await tx.db
      .selectFrom('identity.organisation')
      .select('id')
      .where('id', 'in', (eb) =>
        eb
          .selectFrom('identity.membership')
          .select('org_id')
          .where('account_id', '=', accountId)
          .where('role', '=', 'owner'),
      )
      .orderBy('id')
      .forUpdate()
      .execute();
    const alone = await listOwnedAlone(tx.db, accountId);
    if (alone.length > 0) throw new AppError('conflict', accountText.handOverFirst(alone.join(', ')));
    const { email } = await tx.db
      .deleteFrom('identity.account')
      .where('id', '=', accountId)
      .returning('email')
      .executeTakeFirstOrThrow();
    await tx.db.deleteFrom('identity.invitation').where('email', '=', email).execute();
    await tx.db.deleteFrom('identity.sign_up').where('email', '=', email).execute();
    await tx.db
      .deleteFrom('identity.sign_in_failure')
      .where('subject', 'in', [subjectOf('account', email), subjectOf('mail', email)])
      .execute();
    await tx.db.deleteFrom('platform.mail').where('recipient', '=', email).execute();
    await audit(tx, 'identity.account.erase', accountId);
    await stateFact(tx, 'identity.account-erased', accountId);
  });
}
