import { redirect, redirectDocument } from 'react-router';
import { apiContext } from '#src/platform/web/contexts.ts';
import type { Route } from './+types/sign-out.route.ts';

/** Opened by hand there is nothing to do. */
export function loader() {
  return redirect('/');
}

/** POST /sign-out: ends the session; a whole new page, so that nothing of the old one stays in memory. */
export async function action({ context }: Route.ActionArgs) {
  await context.get(apiContext).post('/api/identity/sessions/sign-out');
  return redirectDocument('/sign-in?note=signed-out');
}
