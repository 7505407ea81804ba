import { publicUrlContext } from '#src/platform/web/contexts.ts';
import type { Route } from './+types/robots.route.ts';

/** GET /robots.txt: what search engines need not look at, and where the map is. */
export function loader({ context }: Route.LoaderArgs) {
  const lines = [
    'User-agent: *',
    'Allow: /api/platform/files/',
    'Disallow: /api/',
    'Disallow: /search',
    'Disallow: /sign-in',
    'Disallow: /locale',
    'Disallow: /theme',
    '',
    `Sitemap: ${context.get(publicUrlContext)}/sitemap.xml`,
    '',
  ];
  return new Response(lines.join('\n'), {
    headers: { 'content-type': 'text/plain; charset=utf-8', 'x-elepherd-kept': '1' },
  });
}
