import type { Context as Call } from 'hono';
import { audit } from '#src/platform/server/audit.ts';
import type { ApiEnv } from '#src/platform/server/http.ts';
import { callBetterAuth } from '../sign-in/call-better-auth.ts';
import { signInOf } from '../sign-in/start-sign-in.ts';

/** Ends the present session and takes its cookie back; harmless when nobody is signed in. */
export async function signOut(c: Call<ApiEnv>): Promise<void> {
  const { ctx } = c.var;
  const { auth, cache } = signInOf(ctx.db);
  await callBetterAuth(c, (headers) => auth.api.signOut({ headers, returnHeaders: true }));
  if (ctx.actor.kind !== 'user' || ctx.actor.id === null) return;
  cache.forget(ctx.actor.id);
  await audit(ctx, 'identity.session.end', null);
}
