import { APIError } from 'better-auth/api';
import type { Context as Call } from 'hono';
import { signInText } from '#src/identity/contract/sign-in.text.ts';
import { platformText } from '#src/platform/contract/platform.text.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import type { ProblemCode } from '#src/platform/contract/problem.ts';
import { AppError } from '#src/platform/server/errors.ts';
import type { ApiEnv } from '#src/platform/server/http.ts';
import { ipHeader } from './edge.rules.ts';

/** How better-auth's error codes read to a person; `other` stands for all that are not named. */
export type Refusals = Record<string, [ProblemCode, Text]>;

/**
 * Calls better-auth in process for the request `c`, hands its cookies on, and turns its errors into ours.
 * An error nobody named is thrown on as the bug or outage it is.
 */
export async function callBetterAuth<T>(
  c: Call<ApiEnv>,
  call: (headers: Headers) => Promise<{ headers: Headers; response: T }>,
  refusals: Refusals = {},
): Promise<T> {
  try {
    const { headers, response } = await call(edgeHeaders(c));
    for (const cookie of headers.getSetCookie()) c.header('set-cookie', cookie, { append: true });
    return response;
  } catch (error) {
    if (!(error instanceof APIError)) throw error;
    for (const cookie of new Headers(error.headers).getSetCookie())
      c.header('set-cookie', cookie, { append: true });
    const code = (error.body as { code?: string } | undefined)?.code ?? '';
    const refusal = refusals[code] ?? (error.statusCode < 500 ? refusals['other'] : undefined);
    if (refusal) throw new AppError(refusal[0], refusal[1], { cause: error });
    if (error.statusCode === 401 && c.var.ctx.actor.kind === 'anonymous')
      throw new AppError('unauthenticated', platformText.signInFirst);
    // Known by a token, but better-auth knows browsers only.
    if (error.statusCode === 401) throw new AppError('forbidden', signInText.personOnly);
    throw error;
  }
}

/** Only what better-auth needs of a request; the client's address is what we found, not what a header claims. */
export function edgeHeaders(c: Call<ApiEnv>): Headers {
  const headers = new Headers();
  for (const name of ['cookie', 'user-agent', 'origin']) {
    const value = c.req.header(name);
    if (value !== undefined) headers.set(name, value.slice(0, 8000));
  }
  const agent = headers.get('user-agent');
  if (agent && agent.length > 500) headers.set('user-agent', agent.slice(0, 500));
  if (c.var.ctx.ip !== null) headers.set(ipHeader, c.var.ctx.ip);
  return headers;
}
