import { sql, type SqlBool } from 'kysely';
import { memberPath, postPath } from '#src/community/contract/addresses.ts';
import type {
  Action,
  AppealItem,
  ModerationSettings,
  OwnModeration,
  TakedownItem,
} from '#src/community/contract/moderation.ts';
import type { Page, PageQuery } from '#src/platform/contract/pages.ts';
import type { Context } from '#src/platform/server/context.ts';
import { readNumberCursor, writeCursor } from '#src/platform/server/pages.ts';
import { cardColumns, cardOf, type CardRow } from '../members/queries.ts';
import { requireStaff } from '../members/require-staff.ts';
import { appealable } from '../moderation/queries.ts';
import { findConflict } from '../moderation/require-neutral.ts';
import type { Employer } from '../moderation/review.rules.ts';
import { getTrust } from '../trust/queries.ts';

const actions = ({ db }: Context) =>
  db
    .selectFrom('community.moderation_action as a')
    .leftJoin('community.member as m', 'm.id', 'a.member_id')
    .leftJoin('community.member as r', 'r.id', 'a.actor_id')
    .leftJoin('community.post as p', 'p.id', 'a.post_id')
    .leftJoin('community.post as q', 'q.id', 'p.parent_id')
    .leftJoin('community.comment_place as cl', 'cl.comment_id', 'a.comment_id')
    .select(['a.id', 'a.kind', 'a.reason', 'a.at', 'a.undoes', 'a.member_id', 'a.comment_id', ...cardColumns])
    .select([
      'r.handle as actorHandle',
      'r.name as actorName',
      'r.headline as actorHeadline',
      'r.avatar_file_id as actorAvatar',
      'r.reputation as actorReputation',
      'r.trust_level as actorTrustLevel',
      'r.erased_at as actorErasedAt',
    ])
    .select(['p.id as postId', 'p.kind as postKind', 'p.slug', 'p.parent_id as parentId'])
    .select(sql<string>`coalesce(p.title, q.title, cl.title, m.name, '')`.as('title'))
    .select(
      sql<boolean>`exists (select from community.moderation_action u where u.undoes = a.id)`.as('isUndone'),
    );

type ActionRow = Awaited<ReturnType<ReturnType<typeof actions>['execute']>>[number];

function presentAction(ctx: Context, row: ActionRow): Action {
  const isOf = (card: { [K in keyof CardRow]: CardRow[K] | null }) =>
    card.memberName === null ? null : cardOf(card as CardRow, ctx.locale);
  return {
    id: row.id,
    kind: row.kind,
    actor: isOf({
      memberHandle: row.actorHandle,
      memberName: row.actorName,
      memberHeadline: row.actorHeadline,
      memberAvatar: row.actorAvatar,
      memberReputation: row.actorReputation,
      memberTrustLevel: row.actorTrustLevel,
      memberErasedAt: row.actorErasedAt,
    }),
    member: isOf(row),
    title: row.title,
    href:
      row.postId !== null && row.postKind !== null
        ? postPath({ kind: row.postKind, id: row.postId, slug: row.slug ?? '', parentId: row.parentId })
        : row.comment_id === null && row.memberHandle !== null
          ? memberPath(row.memberHandle)
          : null,
    reason: row.reason,
    at: row.at.toISOString(),
    isUndone: row.isUndone,
    canUndo: !row.isUndone && row.undoes === null,
  };
}

/** What was done in moderation, newest first. */
export async function listActions(ctx: Context, query: PageQuery): Promise<Page<Action>> {
  await requireStaff(ctx, 'community.post.moderate');
  const before = readNumberCursor(query.cursor);
  const rows = await actions(ctx)
    .$if(before !== undefined, (qb) => qb.where('a.id', '<', before ?? 0))
    .orderBy('a.id', 'desc')
    .limit(query.limit + 1)
    .execute();
  const kept = rows.slice(0, query.limit);
  const last = kept.at(-1);
  return {
    items: kept.map((row) => presentAction(ctx, row)),
    nextCursor: rows.length > query.limit && last ? writeCursor([last.id]) : null,
  };
}

/** Open appeals; those whose day comes first, first. */
export async function listAppeals(ctx: Context, reviewerId: string): Promise<AppealItem[]> {
  const rows = await actions(ctx)
    .innerJoin('community.appeal as l', 'l.action_id', 'a.id')
    .select(['l.id as appealId', 'l.words', 'l.state as appealState', 'l.answer', 'l.at as appealAt'])
    .select(['l.due_at as dueAt', 'a.actor_id as actorId'])
    .where('l.state', '=', 'open')
    .orderBy('l.due_at')
    .limit(50)
    .execute();
  return rows.map((row) => ({
    id: row.appealId,
    action: presentAction(ctx, row),
    words: row.words,
    state: row.appealState,
    answer: row.answer,
    at: row.appealAt.toISOString(),
    dueAt: row.dueAt.toISOString(),
    isOverdue: row.dueAt < new Date(),
    isOwnAction: row.actorId === reviewerId,
  }));
}

