import { SitemapIndex } from '#src/community/contract/sitemaps.ts';
import { apiContext, publicUrlContext } from '#src/platform/web/contexts.ts';
import { element, xmlDocument } from '../feeds/xml.ts';
import type { Route } from './+types/sitemap-index.route.ts';

/** GET /sitemap.xml: where the parts of the map are. */
export async function loader({ context }: Route.LoaderArgs) {
  const publicUrl = context.get(publicUrlContext);
  const { parts } = await context.get(apiContext).get('/api/community/sitemaps', SitemapIndex);
  const addresses = ['pages/0', ...parts.map(({ kind, part }) => `${kind}/${part}`)];
  const body = xmlDocument(
    element(
      'sitemapindex',
      { xmlns: 'http://www.sitemaps.org/schemas/sitemap/0.9' },
      ...addresses.map((address) =>
        element('sitemap', {}, element('loc', {}, `${publicUrl}/sitemaps/${address}.xml`)),
      ),
    ),
  );
  return new Response(body, {
    headers: { 'content-type': 'application/xml; charset=utf-8', 'x-elepherd-kept': '1' },
  });
}
