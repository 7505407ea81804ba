import { redirect } from 'react-router';
import type { Route } from './+types/theme.route.ts';
import { preferenceCookie, safeBack, schemes } from './preferences.ts';

/** GET /theme?to=dark&back=/…: remembers the colours and goes back; an unknown wish changes nothing. */
export function loader({ request }: Route.LoaderArgs) {
  const query = new URL(request.url).searchParams;
  const scheme = schemes.find((one) => one === query.get('to'));
  return redirect(
    safeBack(query.get('back')),
    scheme ? { headers: { 'set-cookie': preferenceCookie('scheme', scheme) } } : {},
  );
}
