import type { Context as Call } from 'hono';
import { signInText } from '#src/identity/contract/sign-in.text.ts';
import { AppError } from '#src/platform/server/errors.ts';
import type { ApiEnv } from '#src/platform/server/http.ts';
import { callBetterAuth, edgeHeaders } from './call-better-auth.ts';
import { type Provider, sessionCookie } from './edge.rules.ts';
import { recordSignIn } from './record-sign-in.ts';
import { signInOf } from './start-sign-in.ts';

/** Where the browser goes to sign in at the company's server or at GitHub, and its state in a cookie. */
export async function startProviderSignIn(c: Call<ApiEnv>, provider: Provider): Promise<{ url: string }> {
  const auth = await signInOf(c.var.ctx.db).authWith(provider);
  const answer = await callBetterAuth(
    c,
    (headers) =>
      auth.api.signInSocial({
        body: { provider, callbackURL: '/', errorCallbackURL: '/sign-in', disableRedirect: true },
        headers,
        returnHeaders: true,
      }),
    { other: ['unavailable', signInText.oidcUnreachable] },
  );
  if (!answer.url) throw new AppError('unavailable', signInText.oidcUnreachable);
  return { url: answer.url };
}

/** The other side sends the browser back here with a code; answers with the way on and, when all is well, a session. */
export async function signInByProvider(c: Call<ApiEnv>, provider: Provider): Promise<Response> {
  const { ctx } = c.var;
  const { config, authWith } = signInOf(ctx.db);
  const auth = await authWith(provider);
  const asked = new URL(c.req.url);
  // The address that people see is what better-auth compares, whatever name a proxy used.
  const url = new URL(asked.pathname + asked.search, config.publicUrl);
  const answer = await auth.handler(new Request(url, { headers: edgeHeaders(c) }));
  const cookie = answer.headers
    .getSetCookie()
    .find((one) => one.startsWith(`${sessionCookie}=`) && !/max-age=0/i.test(one));
  if (cookie) {
    const headers = new Headers({ cookie: cookie.split(';')[0] ?? '' });
    const session = await auth.api.getSession({ headers });
    if (session) await recordSignIn(ctx, session.user.id, { how: provider });
  }
  return answer;
}
