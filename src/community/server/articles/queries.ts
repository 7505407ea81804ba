import { sql } from 'kysely';
import type { Article, ArticleSource, ListArticles } from '#src/community/contract/articles.ts';
import { Privileges } from '#src/community/contract/privileges.ts';
import { postText } from '#src/community/contract/posts.text.ts';
import type { NewArticleForm } from '#src/community/contract/drafts.ts';
import type { Industry } from '#src/community/contract/industries.ts';
import type { Media } from '#src/community/contract/media.ts';
import type { MemberRole } from '#src/community/contract/members.ts';
import type { PostSummary } from '#src/community/contract/posts.ts';
import type { Page } from '#src/platform/contract/pages.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { findCaseStudy } from '../case-studies/queries.ts';
import { listComments } from '../comments/queries.ts';
import { findDraft } from '../drafts/queries.ts';
import { isFollowed } from '../follows/is-followed.ts';
import { countPlays, wantsReminder } from '../media/queries.ts';
import { cardOf, findMember, type OwnMember } from '../members/queries.ts';
import { mayAsStaff } from '../members/require-staff.ts';
import { listPosts, selectSummaries, summaryOf } from '../posts/queries.ts';
import { findSeriesPlace, listOwnSeries } from '../series/queries.ts';
import { recallSetting } from '../settings/queries.ts';
import { findTag } from '../tags/queries.ts';

/** A page of published articles; a tag or author that is none has none. */
export async function listArticles(ctx: Context, wish: ListArticles): Promise<Page<PostSummary>> {
  const none = { items: [], nextCursor: null };
  const tag = wish.tag === undefined ? undefined : await findTag(ctx.db, wish.tag);
  const author =
    wish.author === undefined
      ? undefined
      : await ctx.db
          .selectFrom('community.member')
          .select('id')
          .where('handle', '=', wish.author)
          .where('erased_at', 'is', null)
          .executeTakeFirst();
  if ((wish.tag !== undefined && !tag) || (wish.author !== undefined && !author)) return none;
  return listPosts(ctx, {
    kind: 'article',
    order: wish.sort,
    tagId: tag?.id,
    authorId: author?.id,
    locale: wish.locale,
    industry: wish.industry,
    role: wish.role,
    cursor: wish.cursor,
    limit: wish.limit,
  });
}

/** An article as its reader may see it: a public one by everybody, others by their author and by moderators. */
export async function getArticle(ctx: Context, id: number): Promise<Article> {
  const [row, reader] = await Promise.all([findArticle(ctx, id), findReader(ctx)]);
  const isAuthor = row !== undefined && reader?.id === row.author_id;
  const caseStudy = row?.isCase === true ? await findCaseStudy(ctx, id, reader?.id) : null;
  if (
    !row ||
    row.state === 'removed' ||
    (row.state !== 'published' &&
      !isAuthor &&
      // A draft is read by who is to stand by it.
      !(row.state === 'draft' && caseStudy?.mayApprove === true) &&
      !(await mayAsStaff(ctx, 'community.post.moderate')))
  )
    throw new AppError('not_found', postText.noSuchPost);
  const isPublic = row.state === 'published';
  const isPerson = ctx.actor.kind === 'user';
  const [comments, privileges, standing] = await Promise.all([
    listComments(ctx, { postId: id, wishId: null }, reader),
    recallSetting(ctx.db, 'privileges', Privileges),
    reader && findStanding(ctx, reader, id),
  ]);
  return {
    ...summaryOf(row, ctx.locale),
    state: row.state,
    html: row.html,
    revision: row.revision,
    organisation:
      row.organisationSlug === null ? null : { slug: row.organisationSlug, name: row.organisationName ?? '' },
    origin: row.origin,
    sourceUrl: row.source_url,
    sourceAuthor: row.source_author,
    licence: row.licence,
    media: row.media as Media | null,
    industries: row.industries as Industry[],
    roles: row.for_roles as MemberRole[],
    caseStudy,
    plays: (row.media as Media | null)?.kind === 'audio' ? await countPlays(ctx, id) : 0,
    isReminded:
      reader !== undefined &&
      (row.media as Media | null)?.kind === 'session' &&
      (await wantsReminder(ctx, id, reader.id)),
    series: row.seriesTitle === null ? null : await findSeriesPlace(ctx, id, reader?.id),
    editedAt: row.edited_at?.toISOString() ?? null,
    publishAt: row.publish_at?.toISOString() ?? null,
    may: {
      // Those who run this Elepherd need not be members yet: the first thing they do makes them.
      edit: isAuthor || (isPerson && (await mayAsStaff(ctx, 'community.post.edit'))),
      feature: isPerson && isPublic && (await mayAsStaff(ctx, 'community.post.feature')),
      vote: isPerson && isPublic && !isAuthor,
      suggest: reader !== undefined && isPublic && !isAuthor && reader.reputation >= privileges.edit,
      comment:
        reader !== undefined &&
        isPublic &&
        (isAuthor ||
          reader.reputation >= privileges.comment ||
          (await mayAsStaff(ctx, 'community.post.moderate'))),
    },
    vote: standing?.vote ?? 0,
    follows: isPerson && isPublic ? (standing?.follows ?? false) : null,
    comments,
    commentsFrom: privileges.comment,
    isMine: isAuthor,
  };
}

