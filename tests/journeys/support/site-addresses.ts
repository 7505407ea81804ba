import type { RouteConfigEntry } from '@react-router/dev/routes';
import { feedSubjects, wholeFeeds } from '#src/community/contract/feeds.ts';
import { SitemapKind } from '#src/community/contract/sitemaps.ts';
import { ValueNumber } from '#src/community/contract/value.ts';
import type { CommunityThings } from '../../access/community-things.ts';

/** What stands in the parts of addresses, by the name of the part; `id` is for every part that has no line. */
export type AddressParts = { id: readonly (string | number)[] } & Record<
  string,
  readonly (string | number)[]
>;

/** What stands in the parts of an address, so that each page shows one of these things. */
export function partsOf({ government, organisations, points, wishes, ...things }: CommunityThings) {
  const number: Record<string, string> = {
    answers: things.answer,
    articles: things.article,
    comments: things.comment,
    'core-applications': government.application,
    decisions: government.resolution,
    downloads: things.article,
    edits: things.edit,
    elections: government.election,
    faq: things.faq,
    meetings: government.meeting,
    messages: things.conversation,
    mvp: points.round,
    newsletters: things.edition,
    posts: things.article,
    products: organisations.offering,
    series: things.series,
    services: organisations.offering,
    wishes: wishes.wish,
  };
  const slug: Record<string, string> = {
    badges: points.badge,
    chapters: organisations.chapter,
    committees: government.committee,
  };
  return (pattern: string): AddressParts => {
    const [, at = ''] = pattern.split('/');
    if (at === 'feeds')
      return {
        id: [things.series, organisations.offering, '18'],
        slug: [organisations.organisation, organisations.chapter, government.committee],
        handle: [things.handle],
        name: [things.tag],
      };
    return {
      id: [number[at] ?? things.question],
      slug: [slug[at] ?? organisations.organisation],
      handle: [things.handle],
      name: [things.tag],
    };
  };
}

/** Every path pattern of these routes: /questions/:id/:slug? and so on. */
const patternsOf = (routes: readonly RouteConfigEntry[], at = ''): string[] =>
  routes.flatMap(({ path, children = [] }) => {
    const here = path === undefined ? at : `${at}/${path}`;
    return [here, ...patternsOf(children, here)];
  });

const inFormats = (name: string) => ['atom', 'rss', 'json'].map((format) => `${name}.${format}`);

/** Every address of the routes, each of their parts filled with everything that is given for it. */
export function addressesOf(
  routes: readonly RouteConfigEntry[],
  partsOf: (pattern: string) => AddressParts,
): string[] {
  const fill = (pattern: string): string[] => {
    const parts = partsOf(pattern);
    const values: [RegExp, readonly string[]][] = [
      [/^\/feeds\/:file/, wholeFeeds.flatMap(inFormats)],
      [
        /^\/feeds\/:about\/:file/,
        feedSubjects.flatMap((about) =>
          ['handle', 'slug', 'name', 'id']
            .flatMap((part) => parts[part] ?? [])
            .flatMap((name) => inFormats(`${about}/${name}`)),
        ),
      ],
      [
        /^\/sitemaps\/:kind\/:file/,
        ['pages', ...SitemapKind.options].flatMap((kind) => [`${kind}/0.xml`, `${kind}/1.xml`]),
      ],
    ];
    const whole = values.find(([pattern_]) => pattern_.test(pattern));
    if (whole) return whole[1].map((one) => `${pattern.split('/:')[0]}/${one}`);
    return pattern.split('/').reduce<string[]>(
      (addresses, part) => {
        if (part.endsWith('?')) return addresses;
        const name = /^:(\w+)$/.exec(part)?.[1];
        const each =
          name === undefined ? [part] : name === 'number' ? ValueNumber.options : (parts[name] ?? parts.id);
        return addresses.flatMap((address) =>
          each.map((one) => (address === '' && one === '' ? '' : `${address}/${one}`)),
        );
      },
      [''],
    );
  };
  return [...new Set(patternsOf(routes).flatMap(fill))];
}
