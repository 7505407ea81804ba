import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { signInText } from '#src/identity/contract/sign-in.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { takeRate } from '#src/platform/server/limits/take-rate.ts';
import { sendMail } from '#src/platform/server/mail/send-mail.ts';
import { getOwnAccount } from '../accounts/queries.ts';
import { requirePerson } from '../accounts/require-person.ts';
import { hashToken, signInOf } from '../sign-in/start-sign-in.ts';

/** Mails a link that proves the address of one's own account, good for a day; nothing to do for one that is proved. */
export async function sendProof(ctx: Context): Promise<void> {
  const accountId = requirePerson(ctx);
  const account = await getOwnAccount(ctx);
  if (account.emailVerified) return;
  await takeRate(ctx.db, `address-proof:${accountId}`, { limit: 5, windowSeconds: 6 * 3600 });
  const { publicUrl } = signInOf(ctx.db).config;
  const token = randomBytes(32).toString('base64url');
  await inTransaction(ctx, async (tx) => {
    await tx.db
      .insertInto('identity.sign_up')
      .values({
        account_id: accountId,
        email: account.email,
        name: account.name,
        locale: tx.locale,
        token_hash: hashToken(token),
        expires_at: sql<Date>`now() + interval '1 day'`,
      })
      .execute();
    await sendMail(tx.db, {
      orgId: null,
      // Whoever reads it may prove an address that is not theirs.
      permission: 'identity.owner.grant',
      to: account.email,
      subject: signInText.signUpMailSubject[tx.locale],
      text: signInText.proofMail(`${publicUrl}/confirm-address?token=${token}`)[tx.locale],
    });
    await audit(tx, 'identity.address.ask-proof', accountId);
  });
}
