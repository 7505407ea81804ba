import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, noOrg, type Context } from '#src/platform/server/context.ts';
import type { Provider } from './edge.rules.ts';
import { findAccount, listMemberships } from './queries.ts';

export type Way = 'password' | 'second-factor' | 'passkey' | Provider | 'link' | 'invitation' | 'sign-up';

/** Notes in the audit log that an account signed in, or that its name was closed to sign-in for a while. */
export async function recordSignIn(
  ctx: Context,
  accountId: string,
  event: { how: Way } | { lockedOut: true },
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    // open to: sign-in itself, which has just checked who it is
    const account = await findAccount(tx.db, accountId);
    if (!account) return;
    const [first] = await listMemberships(tx.db, accountId);
    const isSignIn = 'how' in event;
    const actor = {
      ...tx.actor,
      kind: isSignIn ? ('user' as const) : ('anonymous' as const),
      id: isSignIn ? account.id : null,
      name: isSignIn ? account.name : tx.actor.name,
      orgId: first?.orgId ?? noOrg,
    };
    await audit(
      { ...tx, actor },
      isSignIn ? 'identity.session.create' : 'identity.account.lock-out',
      account.id,
      isSignIn ? { how: event.how } : {},
    );
  });
}
