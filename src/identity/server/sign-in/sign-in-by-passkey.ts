import type { Context as Call } from 'hono';
import type { SignInAnswer } from '#src/identity/contract/sign-in.ts';
import { signInText } from '#src/identity/contract/sign-in.text.ts';
import { AppError } from '#src/platform/server/errors.ts';
import type { ApiEnv } from '#src/platform/server/http.ts';
import { callBetterAuth } from './call-better-auth.ts';
import { countAttempt, forgiveAttempt, subjectOf } from './count-attempt.ts';
import { addressLimit } from './lock-out.rules.ts';
import { recordSignIn } from './record-sign-in.ts';
import { signInOf } from './start-sign-in.ts';

/** What the browser asks its authenticator; the challenge is good for five minutes, once. */
export async function offerPasskeySignIn(c: Call<ApiEnv>): Promise<Record<string, unknown>> {
  const auth = signInOf(c.var.ctx.db).authAt(c.req.header('origin') ?? null);
  const options = await callBetterAuth(c, (headers) =>
    auth.api.generatePasskeyAuthenticationOptions({ headers, returnHeaders: true }),
  );
  return { ...options };
}

/** Signs in whoever owns the passkey that answered. A passkey is two factors in one: no code is asked for. */
export async function signInByPasskey(
  c: Call<ApiEnv>,
  response: Record<string, unknown>,
): Promise<SignInAnswer> {
  const { ctx } = c.var;
  const auth = signInOf(ctx.db).authAt(c.req.header('origin') ?? null);
  const address = ctx.ip === null ? null : subjectOf('address', ctx.ip);
  if (address) await countAttempt(ctx.db, address, addressLimit);
  const answer = await callBetterAuth(
    c,
    // Its inside is checked by better-auth, whose types spell out every field.
    (headers) =>
      auth.api.verifyPasskeyAuthentication({
        body: { response: response as never },
        headers,
        returnHeaders: true,
      }),
    { other: ['invalid', signInText.passkeyRefused] },
  );
  if (!answer) throw new AppError('invalid', signInText.passkeyRefused);
  if (address) await forgiveAttempt(ctx.db, address);
  await recordSignIn(ctx, answer.session.userId, { how: 'passkey' });
  return { next: 'home' };
}
