import type { Context as Call } from 'hono';
import type { SecondFactorSignIn, SignInAnswer } from '#src/identity/contract/sign-in.ts';
import { signInText } from '#src/identity/contract/sign-in.text.ts';
import type { Db } from '#src/platform/server/db.ts';
import { AppError } from '#src/platform/server/errors.ts';
import type { ApiEnv } from '#src/platform/server/http.ts';
import { spendCode } from '../second-factor/spend-code.ts';
import { callBetterAuth, type Refusals } from './call-better-auth.ts';
import { countAttempt, forgiveAttempt, subjectOf } from './count-attempt.ts';
import { addressLimit } from './lock-out.rules.ts';
import { sessionCookie } from './edge.rules.ts';
import { recordSignIn } from './record-sign-in.ts';
import { signInOf } from './start-sign-in.ts';

const lockSeconds = 900;
const refusals: Refusals = {
  INVALID_TWO_FACTOR_COOKIE: ['invalid', signInText.challengeOver],
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: ['invalid', signInText.challengeOver],
  ACCOUNT_TEMPORARILY_LOCKED: ['too_many', signInText.locked(lockSeconds)],
  other: ['invalid', signInText.wrongCode],
};

/** Completes a sign-in that waits for its second factor. Five wrong codes end it, ten in a row close the account for 15 minutes. */
export async function signInBySecondFactor(
  c: Call<ApiEnv>,
  input: SecondFactorSignIn,
): Promise<SignInAnswer> {
  const { ctx } = c.var;
  const { auth } = signInOf(ctx.db);
  const address = ctx.ip === null ? null : subjectOf('address', ctx.ip);
  if (address) await countAttempt(ctx.db, address, addressLimit);
  const answer = await callBetterAuth(
    c,
    (all) => {
      const headers = withoutSession(all);
      return 'code' in input
        ? verifyOnce(ctx.db, input.code, () =>
            auth.api.verifyTOTP({ body: { code: input.code }, headers, returnHeaders: true }),
          )
        : auth.api.verifyBackupCode({ body: { code: input.recoveryCode }, headers, returnHeaders: true });
    },
    refusals,
  );
  if (address) await forgiveAttempt(ctx.db, address);
  await recordSignIn(ctx, answer.user.id, { how: 'second-factor' });
  return { next: 'home' };
}

/** better-auth takes a code for as long as it is valid; who looked over a shoulder must not come in after the owner. */
async function verifyOnce<T extends { response: { token: string; user: { id: string } } }>(
  db: Db,
  code: string,
  verify: () => Promise<T>,
): Promise<T> {
  const verified = await verify();
  const { token, user } = verified.response;
  if (await spendCode(db, user.id, code)) return verified;
  await db.deleteFrom('identity.session').where('token', '=', token).execute();
  throw new AppError('invalid', signInText.wrongCode);
}

// With a session of somebody else's, better-auth would check the code against that account.
function withoutSession(headers: Headers): Headers {
  const cookies = (headers.get('cookie') ?? '')
    .split(';')
    .filter((cookie) => !cookie.trim().startsWith(`${sessionCookie}=`));
  headers.set('cookie', cookies.join(';'));
  return headers;
}
