import type { Context as Call } from 'hono';
import { audit } from '#src/platform/server/audit.ts';
import type { ApiEnv } from '#src/platform/server/http.ts';
import { confirmPassword } from '../accounts/confirm-password.ts';
import { requirePerson } from '../accounts/require-person.ts';
import { callBetterAuth } from '../sign-in/call-better-auth.ts';
import { signInOf } from '../sign-in/start-sign-in.ts';
import { passwordBody, secondFactorRefusals } from './second-factor.rules.ts';

/** Turns the second factor off and forgets its secret and recovery codes. */
export async function disableSecondFactor(c: Call<ApiEnv>, password: string | undefined): Promise<void> {
  const accountId = requirePerson(c.var.ctx);
  await confirmPassword(c.var.ctx, accountId, password);
  const { auth, cache } = signInOf(c.var.ctx.db);
  await callBetterAuth(
    c,
    (headers) => auth.api.disableTwoFactor({ body: passwordBody(password), headers, returnHeaders: true }),
    secondFactorRefusals,
  );
  cache.forget(accountId);
  await audit(c.var.ctx, 'identity.second-factor.disable', accountId);
}
