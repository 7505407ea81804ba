import { sql, type RawBuilder } from 'kysely';
import {
  chapterPath,
  editionPath,
  expertPath,
  faqPath,
  offeringPath,
  organisationPath,
  resolutionPath,
  seriesPath,
  tagPath,
  wishPath,
} from '#src/community/contract/addresses.ts';
import type { OfferingKind } from '#src/community/contract/offerings.ts';
import type { SitemapQuery } from '#src/community/contract/sitemaps.ts';
import { isPublicOffering } from '../offerings/queries.ts';
import { isPublicSeries } from '../series/queries.ts';
import { isListedWish } from '../wishes/lock-wish.ts';

export type SmallKind = Exclude<SitemapQuery['kind'], 'posts' | 'members'>;

type Named = { place: string | number; slug: string };
type Small = {
  /** Public ones, each with what orders them (`place`), what else its address has (`slug`), and since when it is as it is. */
  rows: RawBuilder<unknown>;
  path: (row: Named) => string;
  /** Whether they are ordered by a number. */
  isNumbered: boolean;
};

const named = (path: (name: string) => string, rows: RawBuilder<unknown>): Small => ({
  rows,
  path: ({ place }) => path(String(place)),
  isNumbered: false,
});
const numbered = (path: (row: { id: number; slug: string }) => string, rows: RawBuilder<unknown>): Small => ({
  rows,
  path: ({ place, slug }) => path({ id: Number(place), slug }),
  isNumbered: true,
});

/** What a map has in one part each: no site has so many of them that it would take two. */
export const smallKinds: Record<SmallKind, Small> = {
  organisations: named(
    organisationPath,
    sql`select slug as place, '' as slug, confirmed_at as "updatedAt" from community.organisation where state = 'verified'`,
  ),
  chapters: named(
    chapterPath,
    sql`select slug as place, '' as slug, null::timestamptz as "updatedAt" from community.chapter where state = 'approved'`,
  ),
  tags: named(
    tagPath,
    sql`select name as place, '' as slug, null::timestamptz as "updatedAt" from community.tag where post_count > 0`,
  ),
  experts: named(
    expertPath,
    sql`select m.handle as place, '' as slug, null::timestamptz as "updatedAt" from community.expert x
      join community.member m on m.id = x.member_id where x.state = 'approved' and m.erased_at is null`,
  ),
  wishes: numbered(
    wishPath,
    sql`select w.id as place, w.slug, w.state_since as "updatedAt" from community.wish w where ${isListedWish}`,
  ),
  faq: numbered(
    faqPath,
    sql`select id as place, slug, verified_at as "updatedAt" from community.faq where not is_retired`,
  ),
  series: numbered(
    ({ id }) => seriesPath(id),
    sql`select s.id as place, '' as slug, null::timestamptz as "updatedAt" from community.series s
      where ${isPublicSeries}`,
  ),
  offerings: numbered(
    ({ id, slug }) => offeringPath({ kind: slug as OfferingKind, id }),
    sql`select f.id as place, f.kind as slug, f.confirmed_at as "updatedAt" from community.offering f
      join community.organisation o on o.id = f.organisation_id
      where ${isPublicOffering}`,
  ),
  decisions: numbered(
    ({ id }) => resolutionPath(id),
    sql`select id as place, '' as slug, decided_on::timestamptz as "updatedAt" from community.resolution`,
  ),
  newsletters: numbered(
    ({ id }) => editionPath(id),
    sql`select e.id as place, '' as slug, greatest(e.sent_at, (select max(c.at) from community.newsletter_correction c
        where c.edition_id = e.id)) as "updatedAt" from community.newsletter_edition e`,
  ),
};
