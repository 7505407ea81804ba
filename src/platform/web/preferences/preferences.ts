import type { Locale } from '#src/platform/contract/i18n.ts';

// Written here again so that the first script need not load the validators of the contract; the compiler compares.
const locales = ['en', 'zh-CN'] as const satisfies readonly Locale[];

export const schemes = ['auto', 'light', 'dark'] as const;
export type Scheme = (typeof schemes)[number];

/** Cookies that remember how a browser likes its pages. They hold no identity. */
export const preferenceCookies = {
  locale: 'elepherd_locale',
  scheme: 'elepherd_scheme',
  zone: 'elepherd_tz',
} as const;

const yearSeconds = 31_536_000;

/** The Set-Cookie line of one preference; readable by script because the page changes it without a round trip. */
export function preferenceCookie(name: keyof typeof preferenceCookies, value: string): string {
  return `${preferenceCookies[name]}=${encodeURIComponent(value)}; Path=/; Max-Age=${yearSeconds}; SameSite=Lax`;
}

/** What the cookies say; a missing or foreign value counts as unsaid. */
export function readPreferences(header: string | null): {
  locale: Locale | null;
  scheme: Scheme;
  timeZone: string | null;
} {
  const cookies = new Map(
    (header ?? '').split(';').map((part) => {
      const at = part.indexOf('=');
      return [part.slice(0, at).trim(), part.slice(at + 1).trim()] as const;
    }),
  );
  const locale = locales.find((one) => one === cookies.get(preferenceCookies.locale)) ?? null;
  const scheme = schemes.find((one) => one === cookies.get(preferenceCookies.scheme)) ?? 'auto';
  return { locale, scheme, timeZone: knownZone(cookies.get(preferenceCookies.zone)) };
}

function knownZone(value: string | undefined): string | null {
  if (!value || value.length > 120) return null;
  try {
    const zone = decodeURIComponent(value);
    // Throws for a zone that no calendar knows.
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}

/** A path on this site to go back to; anything that could lead elsewhere becomes the start page. */
export function safeBack(value: string | null): string {
  if (!value || !value.startsWith('/') || value.length > 2000) return '/';
  try {
    const url = new URL(value, 'http://here.invalid');
    // Checked after normalising: '/..//x' and '/\\x' become addresses of another site.
    const stays = url.host === 'here.invalid' && !url.pathname.startsWith('//');
    return stays ? url.pathname + url.search + url.hash : '/';
  } catch {
    return '/';
  }
}
