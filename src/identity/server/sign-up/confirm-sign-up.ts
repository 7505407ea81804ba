import type { Context as Call } from 'hono';
import { sql } from 'kysely';
import type { ConfirmSignUp, SignInAnswer } from '#src/identity/contract/sign-in.ts';
import { signInText } from '#src/identity/contract/sign-in.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import type { ApiEnv } from '#src/platform/server/http.ts';
import { storePassword } from '../accounts/store-password.ts';
import { callBetterAuth } from '../sign-in/call-better-auth.ts';
import { countAttempt, forgiveAttempt, subjectOf } from '../sign-in/count-attempt.ts';
import { accountLimit, addressLimit } from '../sign-in/lock-out.rules.ts';
import { findAccountByEmail } from '../sign-in/queries.ts';
import { recordSignIn } from '../sign-in/record-sign-in.ts';
import { hashToken, signInOf } from '../sign-in/start-sign-in.ts';

/**
 * Makes the account of a sign-up whose link was opened by who knows its password, and signs it in. Refuses a link that is
 * used, over or not ours, and a wrong password: the link alone proves only the mailbox, and the sign-up may be a stranger's.
 */
export async function confirmSignUp(c: Call<ApiEnv>, input: ConfirmSignUp): Promise<SignInAnswer> {
  const { ctx } = c.var;
  const { auth } = signInOf(ctx.db);
  const address = ctx.ip === null ? null : subjectOf('address', ctx.ip);
  if (address) await countAttempt(ctx.db, address, addressLimit);
  const tokenHash = hashToken(input.token);
  const waiting = await ctx.db
    .selectFrom('identity.sign_up')
    .select(['id', 'password_hash as hash'])
    .where('token_hash', '=', tokenHash)
    .where('account_id', 'is', null)
    .where('expires_at', '>', sql<Date>`now()`)
    .executeTakeFirst();
  if (!waiting || waiting.hash === null) throw new AppError('invalid', signInText.signUpDead);
  const subject = subjectOf('sign-up', waiting.id);
  await countAttempt(ctx.db, subject, accountLimit);
  const { password } = await auth.$context;
  const isRight = await password.verify({ hash: waiting.hash, password: input.password });
  if (!isRight) throw new AppError('invalid', signInText.signUpWrongPassword);
  const accountId = await makeAccount(ctx, tokenHash);
  await forgiveAttempt(ctx.db, subject);
  if (address) await forgiveAttempt(ctx.db, address);
  await callBetterAuth(c, (headers) =>
    auth.api.openSession({ body: { accountId }, headers, returnHeaders: true }),
  );
  await recordSignIn(ctx, accountId, { how: 'sign-up' });
  return { next: 'home' };
}

/** The account of a proved sign-up; of two that come at once one makes it. */
async function makeAccount(ctx: Context, tokenHash: Buffer): Promise<string> {
  return inTransaction(ctx, async (tx) => {
    // open to: whoever holds the mailed link and knows the password
    const used = await tx.db
      .deleteFrom('identity.sign_up')
      .where('token_hash', '=', tokenHash)
      .returning(['email', 'name', 'locale', 'password_hash as hash'])
      .executeTakeFirst();
    if (!used || used.hash === null) throw new AppError('invalid', signInText.signUpDead);
    if (await findAccountByEmail(tx.db, used.email))
      throw new AppError('conflict', signInText.signUpHasAccount);
    const { id } = await tx.db
      .insertInto('identity.account')
      .values({ name: used.name, email: used.email, email_verified: true, locale: used.locale })
      .returning('id')
      .executeTakeFirstOrThrow();
    await storePassword(tx.db, id, used.hash);
    // Others who signed up with this address can prove nothing any more.
    await tx.db.deleteFrom('identity.sign_up').where('email', '=', used.email).execute();
    await audit(
      { ...tx, actor: { ...tx.actor, kind: 'user', id, name: used.name } },
      'identity.account.create',
      id,
    );
    return id;
  });
}
