import { postPath } from '#src/community/contract/addresses.ts';
import type { Episode } from '#src/community/contract/media.ts';
import { element, escaped, xmlDocument } from '../feeds/xml.ts';

type Place = { title: string; about: string; author: string; publicUrl: string; locale: string };

/** RSS 2.0 with what podcast directories ask for. Episodes play through our own address, which counts listeners. */
export function writePodcast(episodes: readonly Episode[], place: Place): string {
  const base = place.publicUrl.replace(/\/$/, '');
  const items = episodes.map((one) => {
    const link = base + postPath({ kind: 'article', ...one });
    return element(
      'item',
      {},
      element('title', {}, one.title),
      element('link', {}, link),
      // The address may change with the title, the number never does.
      element('guid', { isPermaLink: 'false' }, `${base}/articles/${one.id}`),
      element('pubDate', {}, new Date(one.publishedAt).toUTCString()),
      // What stands here is read as HTML.
      element('description', {}, escaped(one.excerpt)),
      element('content:encoded', {}, one.html),
      element('enclosure', {
        url: `${base}/api/community/media/${one.id}/sound`,
        length: String(one.sizeBytes),
        type: one.contentType,
      }),
      element('itunes:author', {}, one.author),
      element('itunes:explicit', {}, 'false'),
      one.durationSeconds === null ? null : element('itunes:duration', {}, String(one.durationSeconds)),
    );
  });
  const newest = episodes[0]?.publishedAt;
  const channel = element(
    'channel',
    {},
    element('title', {}, place.title),
    element('link', {}, `${base}/articles`),
    element('description', {}, place.about),
    element('language', {}, place.locale.toLowerCase()),
    newest === undefined ? null : element('lastBuildDate', {}, new Date(newest).toUTCString()),
    element('atom:link', {
      href: `${base}/feeds/podcast.xml`,
      rel: 'self',
      type: 'application/rss+xml',
    }),
    element('itunes:author', {}, place.author),
    element('itunes:summary', {}, place.about),
    element('itunes:explicit', {}, 'false'),
    element('itunes:category', { text: 'Technology' }),
    ...items,
  );
  return xmlDocument(
    element(
      'rss',
      {
        version: '2.0',
        'xmlns:itunes': 'http://www.itunes.com/dtds/podcast-1.0.dtd',
        'xmlns:content': 'http://purl.org/rss/1.0/modules/content/',
        'xmlns:atom': 'http://www.w3.org/2005/Atom',
      },
      channel,
    ),
  );
}
