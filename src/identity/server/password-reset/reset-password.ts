import type { Context as Call } from 'hono';
import { signInText } from '#src/identity/contract/sign-in.text.ts';
import { AppError } from '#src/platform/server/errors.ts';
import type { ApiEnv } from '#src/platform/server/http.ts';
import { callBetterAuth } from '../sign-in/call-better-auth.ts';
import { countAttempt, forgiveAttempt, subjectOf } from '../sign-in/count-attempt.ts';
import { addressLimit, mailLimit } from '../sign-in/lock-out.rules.ts';
import { signInOf } from '../sign-in/start-sign-in.ts';

/**
 * Mails a link that sets a new password, good for an hour. Answers the same, and as fast, whether there is such an
 * account or not; after three mails in a row further wishes for the same address are dropped for a growing while.
 */
export async function requestReset(c: Call<ApiEnv>, email: string): Promise<void> {
  const { ctx } = c.var;
  try {
    await countAttempt(ctx.db, subjectOf('mail', email), mailLimit);
  } catch (error) {
    if (error instanceof AppError) return;
    throw error;
  }
  const { auth } = signInOf(ctx.db);
  // Not waited for: the time a real mail takes would tell that the account exists.
  void auth.api.requestPasswordReset({ body: { email } }).catch(() => {});
}

/** Sets the password of the link's account and ends all its sessions. */
export async function resetPassword(
  c: Call<ApiEnv>,
  input: { token: string; password: string },
): Promise<void> {
  const { ctx } = c.var;
  const address = ctx.ip === null ? null : subjectOf('address', ctx.ip);
  if (address) await countAttempt(ctx.db, address, addressLimit);
  const { auth } = signInOf(ctx.db);
  await callBetterAuth(
    c,
    async (headers) => {
      const body = { token: input.token, newPassword: input.password };
      return auth.api.resetPassword({ body, headers, returnHeaders: true });
    },
    { other: ['invalid', signInText.resetDead] },
  );
  if (address) await forgiveAttempt(ctx.db, address);
}
