// Over 300 lines: the entries of every kind of feed, each one query.
import { sql } from 'kysely';
import {
  committeePath,
  faqPath,
  faqVersionPath,
  meetingPath,
  memberPath,
  offeringPath,
  organisationPath,
  postPath,
  resolutionPath,
  wishPath,
} from '#src/community/contract/addresses.ts';
import type { FeedEntry } from '#src/community/contract/feeds.ts';
import { feedText } from '#src/community/contract/feeds.text.ts';
import type { Industry } from '#src/community/contract/industries.ts';
import { meetingStates } from '#src/community/contract/meetings.ts';
import { meetingPageText } from '#src/community/contract/meetings.text.ts';
import type { MemberRole } from '#src/community/contract/members.ts';
import type { Context } from '#src/platform/server/context.ts';
import { commentPath } from '../comments/rules.ts';
import { selectPlace } from '../comments/select-place.ts';
import { renderMarkdown } from '../markdown/render-markdown.ts';
import { cardColumns, cardOf } from '../members/queries.ts';
import { isPublicProduct } from '../offerings/queries.ts';
import { tagNames } from '../posts/queries.ts';
import { isListedWish } from '../wishes/lock-wish.ts';

/** A feed is the newest of its subject. */
export const entriesAtMost = 30;
/** A longer post is in a feed by its first words: readers fetch the whole feed again and again. */
const htmlCharactersAtMost = 60_000;

type Posts = {
  kind?: 'question' | 'article';
  author?: string;
  organisation?: string;
  chapter?: string;
  tag?: number;
  series?: number;
  industry?: Industry;
  role?: MemberRole;
};

/** A text that is written for a page, or nothing where it is too long for a feed. */
const shortHtml = (column: string) =>
  sql<string>`case when length(${sql.ref(column)}) <= ${htmlCharactersAtMost} then ${sql.ref(column)} else '' end`;

/** The newest public articles and questions, of one kind, or by, of or about something. */
async function listPosts({ db, locale }: Context, posts: Posts): Promise<FeedEntry[]> {
  const { kind, author, organisation, chapter, tag, series, industry, role } = posts;
  const rows = await db
    .selectFrom('community.post as p')
    .innerJoin('community.member as m', 'm.id', 'p.author_id')
    .select(['p.id', 'p.kind', 'p.title', 'p.slug', 'p.locale', 'p.excerpt', 'p.published_at', 'p.edited_at'])
    .select(shortHtml('p.html').as('html'))
    .select(tagNames.as('tags'))
    .select(cardColumns)
    .where('p.state', '=', 'published')
    .where('p.kind', 'in', kind ? [kind] : ['article', 'question'])
    .$if(author !== undefined, (q) => q.where('p.author_id', '=', author!))
    .$if(organisation !== undefined, (q) => q.where('p.organisation_id', '=', organisation!))
    .$if(series !== undefined, (q) => q.where('p.series_id', '=', series!))
    // What members of a chapter write, whoever else they are.
    .$if(chapter !== undefined, (q) =>
      q.where('p.author_id', 'in', (eb) =>
        eb
          .selectFrom('community.chapter_member as cm')
          .select('cm.member_id')
          .where('cm.chapter_id', '=', chapter!),
      ),
    )
    .$if(tag !== undefined, (q) =>
      q.where('p.id', 'in', (eb) =>
        eb.selectFrom('community.post_tag as pt').select('pt.post_id').where('pt.tag_id', '=', tag!),
      ),
    )
    .$if(industry !== undefined, (q) =>
      q.where(sql<boolean>`p.kind = 'article' and p.industries @> array[${industry}]::text[]`),
    )
    .$if(role !== undefined, (q) =>
      q.where(sql<boolean>`p.kind = 'article' and p.for_roles @> array[${role}]::text[]`),
    )
    .orderBy('p.published_at', 'desc')
    .orderBy('p.id', 'desc')
    .limit(entriesAtMost)
    .execute();
  return rows.map((row): FeedEntry => {
    const publishedAt = (row.published_at ?? new Date(0)).toISOString();
    return {
      key: `post/${row.id}`,
      title: row.title ?? '',
      path: postPath(row),
      locale: row.locale,
      html: row.html,
      excerpt: row.excerpt,
      author: authorOf(row, locale),
      tags: row.tags,
      publishedAt,
      updatedAt: row.edited_at?.toISOString() ?? publishedAt,
    };
  });
}

function authorOf(row: Parameters<typeof cardOf>[0], locale: Context['locale']): FeedEntry['author'] {
  const { name, handle } = cardOf(row, locale);
  return { name, path: handle === null ? null : memberPath(handle) };
}

/** The first words of a text of any length. */
const firstWords = (text: string) => text.slice(0, 400).toWellFormed();

