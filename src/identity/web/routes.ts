import { route, type RouteConfigEntry } from '@react-router/dev/routes';

/** Pages inside the console: signed in, interactive. */
export const consoleRoutes: RouteConfigEntry[] = [
  route('account', 'identity/web/account/account.page.tsx'),
  route('organisation', 'identity/web/organisation/organisation.page.tsx'),
  route('audit', 'identity/web/audit/audit.page.tsx'),
];

/** Pages for everybody: plain HTML that works without script. */
export const publicRoutes: RouteConfigEntry[] = [
  route('sign-in', 'identity/web/sign-in/sign-in.page.tsx'),
  route('sign-in/link', 'identity/web/sign-in/sign-in-link.page.tsx'),
  route('sign-in/second-factor', 'identity/web/sign-in/second-factor.page.tsx'),
  route('sign-in/oidc', 'identity/web/sign-in/oidc.route.ts'),
  route('sign-in/github', 'identity/web/sign-in/github.route.ts'),
  route('sign-up', 'identity/web/sign-up/sign-up.page.tsx'),
  route('sign-up/confirm', 'identity/web/sign-up/confirm.page.tsx'),
  route('confirm-address', 'identity/web/sign-up/confirm-address.page.tsx'),
  route('forgot-password', 'identity/web/sign-in/forgot-password.page.tsx'),
  route('reset-password', 'identity/web/sign-in/reset-password.page.tsx'),
  route('invitation', 'identity/web/sign-in/invitation.page.tsx'),
  route('set-up', 'identity/web/sign-in/set-up.page.tsx'),
  route('sign-out', 'identity/web/sign-in/sign-out.route.ts'),
  route('switch-organisation', 'identity/web/organisation/switch-organisation.route.ts'),
];
