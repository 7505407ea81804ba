import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, noOrg, type Context } from '#src/platform/server/context.ts';
import { countAttemptsAfresh } from './count-attempt.ts';
import { findAccount, listMemberships } from './queries.ts';

/** After a reset by mail: the name may sign in at once again, and the audit log says what happened. */
export async function recordReset(ctx: Context, accountId: string): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    // open to: whoever read the mail sent to the account
    const account = await findAccount(tx.db, accountId);
    if (!account) return;
    await countAttemptsAfresh(tx.db, account.email);
    const [first] = await listMemberships(tx.db, accountId);
    const actor = { ...tx.actor, kind: 'user' as const, id: account.id, name: account.name };
    await audit(
      { ...tx, actor: { ...actor, orgId: first?.orgId ?? noOrg } },
      'identity.password.reset',
      accountId,
    );
  });
}
