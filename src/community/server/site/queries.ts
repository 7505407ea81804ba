import { sql } from 'kysely';
import type { StaffRole } from '#src/community/contract/members.ts';
import type { CommunityHome, SiteFrame } from '#src/community/contract/site.ts';
import { SiteSettings } from '#src/community/contract/site.ts';
import type { Context } from '#src/platform/server/context.ts';
import type { Db } from '#src/platform/server/db.ts';
import { prepareQuery } from '#src/platform/server/prepared-query.ts';
import { recallFigures } from '#src/platform/server/recall-figures.ts';
import { cardColumns, cardOf } from '../members/queries.ts';
import { mayAsStaff } from '../members/require-staff.ts';
import { staffMay } from '../members/staff.rules.ts';
import { selectSummaries, summaryOf, type SummaryRow } from '../posts/queries.ts';
import { findSetting } from '../settings/queries.ts';

/** What the site decided about itself, with what the code has for the rest. */
export const getSiteSettings = async (db: Db): Promise<SiteSettings> => findSetting(db, 'site', SiteSettings);

/** One row: what the site decided, and beside it the reader's member with the seats they hold now, if they are one. */
const selectFrame = prepareQuery((db: Db, { accountId }: { accountId: string | null }) =>
  db
    .selectFrom('community.setting as s')
    .rightJoin(sql<{ site: string }>`(values ('site'))`.as<'wish'>(sql`wish(site)`), 's.name', 'wish.site')
    .leftJoin('community.member as m', (join) => join.on('m.account_id', '=', accountId))
    .select(['s.value as settings', 'm.handle', 'm.name', 'm.avatar_file_id as avatar'])
    .select([
      sql<number>`(select count(*)::int from (select from community.notification n
        where n.member_id = m.id and n.read_at is null and n.in_page limit 100) u)`.as('unread'),
      sql<
        StaffRole[]
      >`array(select f.role from community.staff f where f.member_id = coalesce(m.merged_into, m.id)
        and f.starts_at <= now() and (f.ends_at is null or f.ends_at > now()))`.as('roles'),
    ]),
);

/** What the frame of a page needs of the site and of the reader, in one look. Reading makes nobody a member. */
export async function getFrame(ctx: Context): Promise<SiteFrame> {
  const { actor } = ctx;
  const accountId = actor.kind === 'user' ? actor.id : null;
  const [member] = await selectFrame(ctx.db, { accountId });
  const mayAs = async (permission: string) =>
    staffMay(member?.roles ?? [], permission) ||
    (actor.may(permission) && (await mayAsStaff(ctx, permission)));
  const isStaff = accountId !== null && (await mayAs('community.post.moderate'));
  const mayChangeSite = isStaff && (await mayAs('community.setting.change'));
  const { profile, icpNumber, policeNumber } = SiteSettings.parse(member?.settings ?? {});
  return {
    me:
      accountId === null
        ? null
        : {
            handle: member?.handle ?? null,
            name: member?.name ?? actor.name,
            avatar: member?.avatar ? `/api/platform/files/${member.avatar}` : null,
            isStaff,
            mayChangeSite,
            unread: member?.unread ?? 0,
          },
    china: profile === 'china' ? { icpNumber, policeNumber } : null,
  };
}

/** Where a stranger who names no page is led: to the community once there is something to read, unless it was decided otherwise. */
export async function findStart({ db }: Context): Promise<'community' | 'sign-in'> {
  const { start } = await getSiteSettings(db);
  if (start !== 'auto') return start;
  const post = await db
    .selectFrom('community.post')
    .select('id')
    .where('state', '=', 'published')
    .limit(1)
    .executeTakeFirst();
  return post ? 'community' : 'sign-in';
}

/** The front page: what is new, what waits for an answer, who is here. */
export async function getHome(ctx: Context): Promise<CommunityHome> {
  const { db, locale } = ctx;
  const posts = (kind: 'article' | 'question') =>
    selectSummaries(db).where('p.state', '=', 'published').where('p.kind', '=', kind);
  const [featured, questions, unanswered, articles, tags, organisations, newcomers, totals] =
    await Promise.all([
      selectSummaries(db)
        .where('p.state', '=', 'published')
        .where('p.featured_at', 'is not', null)
        .orderBy('p.featured_at', 'desc')
        .limit(3)
        .execute(),
      posts('question').orderBy('p.active_at', 'desc').orderBy('p.id', 'desc').limit(10).execute(),
      posts('question')
        .where('p.answer_count', '=', 0)
        .where('p.closed_at', 'is', null)
        .orderBy('p.published_at', 'desc')
        .orderBy('p.id', 'desc')
        .limit(5)
        .execute(),
      posts('article').orderBy('p.published_at', 'desc').orderBy('p.id', 'desc').limit(9).execute(),
      db
        .selectFrom('community.tag')
        .select(['name', 'post_count as postCount'])
        .where('post_count', '>', 0)
        .orderBy('post_count', 'desc')
        .orderBy('name')
        .limit(16)
        .execute(),
      db
        .selectFrom('community.organisation')
        .select(['slug', 'name', 'logo_file_id as logo'])
        .where('state', '=', 'verified')
        .where('confirmed_at', '>', sql<Date>`now() - interval '12 months'`)
        .orderBy('verified_at', 'desc')
        .limit(8)
        .execute(),
      db
        .selectFrom('community.member as m')
        .select(cardColumns)
        .where('m.erased_at', 'is', null)
        .where('m.account_id', 'is not', null)
        .where((eb) => eb.or([eb('m.suspended_until', 'is', null), eb('m.suspended_until', '<', new Date())]))
        .orderBy('m.joined_at', 'desc')
        .limit(8)
        .execute(),
      countAll(db),
    ]);
  const summaries = (rows: SummaryRow[]) => rows.map((row) => summaryOf(row, locale));
  return {
    featured: summaries(featured),
    questions: summaries(questions),
    unanswered: summaries(unanswered),
    // Each once: what the editors picked stands above already.
    articles: summaries(articles.filter(({ id }) => !featured.some((one) => one.id === id)).slice(0, 6)),
    tags,
    organisations: organisations.map(({ slug, name, logo }) => ({
      slug,
      name,
      logo: logo === null ? null : `/api/platform/files/${logo}`,
    })),
    newcomers: newcomers.map((row) => cardOf(row, locale)),
    totals,
  };
}

type Totals = CommunityHome['totals'];
// A million rows take a tenth of a second to count.
const countAll = (db: Db): Promise<Totals> =>
  recallFigures(db, 'community totals', async (on) => {
    const { rows } = await sql<Totals>`select
      (select count(*)::int from community.post where kind = 'question' and state = 'published') as questions,
      (select count(*)::int from community.post where kind = 'article' and state = 'published') as articles,
      (select count(*)::int from community.member where erased_at is null) as members,
      (select count(*)::int from community.organisation where state = 'verified') as organisations`.execute(
      on,
    );
    return rows[0]!;
  });
