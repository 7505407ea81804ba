import type { MetaDescriptor } from 'react-router';
import { siteText as text } from '#src/community/contract/site.text.ts';
import { type Locale, locales, type Text } from '#src/platform/contract/i18n.ts';
import type { Viewer } from '#src/platform/contract/viewer.ts';

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
  /** The feed that follows this page, by its address without the ending: /feeds/tags/index. */
  feed?: { path: string; title: string } | undefined;
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
    { name: 'twitter:card', content: 'summary' },
    ...(facts.feed ? feedLinks(facts.feed) : []),
    ...listOf(isSignedIn ? undefined : facts.data?.()).map((data) => ({
      'script:ld+json': absolute({ '@context': 'https://schema.org', ...data }, publicUrl) as JsonLd,
    })),
  ];
}

/** The `meta` of a list: with a filter, or on its second page, nobody should find it by a search engine. */
export const listHead = (title: Text, path: string) => (args: MetaArgs) =>
  headOf(args, { title: title[siteOf(args).locale], path, hidden: (args.location?.search ?? '') !== '' });

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
