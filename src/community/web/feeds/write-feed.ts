import type { Feed, FeedEntry } from '#src/community/contract/feeds.ts';
import { element, escaped, xmlDocument } from './xml.ts';

/** Where a feed stands and what it is called in the language of its reader. */
export type FeedPlace = { title: string; publicUrl: string; locale: string };

export const feedTypes = {
  atom: 'application/atom+xml; charset=utf-8',
  rss: 'application/rss+xml; charset=utf-8',
  json: 'application/feed+json; charset=utf-8',
} as const;
export type FeedFormat = keyof typeof feedTypes;

/** A feed in one of its three forms. */
export function writeFeed(format: FeedFormat, feed: Feed, place: FeedPlace): string {
  return { atom: writeAtom, rss: writeRss, json: writeJson }[format](feed, place);
}

/** Atom (RFC 4287). */
function writeAtom(feed: Feed, { title, publicUrl, locale }: FeedPlace): string {
  const { entries } = feed;
  return xmlDocument(
    element(
      'feed',
      { xmlns: 'http://www.w3.org/2005/Atom', 'xml:lang': locale },
      element('id', {}, tagId(publicUrl, `feed/${feed.key}`)),
      element('title', {}, title),
      element('updated', {}, newest(entries)),
      element('link', {
        rel: 'self',
        type: 'application/atom+xml',
        href: `${publicUrl}/feeds/${feed.key}.atom`,
      }),
      element('link', { rel: 'alternate', type: 'text/html', href: publicUrl + feed.path }),
      element('generator', {}, 'Elepherd'),
      ...entries.map((entry) =>
        element(
          'entry',
          { 'xml:lang': entry.locale },
          element('id', {}, tagId(publicUrl, entry.key)),
          element('title', {}, entry.title),
          element('link', { rel: 'alternate', type: 'text/html', href: publicUrl + entry.path }),
          element('published', {}, entry.publishedAt),
          element('updated', {}, entry.updatedAt),
          element(
            'author',
            {},
            element('name', {}, entry.author.name),
            entry.author.path === null ? null : element('uri', {}, publicUrl + entry.author.path),
          ),
          ...entry.tags.map((tag) => element('category', { term: tag })),
          element('summary', {}, entry.excerpt),
          entry.html === '' ? null : element('content', { type: 'html' }, wholeLinks(entry.html, publicUrl)),
        ),
      ),
    ),
  );
}

/** RSS 2.0. */
function writeRss(feed: Feed, { title, publicUrl, locale }: FeedPlace): string {
  const { entries } = feed;
  return xmlDocument(
    element(
      'rss',
      {
        version: '2.0',
        'xmlns:atom': 'http://www.w3.org/2005/Atom',
        'xmlns:content': 'http://purl.org/rss/1.0/modules/content/',
        'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
      },
      element(
        'channel',
        {},
        element('title', {}, title),
        element('link', {}, publicUrl + feed.path),
        element('description', {}, escaped(title)),
        element('language', {}, locale),
        element('lastBuildDate', {}, new Date(newest(entries)).toUTCString()),
        element('atom:link', {
          rel: 'self',
          type: 'application/rss+xml',
          href: `${publicUrl}/feeds/${feed.key}.rss`,
        }),
        ...entries.map((entry) =>
          element(
            'item',
            {},
            element('title', {}, entry.title),
            element('link', {}, publicUrl + entry.path),
            element('guid', { isPermaLink: 'false' }, tagId(publicUrl, entry.key)),
            element('pubDate', {}, new Date(entry.publishedAt).toUTCString()),
            element('dc:creator', {}, entry.author.name),
            ...entry.tags.map((tag) => element('category', {}, tag)),
            // What stands here is read as HTML.
            element('description', {}, escaped(entry.excerpt)),
            entry.html === '' ? null : element('content:encoded', {}, wholeLinks(entry.html, publicUrl)),
          ),
        ),
      ),
    ),
  );
}

/** JSON Feed 1.1. */
function writeJson(feed: Feed, { title, publicUrl, locale }: FeedPlace): string {
  return JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title,
    home_page_url: publicUrl + feed.path,
    feed_url: `${publicUrl}/feeds/${feed.key}.json`,
    language: locale,
    items: feed.entries.map((entry) => ({
      id: tagId(publicUrl, entry.key),
      url: publicUrl + entry.path,
      title: entry.title,
      ...(entry.html === ''
        ? { content_text: entry.excerpt }
        : { content_html: wholeLinks(entry.html, publicUrl), summary: entry.excerpt }),
      date_published: entry.publishedAt,
      date_modified: entry.updatedAt,
      authors: [
        {
          name: entry.author.name,
          ...(entry.author.path !== null && { url: publicUrl + entry.author.path }),
        },
      ],
      tags: entry.tags,
      language: entry.locale,
    })),
  });
}

// RFC 4151: names that stay when addresses change. The year only says when the name of the host was ours.
const tagId = (publicUrl: string, what: string) => `tag:${new URL(publicUrl).hostname},2026:${what}`;

const newest = (entries: readonly FeedEntry[]) =>
  entries.reduce((last, { updatedAt }) => (updatedAt > last ? updatedAt : last), '1970-01-01T00:00:00.000Z');

/** Rendered markdown read elsewhere: what leads into this site leads there by a whole address. */
function wholeLinks(html: string, publicUrl: string): string {
  return html.replace(/<(?:a|img|source|video|audio)\b[^>]*>/g, (tag) =>
    tag.replace(/\b(href|src)="\/(?!\/)/g, `$1="${publicUrl.replaceAll('$', '$$$$')}/`),
  );
}
