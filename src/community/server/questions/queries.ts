import { postPath } from '#src/community/contract/addresses.ts';
import { findWaitingEdit } from '../edits/queries.ts';
import { sql } from 'kysely';
import type { PostSummary } from '#src/community/contract/posts.ts';
import { communityText } from '#src/community/contract/community.text.ts';
import { Privileges } from '#src/community/contract/privileges.ts';
import type {
  PostSource,
  QuestionsQuery,
  ResponseBoard,
  SimilarQuestion,
} from '#src/community/contract/questions.ts';
import { questionText } from '#src/community/contract/questions.text.ts';
import type { Page } from '#src/platform/contract/pages.ts';
import { platformText } from '#src/platform/contract/platform.text.ts';
import type { Context } from '#src/platform/server/context.ts';
import type { Db } from '#src/platform/server/db.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { readCursor, writeCursor } from '#src/platform/server/pages.ts';
import { findMember } from '../members/queries.ts';
import { mayAsStaff } from '../members/require-staff.ts';
import { selectSummaries, summaryOf, tagNames } from '../posts/queries.ts';
import { segmentText } from '../search/segment-text.ts';
import { findSetting } from '../settings/queries.ts';

/** Hours without an answer after which a question stands on the board of the unanswered. */
const unansweredAfterHours = 24;
/** Weeks of which the board says how soon questions were answered. */
const boardWeeks = 8;
const similarAtMost = 5;
/** Of a long title the longest words say the most. */
const similarWords = 6;

/** The published questions in an order, a page at a time. */
export async function listQuestions(ctx: Context, query: QuestionsQuery): Promise<Page<PostSummary>> {
  const { order, tag, limit } = query;
  const key = order === 'active' ? 'p.active_at' : order === 'votes' ? 'p.score' : 'p.published_at';
  const after = readPlace(query.cursor, order === 'votes');
  let rows = selectSummaries(ctx.db)
    .select(sql<string>`${sql.ref(key)}::text`.as('place'))
    .where('p.kind', '=', 'question')
    .where('p.state', '=', 'published')
    .orderBy(sql.ref(key), 'desc')
    .orderBy('p.id', 'desc')
    .limit(limit + 1);
  if (order === 'unanswered')
    rows = rows
      .where('p.answer_count', '=', 0)
      .where('p.closed_at', 'is', null)
      .where('p.published_at', '<', sql<Date>`now() - make_interval(hours => ${unansweredAfterHours})`);
  if (tag !== undefined)
    rows = rows.where(
      sql<boolean>`exists (select from community.post_tag pt where pt.post_id = p.id and pt.tag_id = ${tagOf(tag)})`,
    );
  if (after !== undefined)
    rows = rows.where(
      sql<boolean>`(${sql.ref(key)}, p.id) < (${after.place}::${sql.raw(order === 'votes' ? 'int' : 'timestamptz')}, ${after.id})`,
    );
  const found = await rows.execute();
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return {
    items: items.map((row) => summaryOf(row, ctx.locale)),
    nextCursor: found.length > limit && last ? writeCursor([last.place, last.id]) : null,
  };
}

/** The tag of this name or synonym. */
const tagOf = (name: string) => sql`(select id from community.tag where name = ${name}
  union all select tag_id from community.tag_synonym where name = ${name} limit 1)`;

const timestamp = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?$/;

function readPlace(cursor: string | undefined, isScore: boolean): { place: string; id: number } | undefined {
  const [place, id] = readCursor(cursor, 2) ?? [];
  if (place === undefined) return undefined;
  const isPlace = isScore
    ? /^-?\d{1,9}$/.test(String(place))
    : timestamp.test(String(place)) &&
      !Number.isNaN(
        Date.parse(
          String(place)
            .replace(' ', 'T')
            .replace(/[+-][\d:]+$/, 'Z'),
        ),
      );
  if (isPlace && Number.isSafeInteger(id)) return { place: String(place), id: Number(id) };
  throw new AppError('invalid', platformText.cursorNotOurs);
}

/** A post as an editor sees it. */
export const findEditable = (db: Db, postId: number) =>
  db
    .selectFrom('community.post as p')
    .select([
      'p.id',
      'p.kind',
      'p.parent_id as parentId',
      'p.author_id as authorId',
      'p.state',
      'p.title',
      'p.slug',
      'p.markdown',
      'p.revision',
    ])
    .select(tagNames.as('tags'))
    .where('p.id', '=', postId);

