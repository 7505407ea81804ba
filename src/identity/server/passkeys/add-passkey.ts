import type { Context as Call } from 'hono';
import { accountText } from '#src/identity/contract/account.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import type { ApiEnv } from '#src/platform/server/http.ts';
import { requirePerson } from '../accounts/require-person.ts';
import { callBetterAuth, type Refusals } from '../sign-in/call-better-auth.ts';
import { signInOf } from '../sign-in/start-sign-in.ts';

const refusals: Refusals = {
  SESSION_NOT_FRESH: ['conflict', accountText.signInAgain],
  other: ['invalid', accountText.passkeyFailed],
};

/** What the browser asks its authenticator to make a passkey; a sign-in older than a day is refused. */
export async function offerPasskey(c: Call<ApiEnv>): Promise<Record<string, unknown>> {
  requirePerson(c.var.ctx);
  const auth = signInOf(c.var.ctx.db).authAt(c.req.header('origin') ?? null);
  const options = await callBetterAuth(
    c,
    (headers) => auth.api.generatePasskeyRegistrationOptions({ query: {}, headers, returnHeaders: true }),
    refusals,
  );
  return { ...options };
}

/** Adds the passkey that the authenticator made. */
export async function addPasskey(
  c: Call<ApiEnv>,
  input: { name: string; response: Record<string, unknown> },
): Promise<void> {
  const accountId = requirePerson(c.var.ctx);
  const auth = signInOf(c.var.ctx.db).authAt(c.req.header('origin') ?? null);
  await callBetterAuth(
    c,
    (headers) =>
      auth.api.verifyPasskeyRegistration({
        body: { name: input.name, response: input.response },
        headers,
        returnHeaders: true,
      }),
    refusals,
  );
  await audit(c.var.ctx, 'identity.passkey.add', accountId, { name: input.name });
}
