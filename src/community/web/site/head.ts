import type { MetaDescriptor } from 'react-router';
import { siteText as text } from '#src/community/contract/site.text.ts';
import { type Locale, locales, type Text } from '#src/platform/contract/i18n.ts';
import type { Viewer } from '#src/platform/contract/viewer.ts';
import { wordsOf } from './words-of.ts';

type MetaArgs = {
  location?: { search: string };
  matches: readonly (({ id: string; loaderData?: unknown } & Record<string, unknown>) | undefined)[];
};

export type PageFacts = {
  title: string;
  /** One or two plain sentences; longer ones are cut. */
  description?: string | undefined;
  /** Where the page stands, from the slash on; addresses that show the same say so by this one. */
  path: string;
  /** A page that nobody should find by a search engine: a search, a second page of a list. */
  hidden?: boolean;
  /** What kind of thing it is to those who draw previews of links. */
  kind?: 'website' | 'article' | 'profile';
  publishedAt?: string | undefined;
  author?: string | undefined;
  /** A picture that shows what the page is about, by its address; without one the picture of the site stands for it. */
  picture?: string | null | undefined;
  /** The feed that follows this page, by its address without the ending: /feeds/tags/index. */
  feed?: { path: string; title: string } | undefined;
  /** Where programs that keep calendars get what the page shows. */
  calendar?: string;
  /** What the page is, for programs, which never sign in; addresses inside may begin with a slash. */
  data?: (() => JsonLd | readonly JsonLd[]) | undefined;
};

/** A thing in the words of schema.org. */
export type JsonLd = { '@type': string } & { readonly [name: string]: unknown };

/** Who reads, and under which address people know this site. */
export function siteOf({ matches }: MetaArgs): { locale: Locale; publicUrl: string; isSignedIn: boolean } {
  const root = matches.find((match) => match?.id === 'root')?.loaderData as
    | { locale?: Locale; publicUrl?: string; viewer?: Viewer }
    | undefined;
  return {
    locale: root?.locale ?? 'en',
    publicUrl: root?.publicUrl ?? '',
    isSignedIn: Boolean(root?.viewer?.user),
  };
}

/**
 * A page's `meta`: title, description, the one address of the page and its address in each language, what previews of
 * links show, its feeds, and what it is for programs. React escapes all of it; JSON-LD leaves with `<` escaped.
 */
export function headOf(args: MetaArgs, facts: PageFacts): MetaDescriptor[] {
  const { locale, publicUrl, isSignedIn } = siteOf(args);
  const address = publicUrl + facts.path;
  const brand = text.brand[locale];
  const description = facts.description === undefined ? undefined : cut(facts.description, 200);
  const inLanguage = (to: Locale) => `${address}${facts.path.includes('?') ? '&' : '?'}lang=${to}`;
  return [
    { title: facts.title === brand ? brand : `${facts.title} · ${brand}` },
    ...(description ? [{ name: 'description', content: description }] : []),
    ...(facts.hidden
      ? [{ name: 'robots', content: 'noindex, follow' }]
      : [
          { tagName: 'link', rel: 'canonical', href: address } as const,
          ...locales.map(
            (to) => ({ tagName: 'link', rel: 'alternate', hrefLang: to, href: inLanguage(to) }) as const,
          ),
          { tagName: 'link', rel: 'alternate', hrefLang: 'x-default', href: address } as const,
        ]),
    { property: 'og:site_name', content: brand },
    { property: 'og:title', content: facts.title },
    { property: 'og:type', content: facts.kind ?? 'website' },
    { property: 'og:url', content: address },
    { property: 'og:locale', content: locale === 'en' ? 'en_GB' : 'zh_CN' },
    ...(description ? [{ property: 'og:description', content: description }] : []),
    ...(facts.publishedAt ? [{ property: 'article:published_time', content: facts.publishedAt }] : []),
    ...(facts.author ? [{ name: 'author', content: facts.author }] : []),
    ...pictureOf(facts, publicUrl, brand),
    ...(facts.feed ? feedLinks(facts.feed) : []),
    ...(facts.calendar === undefined
      ? []
      : [
          {
            tagName: 'link',
            rel: 'alternate',
            type: 'text/calendar',
            title: facts.title,
            href: facts.calendar,
          } as const,
        ]),
    ...listOf(isSignedIn ? undefined : facts.data?.()).map((data) => ({
      'script:ld+json': absolute({ '@context': 'https://schema.org', ...data }, publicUrl) as JsonLd,
    })),
  ];
}

