import { sql } from 'kysely';
import { organisationText } from '#src/identity/contract/organisation.text.ts';
import type { AcceptInvitation } from '#src/identity/contract/organisations.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { storePassword } from '../accounts/store-password.ts';
import { findAccount, findAccountByEmail } from '../sign-in/queries.ts';
import { hashToken, signInOf } from '../sign-in/start-sign-in.ts';
import { getOpenInvitation } from './queries.ts';

/**
 * Uses up an invitation: the person who is signed in with its address joins, or somebody new gets an account. Answers
 * the account that joined. Refuses a link that is used, revoked, over or not ours.
 */
export async function acceptInvitation(
  ctx: Context,
  input: AcceptInvitation,
): Promise<{ accountId: string; isNew: boolean }> {
  const tokenHash = hashToken(input.token);
  await getOpenInvitation(ctx.db, tokenHash);
  const { password } = await signInOf(ctx.db).auth.$context;
  // Hashing takes a quarter of a second: never inside a transaction.
  const hash = input.account ? await password.hash(input.account.password) : null;
  return inTransaction(ctx, async (tx) => {
    // open to: whoever holds the link that was mailed
    const invitation = await tx.db
      .updateTable('identity.invitation')
      .set({ accepted_at: sql`now()` })
      .where('token_hash', '=', tokenHash)
      .where('accepted_at', 'is', null)
      .where('revoked_at', 'is', null)
      .where('expires_at', '>', sql<Date>`now()`)
      .returning(['id', 'org_id as orgId', 'email', 'role', 'proves_address as provesAddress'])
      .executeTakeFirst();
    if (!invitation) throw new AppError('not_found', organisationText.invitationDead);
    const who = await joiner(tx, invitation, input, hash);
    await tx.db
      .insertInto('identity.membership')
      .values({ org_id: invitation.orgId, account_id: who.id, role: invitation.role })
      .onConflict((oc) => oc.doNothing())
      .execute();
    const actor = { ...tx.actor, kind: 'user' as const, id: who.id, name: who.name, orgId: invitation.orgId };
    await audit({ ...tx, actor }, 'identity.invitation.accept', invitation.id, { role: invitation.role });
    return { accountId: who.id, isNew: who.isNew };
  });
}

async function joiner(
  tx: Context,
  { email, provesAddress }: { email: string; provesAddress: boolean },
  input: AcceptInvitation,
  hash: string | null,
) {
  const { actor } = tx;
  if (actor.kind === 'user' && actor.id !== null) {
    const account = await findAccount(tx.db, actor.id);
    if (account?.email === email) return { id: account.id, name: account.name, isNew: false };
    throw new AppError('conflict', organisationText.invitationOther(email));
  }
  const known = await findAccountByEmail(tx.db, email);
  if (known || !input.account || hash === null) {
    throw new AppError('conflict', organisationText.invitationSignIn(email));
  }
  const made = await tx.db
    .insertInto('identity.account')
    .values({ name: input.account.name, email, email_verified: provesAddress, locale: tx.locale })
    .returning('id')
    .executeTakeFirstOrThrow();
  await storePassword(tx.db, made.id, hash);
  return { id: made.id, name: input.account.name, isNew: true };
}