/** What the form of a new article begins with. */
export async function getNewArticleForm(ctx: Context, member: OwnMember): Promise<NewArticleForm> {
  const [draft, ownSeries] = await Promise.all([
    findDraft(ctx, member, 'article'),
    listOwnSeries(ctx.db, member.id),
  ]);
  return { draft, ownSeries };
}

/** The words of an article for somebody who may change them. */
export async function getArticleSource(ctx: Context, reader: OwnMember, id: number): Promise<ArticleSource> {
  const row = await findArticle(ctx, id);
  const isAuthor = reader.id === row?.author_id;
  const mayEdit = isAuthor || (row?.state === 'published' && (await mayAsStaff(ctx, 'community.post.edit')));
  if (!row || row.state === 'removed' || !mayEdit) throw new AppError('not_found', postText.noSuchPost);
  return {
    id: row.id,
    title: row.title ?? '',
    markdown: row.markdown,
    tags: row.tags,
    locale: row.locale,
    origin: row.origin,
    sourceUrl: row.source_url,
    sourceAuthor: row.source_author,
    licence: row.licence,
    series: row.seriesTitle,
    media: row.media as Media | null,
    industries: row.industries as Industry[],
    roles: row.for_roles as MemberRole[],
    caseStudy: row.isCase ? await findCaseStudy(ctx, id, reader.id) : null,
    ownSeries: isAuthor ? await listOwnSeries(ctx.db, row.author_id) : [],
    isMine: isAuthor,
    revision: row.revision,
    state: row.state,
    author: cardOf(row, ctx.locale),
    draft: await findDraft(ctx, reader, `post-${id}`),
  };
}

const findArticle = (ctx: Context, id: number) =>
  selectSummaries(ctx.db)
    .leftJoin('community.organisation as o', 'o.id', 'p.organisation_id')
    .leftJoin('community.series as s', 's.id', 'p.series_id')
    .select([
      'p.author_id',
      'p.state',
      'p.markdown',
      'p.html',
      'p.revision',
      'p.origin',
      'p.source_url',
      'p.source_author',
      'p.licence',
      'p.media',
      'p.industries',
      'p.for_roles',
      'p.edited_at',
      'p.publish_at',
      sql<boolean>`exists (select from community.case_study k where k.post_id = p.id)`.as('isCase'),
      's.title as seriesTitle',
      'o.slug as organisationSlug',
      'o.name as organisationName',
    ])
    .where('p.id', '=', id)
    .where('p.kind', '=', 'article')
    .executeTakeFirst();

async function findReader(ctx: Context): Promise<OwnMember | undefined> {
  if (ctx.actor.kind !== 'user' || ctx.actor.id === null) return undefined;
  return findMember(ctx.db, ctx.actor.id);
}

/** How the reader voted, and whether they follow it. */
async function findStanding(ctx: Context, reader: OwnMember, postId: number) {
  const { rows } = await sql<{ vote: number; follows: boolean }>`
    select coalesce((select v.value from community.vote v
        where v.post_id = ${postId} and v.member_id = ${reader.id}), 0) as vote,
      ${isFollowed({ kind: 'post', id: sql`${postId}` }, sql`${reader.id}`)} as follows`.execute(ctx.db);
  return rows[0];
}
