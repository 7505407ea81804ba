import { z } from 'zod';
import { Episode } from '#src/community/contract/media.ts';
import { mediaText } from '#src/community/contract/media.text.ts';
import { siteText } from '#src/community/contract/site.text.ts';
import { apiContext, localeContext, publicUrlContext } from '#src/platform/web/contexts.ts';
import type { Route } from './+types/podcast.route.ts';
import { writePodcast } from './write-podcast.ts';

/** GET /feeds/podcast.xml: the episodes for programs that play podcasts. */
export async function loader({ context }: Route.LoaderArgs) {
  const locale = context.get(localeContext);
  const episodes = await context.get(apiContext).get('/api/community/media/episodes', z.array(Episode));
  const xml = writePodcast(episodes, {
    title: `${siteText.brand[locale]} · ${mediaText.podcast[locale]}`,
    about: mediaText.podcastAbout[locale],
    author: siteText.brand[locale],
    publicUrl: context.get(publicUrlContext),
    locale,
  });
  return new Response(xml, {
    headers: { 'content-type': 'application/rss+xml; charset=utf-8', 'x-elepherd-kept': '1' },
  });
}
