import { redirect, redirectDocument } from 'react-router';
import { apiContext } from '#src/platform/web/contexts.ts';
import type { Route } from './+types/switch-organisation.route.ts';

/** Opened by hand there is nothing to do. */
export function loader() {
  return redirect('/');
}

/** POST /switch-organisation: shows another of the reader's organisations from now on. */
export async function action({ context, request }: Route.ActionArgs) {
  const orgId = (await request.formData()).get('orgId');
  await context.get(apiContext).put('/api/identity/sessions/organisation', { orgId });
  return redirectDocument('/');
}
