import type { Context as Call } from 'hono';
import type { ApiEnv } from '#src/platform/server/http.ts';
import { edgeHeaders } from '../sign-in/call-better-auth.ts';
import { signInOf } from '../sign-in/start-sign-in.ts';

/** The session of this request's cookie; null for keys and for nobody. */
export async function findCurrentSession(c: Call<ApiEnv>): Promise<{ id: string; token: string } | null> {
  if (c.var.ctx.actor.kind !== 'user' || c.req.header('authorization') !== undefined) return null;
  const found = await signInOf(c.var.ctx.db).auth.api.getSession({ headers: edgeHeaders(c) });
  return found && { id: found.session.id, token: found.session.token };
}
