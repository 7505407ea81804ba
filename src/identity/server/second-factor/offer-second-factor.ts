import type { Context as Call } from 'hono';
import QRCode from 'qrcode';
import { accountText } from '#src/identity/contract/account.text.ts';
import type { SecondFactorOffer } from '#src/identity/contract/accounts.ts';
import { AppError } from '#src/platform/server/errors.ts';
import type { ApiEnv } from '#src/platform/server/http.ts';
import { confirmPassword } from '../accounts/confirm-password.ts';
import { requirePerson } from '../accounts/require-person.ts';
import { callBetterAuth } from '../sign-in/call-better-auth.ts';
import { signInOf } from '../sign-in/start-sign-in.ts';
import { passwordBody, secondFactorRefusals } from './second-factor.rules.ts';

/** Makes a secret and recovery codes; nothing is asked at sign-in before `confirmSecondFactor`. */
export async function offerSecondFactor(
  c: Call<ApiEnv>,
  password: string | undefined,
): Promise<SecondFactorOffer> {
  await confirmPassword(c.var.ctx, requirePerson(c.var.ctx), password);
  const { auth } = signInOf(c.var.ctx.db);
  const made = await callBetterAuth(
    c,
    (headers) => auth.api.enableTwoFactor({ body: passwordBody(password), headers, returnHeaders: true }),
    secondFactorRefusals,
  );
  if (!('totpURI' in made)) throw new AppError('conflict', accountText.secondFactorOn);
  const qrSvg = await QRCode.toString(made.totpURI, { type: 'svg', margin: 1 });
  return { uri: made.totpURI, qrSvg, recoveryCodes: made.backupCodes };
}