/** The `meta` of a group's own page: an organisation, a chapter. Nobody finds it, and no feed follows it, before it `isPublic`. */
export const groupHead = (
  args: MetaArgs,
  facts: Pick<PageFacts, 'path' | 'picture' | 'data'> & {
    name: string;
    aboutHtml: string;
    isPublic: boolean;
    feed: string;
  },
) =>
  headOf(args, {
    title: facts.name,
    description: wordsOf(facts.aboutHtml),
    path: facts.path,
    hidden: !facts.isPublic || (args.location?.search ?? '') !== '',
    kind: 'profile',
    picture: facts.picture,
    feed: facts.isPublic ? { path: facts.feed, title: facts.name } : undefined,
    data: facts.data,
  });

/** The `meta` of a list, and of its feed: with a filter, or on its second page, nobody should find it by a search engine. */
export const listHead = (name: Text, path: string, feed?: string) => (args: MetaArgs) => {
  const title = name[siteOf(args).locale];
  const hidden = (args.location?.search ?? '') !== '';
  return headOf(args, { title, path, hidden, feed: feed === undefined ? undefined : { path: feed, title } });
};

/** What previews show: the picture of an article wide, that of a person or an organisation small beside the words. */
function pictureOf({ picture, kind }: PageFacts, publicUrl: string, brand: string): MetaDescriptor[] {
  const isOwn = typeof picture === 'string' && picture !== '';
  const card = isOwn && kind === 'profile' ? 'summary' : 'summary_large_image';
  const twitter = { name: 'twitter:card', content: card };
  if (isOwn)
    return [
      { property: 'og:image', content: picture.startsWith('/') ? publicUrl + picture : picture },
      twitter,
    ];
  return [
    { property: 'og:image', content: publicUrl + sitePicture.path },
    { property: 'og:image:width', content: String(sitePicture.width) },
    { property: 'og:image:height', content: String(sitePicture.height) },
    { property: 'og:image:alt', content: brand },
    twitter,
  ];
}

/** The picture of the site, as it lies in `public/`. */
export const sitePicture = { path: '/preview.png', width: 1200, height: 630 };

const formats = [
  ['atom', 'application/atom+xml'],
  ['rss', 'application/rss+xml'],
  ['json', 'application/feed+json'],
] as const;

function feedLinks({ path, title }: { path: string; title: string }): MetaDescriptor[] {
  return formats.map(([ending, type]) => ({
    tagName: 'link',
    rel: 'alternate',
    type,
    title: `${title} (${ending})`,
    href: `${path}.${ending}`,
  }));
}

const listOf = (data: JsonLd | readonly JsonLd[] | undefined): readonly JsonLd[] =>
  data === undefined ? [] : Array.isArray(data) ? (data as readonly JsonLd[]) : [data as JsonLd];

// Programs that read JSON-LD take no relative addresses.
function absolute(value: unknown, publicUrl: string, name = ''): unknown {
  if (typeof value === 'string')
    return addressNames.has(name) && value.startsWith('/') ? publicUrl + value : value;
  if (Array.isArray(value)) return value.map((one) => absolute(one, publicUrl, name));
  if (typeof value !== 'object' || value === null) return value;
  const known = Object.entries(value).filter(([, one]) => one !== undefined && one !== null);
  return Object.fromEntries(known.map(([key, one]) => [key, absolute(one, publicUrl, key)]));
}
const addressNames = new Set(['url', 'image', 'logo', '@id', 'mainEntityOfPage', 'item', 'sameAs']);

const cut = (text: string, most: number) =>
  text.length > most ? `${text.slice(0, most - 1).toWellFormed()}…` : text;