/** The newest public wishes: a private one is in no feed. */
async function listWishes({ db, locale }: Context): Promise<FeedEntry[]> {
  const rows = await db
    .selectFrom('community.wish as w')
    .innerJoin('community.member as m', 'm.id', 'w.author_id')
    .select([
      'w.id',
      'w.title',
      'w.slug',
      'w.locale',
      'w.problem',
      'w.industry',
      'w.created_at',
      'w.state_since',
    ])
    .select(cardColumns)
    .where(isListedWish)
    .orderBy('w.id', 'desc')
    .limit(entriesAtMost)
    .execute();
  return rows.map((row) => ({
    key: `wish/${row.id}`,
    title: row.title,
    path: wishPath(row),
    locale: row.locale,
    html: '',
    excerpt: firstWords(row.problem),
    author: authorOf(row, locale),
    tags: [row.industry],
    publishedAt: row.created_at.toISOString(),
    updatedAt: row.state_since.toISOString(),
  }));
}

/** The newest entries of the FAQ, or those that hold for one version of PostgreSQL; one is new again when it was verified anew. */
async function listFaq({ db, locale }: Context, version?: number): Promise<FeedEntry[]> {
  const rows = await db
    .selectFrom('community.faq as f')
    .innerJoin('community.member as m', 'm.id', 'f.curator_id')
    .select(['f.id', 'f.title', 'f.slug', 'f.locale', 'f.excerpt', 'f.tags', 'f.created_at'])
    .select(sql<Date>`greatest(f.changed_at, f.verified_at)`.as('updated_at'))
    .select(shortHtml('f.html').as('html'))
    .select(cardColumns)
    .where('f.is_retired', '=', false)
    .$if(version !== undefined, (q) =>
      q
        .where('f.pg_from', '<=', version!)
        .where((eb) => eb.or([eb('f.pg_to', 'is', null), eb('f.pg_to', '>=', version!)])),
    )
    .orderBy('f.id', 'desc')
    .limit(entriesAtMost)
    .execute();
  return rows.map((row) => ({
    key: `faq/${row.id}`,
    title: row.title,
    path: faqPath(row),
    locale: row.locale,
    html: row.html,
    excerpt: firstWords(row.excerpt),
    author: authorOf(row, locale),
    tags: row.tags,
    publishedAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  }));
}

/** The newest decisions, of all committees or of one; one is new again when it was followed up. */
async function listDecisions({ db, locale }: Context, committeeId?: string): Promise<FeedEntry[]> {
  const rows = await db
    .selectFrom('community.resolution as r')
    .innerJoin('community.committee as c', 'c.id', 'r.committee_id')
    .select([
      'r.id',
      'r.title',
      'r.markdown',
      'r.recorded_at',
      'r.changed_at',
      'c.slug',
      'c.name_en',
      'c.name_zh',
    ])
    .select(shortHtml('r.html').as('html'))
    .$if(committeeId !== undefined, (q) => q.where('r.committee_id', '=', committeeId!))
    .orderBy('r.decided_on', 'desc')
    .orderBy('r.id', 'desc')
    .limit(entriesAtMost)
    .execute();
  return rows.map((row) => ({
    key: `decision/${row.id}`,
    title: row.title,
    path: resolutionPath(row.id),
    locale,
    html: row.html,
    excerpt: firstWords(row.markdown),
    author: { name: locale === 'en' ? row.name_en : row.name_zh, path: committeePath(row.slug) },
    tags: [],
    publishedAt: row.recorded_at.toISOString(),
    updatedAt: row.changed_at.toISOString(),
  }));
}

/** The newest versions of products that are out, of all or of one. */
async function listReleases({ db, locale }: Context, productId?: number): Promise<FeedEntry[]> {
  const rows = await db
    .selectFrom('community.offering_release as v')
    .innerJoin('community.offering as f', 'f.id', 'v.offering_id')
    .innerJoin('community.organisation as o', 'o.id', 'f.organisation_id')
    .select(['v.id', 'v.version', 'v.at', 'f.id as product', 'f.name', 'o.slug', 'o.name as organisation'])
    .select(startOf('v.released_on').as('released_at'))
    .where(isPublicProduct)
    .where(sql<boolean>`v.released_on <= (now() at time zone 'UTC')::date`)
    .$if(productId !== undefined, (q) => q.where('v.offering_id', '=', productId!))
    .orderBy('v.released_on', 'desc')
    .orderBy('v.id', 'desc')
    .limit(entriesAtMost)
    .execute();
  return rows.map((row) => ({
    key: `release/${row.id}`,
    title: `${row.name} ${row.version}`,
    path: offeringPath({ kind: 'product', id: row.product }),
    locale,
    html: '',
    excerpt: feedText.released(row.organisation, row.name, row.version)[locale],
    author: { name: row.organisation, path: organisationPath(row.slug) },
    tags: [],
    publishedAt: row.released_at.toISOString(),
    updatedAt: (row.at > row.released_at ? row.at : row.released_at).toISOString(),
  }));
}

