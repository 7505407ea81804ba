import { type RawBuilder, sql } from 'kysely';
import {
  chapterPath,
  expertPath,
  faqPath,
  memberPath,
  offeringPath,
  organisationPath,
  postPath,
  seriesPath,
  wishPath,
} from '#src/community/contract/addresses.ts';
import type { OfferingKind } from '#src/community/contract/offerings.ts';
import type { PostKind } from '#src/community/contract/posts.ts';
import type { SearchKind } from '#src/community/contract/search.ts';
import type { Locale } from '#src/platform/contract/i18n.ts';
import { isPublicOffering } from '../offerings/queries.ts';
import { isPublicSeries } from '../series/queries.ts';
import { isListedWish } from '../wishes/lock-wish.ts';

/** What a search knows of one thing. */
export type FindableRow = {
  id: string | number;
  kind: SearchKind;
  title: string;
  /** What else it goes by. */
  names: string;
  /** Plain text that is read before the rest of it. */
  lead: string;
  /** The rest as it was written, and rendered where that is kept. */
  markdown: string;
  html: string | null;
  /** Null where nobody said it. */
  locale: Locale | null;
  tags: string[];
  score: number;
  answerCount: number;
  isAccepted: boolean;
  isVerified: boolean;
  isFeatured: boolean;
  at: Date;
  /** What its address has beside `id` and `kind`. */
  place: string;
  slug: string;
  /** Whose it is, unless they are gone. */
  author: string | null;
};
type Part = RawBuilder<unknown>;
type Parts = Record<keyof FindableRow, Part>;

const unsaid: Omit<Parts, 'id' | 'kind' | 'title' | 'at'> = {
  names: sql`''`,
  lead: sql`''`,
  markdown: sql`''`,
  html: sql`null::text`,
  locale: sql`null::text`,
  tags: sql`'{}'::text[]`,
  score: sql`0`,
  answerCount: sql`0`,
  isAccepted: sql`false`,
  isVerified: sql`false`,
  isFeatured: sql`false`,
  place: sql`''`,
  slug: sql`''`,
  author: sql`null::text`,
};

/** Each thing's own part of a select, in one order, so that selects of several kinds can be joined. */
function rowsOf(said: Partial<Parts> & Omit<Parts, keyof typeof unsaid>, from: Part): Part {
  const parts = Object.entries({ ...unsaid, ...said }).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return sql`select ${sql.join(parts.map(([name, part]) => sql`${part} as ${sql.ref(name)}`))} ${from}`;
}

type Findable = {
  /** The column of its documents, and as which kinds they are found. */
  column:
    | 'post_id'
    | 'faq_id'
    | 'member_id'
    | 'organisation_id'
    | 'wish_id'
    | 'chapter_id'
    | 'offering_id'
    | 'series_id';
  kinds: readonly SearchKind[];
  /** Those that everybody may see, and no other. */
  rows: Part;
  path: (row: Pick<FindableRow, 'kind' | 'place' | 'slug'> & { id: string }) => string;
};

