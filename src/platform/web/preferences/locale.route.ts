import { redirect } from 'react-router';
import { locales } from '#src/platform/contract/i18n.ts';
import type { Route } from './+types/locale.route.ts';
import { preferenceCookie, safeBack } from './preferences.ts';

/** GET /locale?to=zh-CN&back=/…: remembers the language and goes back; an unknown language changes nothing. */
export function loader({ request }: Route.LoaderArgs) {
  const query = new URL(request.url).searchParams;
  const locale = locales.find((one) => one === query.get('to'));
  return redirect(
    safeBack(query.get('back')),
    locale ? { headers: { 'set-cookie': preferenceCookie('locale', locale) } } : {},
  );
}
