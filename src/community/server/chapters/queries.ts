import { sql } from 'kysely';
import type { Chapter, ChapterList, ListedChapter } from '#src/community/contract/chapters.ts';
import { chapterText } from '#src/community/contract/chapters.text.ts';
import type { MemberCard } from '#src/community/contract/members.ts';
import type { PublishedPost, PublishedQuery } from '#src/community/contract/published.ts';
import type { Page } from '#src/platform/contract/pages.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { cardColumns, cardOf } from '../members/queries.ts';
import { mayAsStaff } from '../members/require-staff.ts';
import { findReader } from '../organisations/queries.ts';
import { listOfChapter } from '../published/queries.ts';

/** A chapter on a campus: a university carries it. */
const isOnCampus = sql<boolean>`exists (select from community.organisation o
  where o.id = c.organisation_id and o.kind = 'university')`;

/** Which chapters the reader approves: every one, those on a campus, or none. */
export async function findApproval(ctx: Context): Promise<'all' | 'campus' | null> {
  if (await mayAsStaff(ctx, 'community.chapter.approve')) return 'all';
  return (await mayAsStaff(ctx, 'community.campus-chapter.approve')) ? 'campus' : null;
}

const chapters = ({ db }: Context) =>
  db
    .selectFrom('community.chapter as c')
    .selectAll('c')
    .select(
      sql<number>`(select count(*) from community.chapter_member cm where cm.chapter_id = c.id)`.as(
        'members',
      ),
    )
    .select(isOnCampus.as('isOnCampus'));
type Row = Awaited<ReturnType<ReturnType<typeof chapters>['executeTakeFirstOrThrow']>>;

async function listedOf(ctx: Context, rows: readonly Row[]): Promise<ListedChapter[]> {
  const leaders = await listLeaders(
    ctx,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({
    slug: row.slug,
    name: row.name,
    country: row.country,
    city: row.city,
    locale: row.locale,
    members: row.members,
    leaders: leaders.get(row.id) ?? [],
  }));
}

async function listLeaders(ctx: Context, chapterIds: string[]): Promise<Map<string, MemberCard[]>> {
  const found = new Map<string, MemberCard[]>();
  if (chapterIds.length === 0) return found;
  const rows = await ctx.db
    .selectFrom('community.chapter_member as cm')
    .innerJoin('community.member as m', 'm.id', 'cm.member_id')
    .select('cm.chapter_id')
    .select(cardColumns)
    .where('cm.chapter_id', 'in', chapterIds)
    .where('cm.is_leader', '=', true)
    .where('m.erased_at', 'is', null)
    .orderBy('cm.since')
    .execute();
  for (const row of rows)
    found.set(row.chapter_id, [...(found.get(row.chapter_id) ?? []), cardOf(row, ctx.locale)]);
  return found;
}

/** Approved chapters by country and city; the reader's own, and for those who approve what waits. */
export async function listChapters(ctx: Context): Promise<ChapterList> {
  const reader = await findReader(ctx);
  const [approved, own, approval] = await Promise.all([
    chapters(ctx)
      .where('c.state', '=', 'approved')
      .orderBy('c.country')
      .orderBy('c.city')
      .orderBy('c.name')
      .limit(1000)
      .execute(),
    reader
      ? ctx.db
          .selectFrom('community.chapter_member as cm')
          .innerJoin('community.chapter as c', 'c.id', 'cm.chapter_id')
          .select(['c.slug', 'c.name', 'c.state'])
          .where('cm.member_id', '=', reader.id)
          .orderBy('c.name')
          .limit(100)
          .execute()
      : [],
    findApproval(ctx),
  ]);
  const waiting = approval
    ? await chapters(ctx)
        .where('c.state', '=', 'pending')
        .$if(approval === 'campus', (q) => q.where(isOnCampus))
        .orderBy('c.created_at')
        .limit(100)
        .execute()
    : null;
  return {
    items: await listedOf(ctx, approved),
    own,
    waiting: waiting === null ? null : await listedOf(ctx, waiting),
  };
}

/** A chapter as the reader may see it: what is not approved is there only for its members and for those who approve. */
export async function findChapter(ctx: Context, slug: string) {
  const row = await chapters(ctx).where('c.slug', '=', slug).executeTakeFirst();
  if (!row) return undefined;
  const reader = await findReader(ctx);
  const membership = reader
    ? await ctx.db
        .selectFrom('community.chapter_member')
        .select('is_leader')
        .where('chapter_id', '=', row.id)
        .where('member_id', '=', reader.id)
        .executeTakeFirst()
    : undefined;
  const approval = await findApproval(ctx);
  const mayApprove = approval === 'all' || (approval === 'campus' && row.isOnCampus);
  if (row.state !== 'approved' && !membership && !mayApprove) return undefined;
  return { row, isMember: membership !== undefined, isLeader: membership?.is_leader ?? false, mayApprove };
}

/** The page of a chapter. */
export async function getChapter(ctx: Context, slug: string): Promise<Chapter> {
  const found = await findChapter(ctx, slug);
  if (!found) throw new AppError('not_found', chapterText.noSuch);
  const { row, isMember, isLeader, mayApprove } = found;
  const [newest, organisation, [listed]] = await Promise.all([
    ctx.db
      .selectFrom('community.chapter_member as cm')
      .innerJoin('community.member as m', 'm.id', 'cm.member_id')
      .select(cardColumns)
      .where('cm.chapter_id', '=', row.id)
      .where('m.erased_at', 'is', null)
      .orderBy('cm.since', 'desc')
      .limit(24)
      .execute(),
    row.organisation_id === null
      ? undefined
      : ctx.db
          .selectFrom('community.organisation')
          .select(['slug', 'name'])
          .where('id', '=', row.organisation_id)
          .where('state', '=', 'verified')
          .executeTakeFirst(),
    listedOf(ctx, [row]),
  ]);
  return {
    ...listed!,
    state: row.state,
    about: row.about_markdown,
    aboutHtml: row.about_html,
    website: row.website,
    organisation: organisation ?? null,
    createdAt: row.created_at.toISOString(),
    newest: newest.map((one) => cardOf(one, ctx.locale)),
    refusedReason: isLeader || mayApprove ? row.refused_reason : null,
    viewer: { isMember, isLeader, mayApprove: mayApprove && !isLeader },
  };
}

/** What the members of a chapter publish, newest first. */
export async function listChapterPosts(
  ctx: Context,
  slug: string,
  query: PublishedQuery,
): Promise<Page<PublishedPost>> {
  const found = await findChapter(ctx, slug);
  if (!found) throw new AppError('not_found', chapterText.noSuch);
  return listOfChapter(ctx, found.row.id, query);
}