export const findableKinds = {
  post: {
    column: 'post_id',
    kinds: ['article', 'question', 'answer'],
    rows: rowsOf(
      {
        id: sql`p.id`,
        kind: sql`p.kind`,
        title: sql`coalesce(q.title, p.title, '')`,
        markdown: sql`p.markdown`,
        html: sql`p.html`,
        locale: sql`p.locale`,
        score: sql`coalesce(q.score, p.score)`,
        answerCount: sql`coalesce(q.answer_count, p.answer_count)`,
        isAccepted: sql`coalesce(q.accepted_answer_id, p.accepted_answer_id) is not null`,
        at: sql`p.published_at`,
        place: sql`coalesce(q.id, p.id)::text`,
        slug: sql`coalesce(q.slug, p.slug)`,
        author: sql`a.name`,
      },
      sql`from community.post p left join community.post q on q.id = p.parent_id
        left join community.member a on a.id = p.author_id and a.erased_at is null
        where p.state = 'published' and (q.id is null or q.state = 'published')`,
    ),
    path: ({ kind, id, slug, place }) =>
      postPath({ kind: kind as PostKind, id: Number(id), slug, parentId: Number(place) }),
  },
  faq: {
    column: 'faq_id',
    kinds: ['faq'],
    rows: rowsOf(
      {
        id: sql`f.id`,
        kind: sql`'faq'`,
        title: sql`f.title`,
        markdown: sql`f.markdown`,
        html: sql`f.html`,
        locale: sql`f.locale`,
        tags: sql`f.tags`,
        isVerified: sql`true`,
        at: sql`f.verified_at`,
        slug: sql`f.slug`,
      },
      sql`from community.faq f where not f.is_retired`,
    ),
    path: ({ id, slug }) => faqPath({ id: Number(id), slug }),
  },
  member: {
    column: 'member_id',
    kinds: ['member'],
    rows: rowsOf(
      {
        id: sql`m.id`,
        kind: sql`'member'`,
        title: sql`m.name`,
        names: sql`m.handle`,
        lead: sql`m.headline`,
        markdown: sql`m.about_markdown`,
        html: sql`m.about_html`,
        tags: sql`m.skills`,
        score: sql`m.reputation / 10`,
        at: sql`m.joined_at`,
        slug: sql`m.handle`,
      },
      sql`from community.member m where m.erased_at is null and m.merged_into is null`,
    ),
    path: ({ slug }) => memberPath(slug),
  },
  expert: {
    column: 'member_id',
    kinds: ['expert'],
    rows: rowsOf(
      {
        id: sql`x.member_id`,
        kind: sql`'expert'`,
        title: sql`m.name`,
        names: sql`m.handle`,
        lead: sql`m.headline`,
        markdown: sql`x.about_markdown`,
        html: sql`x.about_html`,
        tags: sql`x.skills`,
        score: sql`m.reputation / 10`,
        isVerified: sql`true`,
        at: sql`x.applied_at`,
        slug: sql`m.handle`,
      },
      sql`from community.expert x join community.member m on m.id = x.member_id
        where x.state = 'approved' and m.erased_at is null and m.merged_into is null`,
    ),
    path: ({ slug }) => expertPath(slug),
  },
  organisation: {
    column: 'organisation_id',
    kinds: ['organisation'],
    rows: rowsOf(
      {
        id: sql`o.id`,
        kind: sql`'organisation'`,
        title: sql`o.name`,
        names: sql`concat_ws(' ', o.slug, o.country)`,
        markdown: sql`o.about_markdown`,
        html: sql`o.about_html`,
        isVerified: sql`true`,
        at: sql`o.created_at`,
        slug: sql`o.slug`,
      },
      sql`from community.organisation o where o.state = 'verified'`,
    ),
    path: ({ slug }) => organisationPath(slug),
  },
  chapter: {
    column: 'chapter_id',
    kinds: ['chapter'],
    rows: rowsOf(
      {
        id: sql`c.id`,
        kind: sql`'chapter'`,
        title: sql`c.name`,
        names: sql`c.slug`,
        lead: sql`c.city`,
        markdown: sql`c.about_markdown`,
        html: sql`c.about_html`,
        locale: sql`c.locale`,
        at: sql`c.created_at`,
        slug: sql`c.slug`,
      },
      sql`from community.chapter c where c.state = 'approved'`,
    ),
    path: ({ slug }) => chapterPath(slug),
  },
  offering: {
    column: 'offering_id',
    kinds: ['product', 'service'],
    rows: rowsOf(
      {
        id: sql`f.id`,
        kind: sql`f.kind`,
        title: sql`f.name`,
        names: sql`o.name`,
        lead: sql`r.content->>'summary'`,
        markdown: sql`coalesce(r.content->>'about', '')`,
        at: sql`f.confirmed_at`,
        author: sql`o.name`,
      },
      sql`from community.offering f join community.organisation o on o.id = f.organisation_id
        join community.offering_revision r on r.offering_id = f.id and r.number = f.shown_revision
        where ${isPublicOffering}`,
    ),
    path: ({ kind, id }) => offeringPath({ kind: kind as OfferingKind, id: Number(id) }),
  },
  series: {
    column: 'series_id',
    kinds: ['series'],
    rows: rowsOf(
      {
        id: sql`s.id`,
        kind: sql`'series'`,
        title: sql`s.title`,
        lead: sql`s.about`,
        at: sql`s.created_at`,
        author: sql`a.name`,
      },
      sql`from community.series s left join community.member a on a.id = s.author_id and a.erased_at is null
        where ${isPublicSeries}`,
    ),
    path: ({ id }) => seriesPath(Number(id)),
  },
  wish: {
    column: 'wish_id',
    kinds: ['wish'],
    rows: rowsOf(
      {
        id: sql`w.id`,
        kind: sql`'wish'`,
        title: sql`w.title`,
        lead: sql`concat_ws(E'\n', w.capability, w.problem, w.need_note, w.alternatives, w.hints,
          case when not w.hides_details then
            concat_ws(E'\n', w.company, w.database_size, w.business_logic, w.business_pains, w.database_pains) end)`,
        locale: sql`w.locale`,
        score: sql`w.votes`,
        isFeatured: sql`w.excellent_at is not null`,
        at: sql`w.created_at`,
        slug: sql`w.slug`,
        author: sql`a.name`,
      },
      sql`from community.wish w left join community.member a on a.id = w.author_id and a.erased_at is null
        where ${isListedWish}`,
    ),
    path: ({ id, slug }) => wishPath({ id: Number(id), slug }),
  },
} as const satisfies Record<string, Findable>;
export type FindableName = keyof typeof findableKinds;

/** As what a kind of hit is kept. */
export function findableOf(kind: SearchKind): Findable {
  return Object.values<Findable>(findableKinds).find(({ kinds }) => kinds.includes(kind))!;
}
