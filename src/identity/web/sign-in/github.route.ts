import { redirect } from 'react-router';
import { Redirection } from '#src/identity/contract/sign-in.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import type { Route } from './+types/github.route.ts';

/** GET /sign-in/github: on to GitHub, with the state of this browser in a cookie. */
export async function loader({ context }: Route.LoaderArgs) {
  const { url } = await context.get(apiContext).post('/api/identity/sign-in/github', undefined, Redirection);
  return redirect(url);
}
