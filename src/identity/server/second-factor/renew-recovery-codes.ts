import type { Context as Call } from 'hono';
import { audit } from '#src/platform/server/audit.ts';
import type { ApiEnv } from '#src/platform/server/http.ts';
import { confirmPassword } from '../accounts/confirm-password.ts';
import { requirePerson } from '../accounts/require-person.ts';
import { callBetterAuth } from '../sign-in/call-better-auth.ts';
import { signInOf } from '../sign-in/start-sign-in.ts';
import { passwordBody, secondFactorRefusals } from './second-factor.rules.ts';

/** Replaces all recovery codes. */
export async function renewRecoveryCodes(c: Call<ApiEnv>, password: string | undefined): Promise<string[]> {
  const accountId = requirePerson(c.var.ctx);
  await confirmPassword(c.var.ctx, accountId, password);
  const { auth } = signInOf(c.var.ctx.db);
  const made = await callBetterAuth(
    c,
    (headers) => auth.api.generateBackupCodes({ body: passwordBody(password), headers, returnHeaders: true }),
    secondFactorRefusals,
  );
  await audit(c.var.ctx, 'identity.recovery-codes.renew', accountId);
  return made.backupCodes;
}
