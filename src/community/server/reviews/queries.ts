import { sql } from 'kysely';
import { editPath, memberPath, postPath } from '#src/community/contract/addresses.ts';
import type {
  FlagKind,
  HoldReason,
  ModerationSettings,
  Queue,
  QueueItem,
  QueueView,
  WordRule,
} from '#src/community/contract/moderation.ts';
import type { Context } from '#src/platform/server/context.ts';
import { commentPath, type Place } from '../comments/rules.ts';
import { cardColumns, cardOf, type CardRow } from '../members/queries.ts';
import { requireStaff } from '../members/require-staff.ts';
import { judgeText, moderationOf } from '../moderation/judge-writing.ts';
import { findConflict, listEmployers } from '../moderation/require-neutral.ts';
import type { Employer } from '../moderation/review.rules.ts';
import { tagNames } from '../posts/queries.ts';
import { compareWritings } from '../revisions/compare-texts.ts';
import { listAppeals, listTakedowns } from '../cases/queries.ts';

const shown = 50;
/** More than this is read on the page itself. */
const htmlAtMost = 12_000;

/** What waits for reviewers in one of the views, oldest first, with how much waits in all. */
export async function getQueue(ctx: Context, reviewerId: string, view: QueueView): Promise<Queue> {
  await requireStaff(ctx, 'community.post.moderate');
  const employers = await listEmployers(ctx.db, reviewerId);
  const rows =
    view === 'pending'
      ? await listPending(ctx)
      : view === 'flagged'
        ? await listFlagged(ctx)
        : view === 'edits'
          ? await listEdits(ctx)
          : [];
  const items: QueueItem[] = [];
  for (const row of rows) items.push(await present(ctx, { id: reviewerId, employers }, row));
  return {
    view,
    counts: await countWaiting(ctx),
    items,
    appeals: view === 'appeals' ? await listAppeals(ctx, reviewerId) : [],
    takedowns: view === 'takedowns' ? await listTakedowns(ctx, { id: reviewerId, employers }) : [],
  };
}

async function countWaiting({ db }: Context): Promise<Queue['counts']> {
  const { rows } = await sql<Queue['counts']>`select
    (select count(*) from community.post where state = 'pending')
      + (select count(*) from community.comment where state = 'pending') as pending,
    (select count(distinct (post_id, comment_id, profile_id)) from community.flag where state = 'open') as flagged,
    (select count(*) from community.suggested_edit where state = 'pending') as edits,
    (select count(*) from community.appeal where state = 'open') as appeals,
    (select count(*) from community.takedown where state in ('open', 'answered')) as takedowns`.execute(db);
  return rows[0] ?? { pending: 0, flagged: 0, edits: 0, appeals: 0, takedowns: 0 };
}

type Row = CardRow & {
  subject: string;
  kind: QueueItem['kind'];
  postId: number | null;
  wishId: number | null;
  placeKind: Place['kind'] | null;
  parentId: number | null;
  slug: string | null;
  commentId: number | null;
  authorId: string;
  ownerId: string | null;
  organisationId: string | null;
  joinedAt: Date;
  title: string;
  markdown: string;
  html: string;
  old: { title: string | null; tags: string[]; markdown: string } | null;
  newTags: string[] | null;
  state: string;
  at: Date;
};

const card = sql.join(
  [
    sql`m.handle as "memberHandle", m.name as "memberName", m.headline as "memberHeadline", m.avatar_file_id as "memberAvatar"`,
    sql`m.reputation as "memberReputation", m.trust_level as "memberTrustLevel", m.erased_at as "memberErasedAt"`,
    sql`m.id as "authorId", m.joined_at as "joinedAt"`,
  ],
  sql`, `,
);
const place = sql`p.id as "postId", null::bigint as "wishId", p.kind as "placeKind", p.parent_id as "parentId", p.slug`;
const titleOf = sql`coalesce(p.title, (select q.title from community.post q where q.id = p.parent_id), '')`;
const ofPost = sql`select 'post:' || p.id as subject, p.kind, ${place}, null::bigint as "commentId", null::uuid as "ownerId",
  p.organisation_id as "organisationId", ${titleOf} as title, p.markdown, p.html, null::json as old, null::text[] as "newTags", p.state, ${card}`;
const ofComment = sql`select 'comment:' || c.id as subject, 'comment' as kind, l.post_id as "postId", l.wish_id as "wishId",
  l.kind as "placeKind", l.parent_id as "parentId", l.slug, c.id as "commentId", null::uuid as "ownerId",
  null::uuid as "organisationId", l.title, c.markdown, c.html, null::json as old, null::text[] as "newTags", c.state, ${card}`;

async function listPending({ db }: Context): Promise<Row[]> {
  const { rows } = await sql<Row>`
    (${ofPost}, p.created_at as at from community.post p join community.member m on m.id = p.author_id
      where p.state = 'pending' order by p.created_at, p.id limit ${shown})
    union all
    (${ofComment}, c.created_at as at from community.comment c join community.comment_place l on l.comment_id = c.id
      join community.member m on m.id = c.author_id where c.state = 'pending' order by c.created_at, c.id limit ${shown})
    order by at limit ${shown}`.execute(db);
  return rows;
}

