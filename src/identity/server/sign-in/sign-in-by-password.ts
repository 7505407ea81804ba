import type { Context as Call } from 'hono';
import type { PasswordSignIn, SignInAnswer } from '#src/identity/contract/sign-in.ts';
import { signInText } from '#src/identity/contract/sign-in.text.ts';
import type { ApiEnv } from '#src/platform/server/http.ts';
import { callBetterAuth } from './call-better-auth.ts';
import { countAttempt, forgiveAttempt, subjectOf } from './count-attempt.ts';
import { accountLimit, addressLimit } from './lock-out.rules.ts';
import { findAccountByEmail } from './queries.ts';
import { recordSignIn } from './record-sign-in.ts';
import { signInOf } from './start-sign-in.ts';

/**
 * Checks e-mail address and password and opens a session, or asks for the second factor. A wrong password and an unknown
 * address answer alike, in the same time; repeated failures close the name and the client's address for a growing while.
 */
export async function signInByPassword(c: Call<ApiEnv>, input: PasswordSignIn): Promise<SignInAnswer> {
  const { ctx } = c.var;
  const { auth } = signInOf(ctx.db);
  const address = ctx.ip === null ? null : subjectOf('address', ctx.ip);
  const name = subjectOf('account', input.email);
  if (address) await countAttempt(ctx.db, address, addressLimit);
  const { closedNow } = await countAttempt(ctx.db, name, accountLimit);
  let answer;
  try {
    answer = await callBetterAuth(
      c,
      (headers) => auth.api.signInEmail({ body: input, headers, returnHeaders: true }),
      { other: ['invalid', signInText.wrong] },
    );
  } catch (error) {
    const account = closedNow ? await findAccountByEmail(ctx.db, input.email) : undefined;
    if (account) await recordSignIn(ctx, account.id, { lockedOut: true });
    throw error;
  }
  await forgiveAttempt(ctx.db, name);
  if (address) await forgiveAttempt(ctx.db, address);
  if ('twoFactorRedirect' in answer) return { next: 'second-factor' };
  await recordSignIn(ctx, answer.user.id, { how: 'password' });
  return { next: answer.user.setupPending ? 'set-up' : 'home' };
}