/** Claims of copyright: open ones for reviewers, or with an author those against their posts. */
export async function listTakedowns(
  ctx: Context,
  reviewer: { id: string; employers: readonly Employer[] },
  authorId?: string,
): Promise<TakedownItem[]> {
  const which =
    authorId === undefined
      ? sql<SqlBool>`t.state in ('open', 'answered')`
      : sql<SqlBool>`p.author_id = ${authorId}`;
  const rows = await ctx.db
    .selectFrom('community.takedown as t')
    .innerJoin('community.post as p', 'p.id', 't.post_id')
    .leftJoin('community.post as q', 'q.id', 'p.parent_id')
    .innerJoin('community.member as m', 'm.id', 'p.author_id')
    .innerJoin('community.member as c', 'c.id', 't.claimant_id')
    .select([
      't.id',
      't.work',
      't.claim',
      't.answer',
      't.state',
      't.decision',
      't.at',
      't.due_at',
      ...cardColumns,
    ])
    .select(['p.id as postId', 'p.kind', 'p.slug', 'p.parent_id as parentId', 'p.author_id as authorId'])
    .select(['p.organisation_id as organisationId', 'p.markdown', 't.claimant_id as claimantId'])
    .select(sql<string>`coalesce(p.title, q.title, '')`.as('title'))
    .select([
      'c.handle as claimantHandle',
      'c.name as claimantName',
      'c.headline as claimantHeadline',
      'c.avatar_file_id as claimantAvatar',
      'c.reputation as claimantReputation',
      'c.trust_level as claimantTrustLevel',
      'c.erased_at as claimantErasedAt',
    ])
    .where(which)
    .orderBy(authorId === undefined ? 't.due_at' : sql`t.id desc`)
    .limit(50)
    .execute();
  const found: TakedownItem[] = [];
  for (const row of rows) {
    const conflict =
      authorId !== undefined
        ? undefined
        : row.claimantId === reviewer.id
          ? ({ kind: 'self', organisation: '' } as const)
          : await findConflict(ctx.db, reviewer, { ...row, ownerId: null });
    found.push({
      id: row.id,
      title: row.title,
      href: postPath({ kind: row.kind, id: row.postId, slug: row.slug, parentId: row.parentId }),
      author: cardOf(row, ctx.locale),
      claimant: cardOf(
        {
          memberHandle: row.claimantHandle,
          memberName: row.claimantName,
          memberHeadline: row.claimantHeadline,
          memberAvatar: row.claimantAvatar,
          memberReputation: row.claimantReputation,
          memberTrustLevel: row.claimantTrustLevel,
          memberErasedAt: row.claimantErasedAt,
        },
        ctx.locale,
      ),
      work: row.work,
      claim: row.claim,
      answer: row.answer,
      state: row.state,
      decision: row.decision,
      at: row.at.toISOString(),
      dueAt: row.due_at.toISOString(),
      isOverdue: row.due_at < new Date() && (row.state === 'open' || row.state === 'answered'),
      conflict: conflict ?? null,
    });
  }
  return found;
}

/** What moderation did to a member and their writings, what waits, their level, and what they may appeal against. */
export async function getOwnModeration(
  ctx: Context,
  memberId: string,
  settings: ModerationSettings,
): Promise<OwnModeration> {
  const member = await ctx.db
    .selectFrom('community.member')
    .select(['suspended_until', 'suspended_reason', 'silenced_until', 'silenced_reason'])
    .where('id', '=', memberId)
    .executeTakeFirst();
  const rows = await actions(ctx)
    .leftJoin('community.appeal as l', 'l.action_id', 'a.id')
    .select(['l.state as appealState', 'l.due_at as appealDueAt', 'l.answer as appealAnswer'])
    .where('a.member_id', '=', memberId)
    .orderBy('a.id', 'desc')
    .limit(50)
    .execute();
  const { rows: waiting } = await sql<{ subject: string; title: string; at: Date }>`
    select * from (
      select 'post:' || p.id as subject, coalesce(p.title, q.title, '') as title, p.created_at as at
      from community.post p left join community.post q on q.id = p.parent_id
      where p.author_id = ${memberId} and p.state = 'pending'
      union all
      select 'comment:' || c.id, l.title, c.created_at
      from community.comment c join community.comment_place l on l.comment_id = c.id
      where c.author_id = ${memberId} and c.state = 'pending'
      union all
      select 'edit:' || e.id, coalesce(e.title, ''), e.at from community.suggested_edit e
      where e.editor_id = ${memberId} and e.state = 'pending') w order by at desc limit 50`.execute(ctx.db);
  const now = new Date();
  const running = (until: Date | null | undefined) => (until && until > now ? until.toISOString() : null);
  return {
    suspendedUntil: running(member?.suspended_until),
    suspendedReason: member?.suspended_reason ?? '',
    silencedUntil: running(member?.silenced_until),
    silencedReason: member?.silenced_reason ?? '',
    trust: await getTrust(ctx, memberId, settings),
    actions: rows.map((row) => {
      const until = new Date(row.at.getTime() + settings.appealDays * 24 * 3600_000);
      const may = appealable.includes(row.kind) && !row.isUndone && row.appealState === null && until > now;
      return {
        // Who decided is for the staff's log, not for the one it was decided about.
        ...presentAction(ctx, row),
        actor: null,
        canUndo: false,
        appealUntil: may ? until.toISOString() : null,
        appeal:
          row.appealState === null || row.appealDueAt === null
            ? null
            : {
                state: row.appealState,
                dueAt: row.appealDueAt.toISOString(),
                answer: row.appealAnswer ?? '',
              },
      };
    }),
    claims: await listTakedowns(ctx, { id: memberId, employers: [] }, memberId),
    waiting: waiting.map(({ at, ...one }) => ({ ...one, at: at.toISOString() })),
  };
}