/** The words of a public post, or of one's own, for whoever may change them or suggest a change. */
export async function getPostSource(ctx: Context, postId: number): Promise<PostSource> {
  const { actor, db } = ctx;
  if (actor.kind !== 'user') throw new AppError('forbidden', communityText.personOnly);
  const [post, me, privileges] = await Promise.all([
    findEditable(db, postId).executeTakeFirst(),
    actor.kind === 'user' && actor.id !== null ? findMember(db, actor.id) : undefined,
    findSetting(db, 'privileges', Privileges),
  ]);
  const isMine = post !== undefined && post.authorId === me?.id;
  if (!post || post.state === 'removed' || (!isMine && post.state !== 'published'))
    throw new AppError('not_found', questionText.noSuchQuestion);
  // Who may change an article at once has its own form for it.
  const isArticle = post.kind === 'article';
  const waiting = me && (await findWaitingEdit(db, me.id, postId));
  return {
    id: post.id,
    kind: post.kind,
    questionId: post.parentId ?? post.id,
    path: postPath({ ...post, parentId: post.parentId }),
    title: post.title ?? '',
    markdown: post.markdown,
    tags: post.tags,
    revision: post.revision,
    isDirect:
      isMine ||
      (!isArticle && me !== undefined && me.reputation >= privileges.editUnreviewed) ||
      (await mayAsStaff(ctx, 'community.post.edit')),
    waitingEdit: waiting?.id ?? null,
  };
}

/** How many questions stand on the board of the unanswered, and how soon those of the last weeks got an answer. */
export async function getResponseBoard(ctx: Context): Promise<ResponseBoard> {
  const unanswered = ctx.db
    .selectFrom('community.post')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('kind', '=', 'question')
    .where('state', '=', 'published')
    .where('answer_count', '=', 0)
    .where('closed_at', 'is', null)
    .where('published_at', '<', sql<Date>`now() - make_interval(hours => ${unansweredAfterHours})`)
    .executeTakeFirstOrThrow();
  const weeks = sql<{ week: string; asked: number; answered: number; median: number | null }>`
    select to_char(date_trunc('week', q.published_at at time zone 'UTC'), 'YYYY-MM-DD') as week,
      count(*) as asked, count(first.at) as answered,
      percentile_cont(0.5) within group (order by extract(epoch from first.at - q.published_at)) as median
    from community.post q
    left join lateral (
      select min(a.published_at) as at from community.post a
      where a.parent_id = q.id and a.state = 'published' and a.author_id <> q.author_id
    ) first on true
    where q.kind = 'question' and q.state = 'published'
      and q.published_at >= (date_trunc('week', now() at time zone 'UTC') - make_interval(weeks => ${boardWeeks - 1})) at time zone 'UTC'
    group by 1 order by 1`.execute(ctx.db);
  const [{ count }, { rows }] = await Promise.all([unanswered, weeks]);
  return {
    unanswered: Number(count),
    weeks: rows.map(({ week, asked, answered, median }) => ({
      week,
      asked: Number(asked),
      answered: Number(answered),
      medianSeconds: median === null ? null : Math.round(median),
    })),
  };
}

/** Questions that may be the same as one that somebody is typing: by the letters of the title, and by its words. */
export async function listSimilar(ctx: Context, title: string): Promise<SimilarQuestion[]> {
  const words = [...new Set(segmentText(title))]
    .filter((word) => word.length >= 2)
    .toSorted((a, b) => b.length - a.length)
    .slice(0, similarWords);
  const plain = title.trim();
  if (plain.length < 3 || words.length === 0) return [];
  // Of many words each two say enough; one word alone says it only when there is no other.
  const pairs = words.flatMap((a, at) => words.slice(at + 1).map((b) => `${a} ${b}`));
  const wishes = pairs.length > 0 ? pairs : words;
  const query = sql.join(
    wishes.map((wish) => sql`plainto_tsquery('community.words', ${wish})`),
    sql` || `,
  );
  const { rows } = await sql<SimilarQuestion>`
    with found as (
      (select p.id, similarity(p.title, ${plain}) * 2 as rank from community.post p
        where p.title % ${plain} and p.state = 'published' and p.title is not null and p.kind = 'question'
        order by p.title <-> ${plain} limit 20)
      union all
      (select d.post_id, ts_rank('{0, 0.1, 0.5, 1}', d.words, w.q) from
        (select post_id, words from community.search_document
          where kind = 'question' and words @@ (${query}) limit 200) d,
        (select ${query} as q) w
        order by 2 desc limit 20)
    )
    select p.id, p.title, p.slug, p.answer_count as "answerCount", p.accepted_answer_id is not null as "isAccepted"
    from (select id, sum(rank) as rank from found group by id) f join community.post p on p.id = f.id
    where p.state = 'published' and p.duplicate_of is null
    order by f.rank desc, p.id limit ${similarAtMost}`.execute(ctx.db);
  return rows;
}
