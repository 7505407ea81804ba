import { sql } from 'kysely';
import type { StaffRole } from '#src/community/contract/members.ts';
import { answersPerPage, type QuestionQuery } from '#src/community/contract/questions.ts';
import type { Db } from '#src/platform/server/db.ts';
import { prepareQuery } from '#src/platform/server/prepared-query.ts';
import { isFollowed } from '../follows/is-followed.ts';
import { cardColumns } from '../members/queries.ts';
import { tagNames } from '../posts/queries.ts';

const postColumns = [
  'p.id',
  'p.html',
  'p.state',
  'p.score',
  'p.author_id as authorId',
  'p.created_at as createdAt',
  'p.published_at as publishedAt',
  'p.edited_at as editedAt',
  'p.revision',
  'p.is_assisted as isAssisted',
] as const;

/** The reader's vote on `post p`; by account, so that nothing waits for who the member is. */
const voteOf = (accountId: string | null) =>
  sql<number | null>`(select v.value from community.vote v join community.member vm on vm.id = v.member_id
    where v.post_id = p.id and vm.account_id = ${accountId})`.as('vote');

/** A post and its author, as all of the page are read. */
const threadPosts = (db: Db, accountId: string | null) =>
  db
    .selectFrom('community.post as p')
    .innerJoin('community.member as m', 'm.id', 'p.author_id')
    .select(cardColumns)
    .select(postColumns)
    .select(voteOf(accountId));

type BountyJson = {
  id: number;
  amount: number;
  state: 'open' | 'paid';
  answer_id: number | null;
  ends_at: string;
  offered_by: string;
};
type InvitedJson = {
  memberHandle: string;
  memberName: string;
  memberHeadline: string;
  memberAvatar: string | null;
  memberReputation: number;
  memberTrustLevel: number;
  isErased: boolean;
  at: string;
  seconds: number | null;
};

const bounties = sql<BountyJson[]>`coalesce((select json_agg(b order by b.id desc) from (
    select id, amount, state, answer_id, ends_at, offered_by from community.bounty
    where question_id = p.id and state <> 'returned') b), '[]')`;

const invitations = sql<InvitedJson[]>`coalesce((select json_agg(json_build_object(
      'memberHandle', im.handle, 'memberName', im.name, 'memberHeadline', im.headline, 'memberAvatar', im.avatar_file_id,
      'memberReputation', im.reputation, 'memberTrustLevel', im.trust_level, 'isErased', im.erased_at is not null,
      'at', i.at, 'seconds', (select extract(epoch from min(a.published_at) - i.at)::int from community.post a
        where a.parent_id = p.id and a.author_id = i.member_id and a.state = 'published' and a.published_at >= i.at)
    ) order by i.at)
  from community.answer_invitation i join community.member im on im.id = i.member_id where i.question_id = p.id), '[]')`;

const duplicateOf = sql<{ id: number; title: string; slug: string } | null>`(
  select json_build_object('id', d.id, 'title', d.title, 'slug', d.slug)
  from community.post d where d.id = p.duplicate_of and d.state = 'published')`;

type Wish = { id: number; accountId: string | null };

/** A question, and beside it the member who reads with the seats in the staff that they hold now. */
const selectQuestion = prepareQuery((db: Db, { id, accountId }: Wish) =>
  threadPosts(db, accountId)
    .leftJoin('community.member as reader', (join) => join.on('reader.account_id', '=', accountId))
    .select([
      'reader.id as readerId',
      'reader.reputation as readerReputation',
      'reader.trust_level as readerTrustLevel',
      sql<StaffRole[]>`array(select s.role from community.staff s where s.member_id = reader.id
        and s.starts_at <= now() and (s.ends_at is null or s.ends_at > now()))`.as('readerRoles'),
      isFollowed({ kind: 'post', id: sql.ref('p.id') }, sql.ref('reader.id')).as('follows'),
    ])
    .select([
      'p.title',
      'p.slug',
      'p.excerpt',
      'p.locale',
      'p.answer_count as answerCount',
      'p.view_count as viewCount',
      'p.accepted_answer_id as acceptedAnswerId',
      'p.active_at as activeAt',
      'p.closed_at as closedAt',
      'p.closed_reason as closedReason',
    ])
    .select([
      tagNames.as('tags'),
      duplicateOf.as('duplicateOf'),
      bounties.as('bounties'),
      invitations.as('invitations'),
      sql<boolean>`exists (select from community.capsule c where c.question_id = p.id)`.as('hasCapsule'),
    ])
    .where('p.id', '=', id)
    .where('p.kind', '=', 'question'),
);

/** One page of answers, the accepted one first whatever the order. */
const answersBy = (order: QuestionQuery['order']) =>
  prepareQuery((db: Db, { id, accountId, skipped }: Wish & { skipped: number }) =>
    threadPosts(db, accountId)
      .where('p.parent_id', '=', id)
      .where('p.state', 'in', ['published', 'pending', 'hidden'])
      .orderBy(sql`p.id = (select q.accepted_answer_id from community.post q where q.id = ${id})`, (by) =>
        by.desc().nullsLast(),
      )
      .orderBy(order === 'score' ? 'p.score' : 'p.id', order === 'oldest' ? 'asc' : 'desc')
      .orderBy('p.id')
      .limit(answersPerPage)
      .offset(skipped),
  );

const selectAnswers = {
  score: answersBy('score'),
  newest: answersBy('newest'),
  oldest: answersBy('oldest'),
};

const commentsAtMost = 2000;

const commentRows = (db: Db) =>
  db
    .selectFrom('community.comment as c')
    .innerJoin('community.member as m', 'm.id', 'c.author_id')
    .select(cardColumns)
    .select([
      'c.id',
      'c.post_id as postId',
      'c.html',
      'c.state',
      'c.author_id as authorId',
      'c.created_at as createdAt',
      'c.edited_at as editedAt',
    ])
    .where('c.state', '<>', 'removed')
    .orderBy('c.id')
    .limit(commentsAtMost);

/** The comments of a question and of all its answers, or of an article. */
const selectComments = prepareQuery((db: Db, { id }: { id: number }) =>
  commentRows(db).where(
    sql<boolean>`c.post_id in (select p.id from community.post p where p.id = ${id} or p.parent_id = ${id})`,
  ),
);

const selectWishComments = prepareQuery((db: Db, { id }: { id: number }) =>
  commentRows(db).where('c.wish_id', '=', id),
);

/** What the page of a question is read by, each a statement of its own, and the comments of other pages. */
export const selectThread = {
  question: selectQuestion,
  answers: selectAnswers,
  comments: selectComments,
  wishComments: selectWishComments,
};
