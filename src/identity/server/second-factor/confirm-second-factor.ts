import type { Context as Call } from 'hono';
import { audit } from '#src/platform/server/audit.ts';
import type { ApiEnv } from '#src/platform/server/http.ts';
import { requirePerson } from '../accounts/require-person.ts';
import { callBetterAuth } from '../sign-in/call-better-auth.ts';
import { signInOf } from '../sign-in/start-sign-in.ts';
import { secondFactorRefusals } from './second-factor.rules.ts';
import { spendCode } from './spend-code.ts';

/** Turns the second factor on with the first code of the app. */
export async function confirmSecondFactor(c: Call<ApiEnv>, code: string): Promise<void> {
  const accountId = requirePerson(c.var.ctx);
  const { auth, cache } = signInOf(c.var.ctx.db);
  await callBetterAuth(
    c,
    (headers) => auth.api.verifyTOTP({ body: { code }, headers, returnHeaders: true }),
    secondFactorRefusals,
  );
  await spendCode(c.var.ctx.db, accountId, code);
  cache.forget(accountId);
  await audit(c.var.ctx, 'identity.second-factor.enable', accountId);
}
