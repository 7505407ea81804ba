import type { Context as Call } from 'hono';
import { sql } from 'kysely';
import type { SignInAnswer } from '#src/identity/contract/sign-in.ts';
import { signInText } from '#src/identity/contract/sign-in.text.ts';
import { AppError } from '#src/platform/server/errors.ts';
import type { ApiEnv } from '#src/platform/server/http.ts';
import { callBetterAuth } from './call-better-auth.ts';
import { countAttempt, forgiveAttempt, subjectOf } from './count-attempt.ts';
import { addressLimit } from './lock-out.rules.ts';
import { findAccount } from './queries.ts';
import { recordSignIn } from './record-sign-in.ts';
import { hashToken, signInOf } from './start-sign-in.ts';

/** Uses up a one-time link and opens a session. Refuses one that is used, over, or not ours. */
export async function signInByLink(c: Call<ApiEnv>, token: string): Promise<SignInAnswer> {
  const { ctx } = c.var;
  const address = ctx.ip === null ? null : subjectOf('address', ctx.ip);
  if (address) await countAttempt(ctx.db, address, addressLimit);
  // One statement decides, so that of two that come at once only one gets in.
  const used = await ctx.db
    .updateTable('identity.sign_in_link')
    .set({ used_at: sql`now()` })
    .where('token_hash', '=', hashToken(token))
    .where('used_at', 'is', null)
    .where('expires_at', '>', sql<Date>`now()`)
    .returning('account_id as accountId')
    .executeTakeFirst();
  if (!used) throw new AppError('invalid', signInText.linkDead);
  if (address) await forgiveAttempt(ctx.db, address);
  const { auth } = signInOf(ctx.db);
  await callBetterAuth(c, (headers) =>
    auth.api.openSession({ body: { accountId: used.accountId }, headers, returnHeaders: true }),
  );
  await recordSignIn(ctx, used.accountId, { how: 'link' });
  const account = await findAccount(ctx.db, used.accountId);
  return { next: account?.setupPending ? 'set-up' : 'home' };
}