/** The major versions of PostgreSQL that are out, each with the FAQ that holds for it. */
async function listMajors({ db, locale }: Context): Promise<FeedEntry[]> {
  const rows = await db
    .selectFrom('community.postgres_version')
    .select(['major', sql<string>`ends_on::text`.as('endsOn'), startOf('released_on').as('released_at')])
    .where(sql<boolean>`released_on <= (now() at time zone 'UTC')::date`)
    .orderBy('major', 'desc')
    .limit(entriesAtMost)
    .execute();
  return rows.map(({ major, endsOn, released_at }) => ({
    key: `postgres/${major}`,
    title: `PostgreSQL ${major}`,
    path: faqVersionPath(major),
    locale,
    html: '',
    excerpt: feedText.newMajor(major, endsOn)[locale],
    author: { name: 'PostgreSQL', path: null },
    tags: [],
    publishedAt: released_at.toISOString(),
    updatedAt: released_at.toISOString(),
  }));
}

/** The newest of what everybody may read below a wish. */
async function listComments({ db, locale }: Context, wishId: number): Promise<FeedEntry[]> {
  const rows = await db
    .selectFrom('community.comment as c')
    .innerJoin('community.comment_place as l', 'l.comment_id', 'c.id')
    .innerJoin('community.wish as w', 'w.id', 'c.wish_id')
    .innerJoin('community.member as m', 'm.id', 'c.author_id')
    .select(['c.id', 'c.html', 'c.markdown', 'c.created_at', 'c.edited_at', 'w.locale', 'w.industry'])
    .select(selectPlace)
    .select(cardColumns)
    .where('c.wish_id', '=', wishId)
    .where('l.is_shown', '=', true)
    .orderBy('c.id', 'desc')
    .limit(entriesAtMost)
    .execute();
  return rows.map((row) => ({
    key: `comment/${row.id}`,
    title: row.title,
    path: commentPath({ ...row, kind: row.placeKind }, row.id),
    locale: row.locale,
    html: row.html,
    excerpt: renderMarkdown(row.markdown).excerpt,
    author: authorOf(row, locale),
    tags: [row.industry],
    publishedAt: row.created_at.toISOString(),
    updatedAt: (row.edited_at ?? row.created_at).toISOString(),
  }));
}

/** What became of a meeting: called with its agenda, opened, finished, closed with its minutes; the newest first. */
async function listStepsOfMeeting({ db, locale }: Context, meetingId: number): Promise<FeedEntry[]> {
  const row = await db
    .selectFrom('community.meeting as g')
    .innerJoin('community.committee as c', 'c.id', 'g.committee_id')
    .select(['g.id', 'g.title', 'g.starts_at', 'g.called_at', 'g.opened_at', 'g.finished_at', 'g.closed_at'])
    .select([shortHtml('g.agenda_html').as('agenda'), shortHtml('g.minutes_html').as('minutes')])
    .select(['c.slug', 'c.name_en', 'c.name_zh'])
    .where('g.id', '=', meetingId)
    .executeTakeFirst();
  if (!row) return [];
  const times = {
    available: row.called_at,
    open: row.opened_at,
    finished: row.finished_at,
    closed: row.closed_at,
  };
  const begins = feedText.meetingBegins(row.starts_at.toISOString().slice(0, 16).replace('T', ' '))[locale];
  return meetingStates.toReversed().flatMap((state): FeedEntry[] => {
    const at = times[state]?.toISOString();
    if (at === undefined) return [];
    const title = `${row.title} · ${meetingPageText[state][locale]}`;
    return [
      {
        key: `meeting/${row.id}/${state}`,
        title,
        path: meetingPath(row.id),
        locale,
        html: state === 'available' ? row.agenda : state === 'closed' ? row.minutes : '',
        excerpt: state === 'available' ? begins : title,
        author: { name: locale === 'en' ? row.name_en : row.name_zh, path: committeePath(row.slug) },
        tags: [],
        publishedAt: at,
        updatedAt: at,
      },
    ];
  });
}

/** The moment at which a day begins. */
const startOf = (column: string) => sql<Date>`(${sql.ref(column)}::timestamp at time zone 'UTC')`;

/** The newest of each kind of things that feeds carry, as far as they are public. */
export const feedEntries = {
  posts: listPosts,
  wishes: listWishes,
  comments: listComments,
  faq: listFaq,
  decisions: listDecisions,
  releases: listReleases,
  majors: listMajors,
  meeting: listStepsOfMeeting,
};