/** The heaviest first: what most say, and those who are believed. */
async function listFlagged({ db }: Context): Promise<Row[]> {
  const { rows } = await sql<Row>`
    with flagged as (
      select post_id, comment_id, profile_id, sum(weight) as weight, min(at) as since
      from community.flag where state = 'open' group by 1, 2, 3 order by weight desc, since limit ${shown})
    select * from (
      ${ofPost}, f.since as at, f.weight from flagged f join community.post p on p.id = f.post_id
        join community.member m on m.id = p.author_id
      union all
      ${ofComment}, f.since, f.weight from flagged f join community.comment c on c.id = f.comment_id
        join community.comment_place l on l.comment_id = c.id join community.member m on m.id = c.author_id
      union all
      select 'member:' || m.handle, 'profile', null, null, null, null, null, null, null, null, m.name, m.headline || E'\\n\\n' || m.about_markdown,
        m.about_html, null, null, 'published', ${card}, f.since, f.weight
        from flagged f join community.member m on m.id = f.profile_id) x
    order by weight desc, at`.execute(db);
  return rows;
}

async function listEdits({ db }: Context): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select 'edit:' || e.id as subject, 'edit' as kind, ${place}, null as "commentId", p.author_id as "ownerId",
      p.organisation_id as "organisationId", coalesce(e.title, ${titleOf}) as title, e.markdown, '' as html,
      json_build_object('title', p.title, 'tags', ${tagNames}, 'markdown', p.markdown) as old, e.tags as "newTags", e.state, ${card}, e.at
    from community.suggested_edit e join community.post p on p.id = e.post_id join community.member m on m.id = e.editor_id
    where e.state = 'pending' order by e.at, e.id limit ${shown}`.execute(db);
  return rows;
}

async function present(
  ctx: Context,
  reviewer: { id: string; employers: readonly Employer[] },
  row: Row,
): Promise<QueueItem> {
  const { settings, rules } = await moderationOf(ctx);
  const isEdit = row.kind === 'edit';
  const hasOwnTitle = row.kind === 'article' || row.kind === 'question';
  const author = { trustLevel: row.memberTrustLevel, joinedAt: row.joinedAt };
  const { reasons } = judgeText(
    { markdown: row.markdown, ...(hasOwnTitle && { title: row.title }) },
    author,
    settings,
    rules,
  );
  const waits = row.state === 'pending' && !isEdit;
  return {
    subject: row.subject,
    kind: row.kind,
    title: row.title,
    html: row.html.length > htmlAtMost ? '' : row.html,
    difference:
      row.old &&
      compareWritings(row.old, {
        title: row.old.title === null ? null : row.title,
        tags: row.newTags ?? row.old.tags,
        markdown: row.markdown,
      }),
    href: hrefOf(row),
    isHidden: row.state === 'hidden',
    author: cardOf(row, ctx.locale),
    authorJoinedAt: row.joinedAt.toISOString(),
    alsoWaiting: waits ? await countOthers(ctx, row.authorId) : 0,
    reasons:
      waits && isHeldAsFirst(row, reasons, settings) ? [{ name: 'first-writing', points: 0 }] : reasons,
    flags: await listFlags(ctx, row),
    conflict: (await findConflict(ctx.db, reviewer, row)) ?? null,
    approvals: await countApprovals(ctx, row.subject),
    needed: isEdit ? settings.editReviewersNeeded : settings.reviewersNeeded,
    at: row.at.toISOString(),
  };
}

/** Nothing else speaks against it: it waits because nobody knows its author yet. */
const isHeldAsFirst = (row: Row, reasons: readonly HoldReason[], settings: ModerationSettings) =>
  reasons.length === 0 && row.memberTrustLevel === 0 && settings.firstWritingsHeld > 0;

function hrefOf(row: Row): string {
  const { subject, placeKind: kind, postId, parentId, commentId } = row;
  const slug = row.slug ?? '';
  if (subject.startsWith('edit:')) return editPath(Number(subject.slice('edit:'.length)));
  if (kind !== null && commentId !== null) return commentPath({ ...row, kind, slug }, commentId);
  if (kind === null || kind === 'wish' || postId === null) return memberPath(row.memberHandle);
  return postPath({ kind, id: postId, slug, parentId });
}

async function countOthers({ db }: Context, authorId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select (select count(*) from community.post where author_id = ${authorId} and state = 'pending')
      + (select count(*) from community.comment where author_id = ${authorId} and state = 'pending') - 1 as count`.execute(
    db,
  );
  return Math.max(0, rows[0]?.count ?? 0);
}

async function countApprovals({ db }: Context, subject: string): Promise<number> {
  const { count } = await db
    .selectFrom('community.review_vote')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('subject', '=', subject)
    .executeTakeFirstOrThrow();
  return count;
}

async function listFlags(ctx: Context, row: Row): Promise<QueueItem['flags']> {
  if (row.kind === 'edit') return [];
  const flags = await ctx.db
    .selectFrom('community.flag as f')
    .innerJoin('community.member as m', 'm.id', 'f.member_id')
    .select(['f.kind', 'f.note', 'f.at', ...cardColumns])
    .where('f.state', '=', 'open')
    .where((eb) =>
      row.commentId !== null
        ? eb('f.comment_id', '=', row.commentId)
        : row.postId !== null
          ? eb('f.post_id', '=', row.postId)
          : eb('f.profile_id', '=', row.authorId),
    )
    .orderBy('f.weight', 'desc')
    .limit(20)
    .execute();
  return flags.map((flag) => ({
    kind: flag.kind as FlagKind,
    note: flag.note,
    by: cardOf(flag, ctx.locale),
    at: flag.at.toISOString(),
  }));
}

/** Words and domains that staff decided about, for those who may change them. */
export async function listRules(ctx: Context): Promise<WordRule[]> {
  await requireStaff(ctx, 'community.post.moderate');
  const rows = await ctx.db
    .selectFrom('community.moderation_rule')
    .select(['id', 'kind', 'pattern', 'effect', 'note', 'created_at'])
    .orderBy('effect')
    .orderBy('pattern')
    .limit(5000)
    .execute();
  return rows.map(({ created_at, ...rule }) => ({ ...rule, createdAt: created_at.toISOString() }));
}
