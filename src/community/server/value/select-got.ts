import { sql } from 'kysely';
import type { ownNumbers, personNumbers } from '#src/community/contract/value.ts';
import { livingEntry } from '../points/change-points.ts';
import { maySee } from '../wishes/lock-wish.ts';
import { pointsOf } from './select-gave.ts';
import {
  isShown,
  onDay,
  ofPost,
  ofWish,
  selectRows,
  type RowsOf,
  shownPosts,
  voteKey,
} from './select-rows.ts';

const wishesIn =
  (at: 'state_since' | 'excellent_at', which: string): RowsOf =>
  ({ reader }) =>
    selectRows(
      { member: sql`w.author_id`, at: sql.ref(`w.${at}`), key: sql`w.id`, ...ofWish },
      sql`from community.wish w where ${sql.raw(which)} and ${maySee(reader)}`,
    );

/** What is counted of public posts by the day. */
const daily =
  (table: 'page_read' | 'play', unit: string): RowsOf =>
  () =>
    selectRows(
      {
        member: sql`p.author_id`,
        ...onDay(sql`y.day`),
        key: sql`y.post_id || ':' || y.day`,
        ...ofPost,
        amount: sql`y.count`,
        unit: sql`${unit}`,
      },
      sql`from ${sql.table(`community.${table}`)} y join (${shownPosts}) on p.id = y.post_id where ${isShown}`,
    );

/** An entry of points is a member's own, whether its post is shown or not; its words are the post's. */
const entryPost = sql`left join (${shownPosts}) on p.id = e.post_id and ${isShown}`;

/** What members got, the rows of each number said once. */
export const selectGot: Record<(typeof personNumbers.got)[number], RowsOf> = {
  // What was taken back and what took it back are both left out: they sum to nothing.
  points: () =>
    selectRows(
      {
        member: sql`e.member_id`,
        at: sql`e.at`,
        key: sql`e.id`,
        ...ofPost,
        cause: sql`e.cause`,
        ...pointsOf(sql`e.growth`),
      },
      sql`from community.point_entry e ${entryPost} where e.growth <> 0 and ${livingEntry}`,
    ),
  'up-votes': () =>
    selectRows(
      { member: sql`p.author_id`, at: sql`v.at`, key: voteKey(sql`p.id`, sql`v.member_id`), ...ofPost },
      sql`from community.vote v join (${shownPosts}) on p.id = v.post_id where v.value = 1 and ${isShown}`,
    ),
  featured: () =>
    selectRows(
      { member: sql`p.author_id`, at: sql`p.featured_at`, key: sql`p.id`, ...ofPost },
      sql`from ${shownPosts} where p.featured_at is not null and ${isShown}`,
    ),
  badges: ({ locale }) =>
    selectRows(
      {
        member: sql`a.member_id`,
        at: sql`a.at`,
        key: sql`a.id`,
        title: sql`b.name ->> ${locale}::text`,
        place: { kind: 'badge', slug: sql`b.slug` },
      },
      sql`from community.badge_award a join community.badge b on b.id = a.badge_id`,
    ),
  'answers-received': () =>
    selectRows(
      { member: sql`q.author_id`, at: sql`p.published_at`, key: sql`p.id`, ...ofPost },
      sql`from ${shownPosts} where p.kind = 'answer' and p.author_id <> q.author_id and ${isShown}`,
    ),
  'bounties-won': () =>
    selectRows(
      {
        member: sql`p.author_id`,
        at: sql`b.ended_at`,
        key: sql`b.id`,
        ...ofPost,
        ...pointsOf(sql`b.amount`),
      },
      sql`from community.bounty b join (${shownPosts}) on p.id = b.answer_id where b.state = 'paid' and ${isShown}`,
    ),
  'wish-votes': ({ reader }) =>
    selectRows(
      { member: sql`w.author_id`, at: sql`v.at`, key: voteKey(sql`w.id`, sql`v.member_id`), ...ofWish },
      sql`from community.wish_vote v join community.wish w on w.id = v.wish_id
        where v.member_id <> w.author_id and ${maySee(reader)}`,
    ),
  'wishes-accepted': wishesIn('state_since', `w.state in ('planned', 'started', 'delivered')`),
  'wishes-excellent': wishesIn('excellent_at', 'w.excellent_at is not null'),
  reads: daily('page_read', 'reads'),
  plays: daily('play', 'plays'),
  awards: () =>
    selectRows(
      {
        member: sql`n.member_id`,
        at: sql`r.published_at`,
        key: sql`n.id`,
        title: sql`r.year`,
        cause: sql`r.kind`,
        place: { kind: 'mvp', id: sql`r.id` },
      },
      sql`from community.mvp_nominee n join community.mvp_round r on r.id = n.round_id
        where n.is_winner and n.revoked_at is null and r.published_at is not null`,
    ),
};

/** What members alone know of themselves: how they voted, what they can spend, what they ordered. */
export const own: Record<(typeof ownNumbers.gave)[number] | (typeof ownNumbers.got)[number], RowsOf> = {
  'votes-given': () =>
    selectRows(
      { member: sql`v.member_id`, at: sql`v.at`, key: sql`p.id`, ...ofPost },
      sql`from community.vote v join (${shownPosts}) on p.id = v.post_id where ${isShown}`,
    ),
  spendable: () =>
    selectRows(
      {
        member: sql`e.member_id`,
        at: sql`e.at`,
        key: sql`e.id`,
        ...ofPost,
        cause: sql`e.cause`,
        ...pointsOf(sql`e.spendable`),
      },
      sql`from community.point_entry e ${entryPost} where e.spendable <> 0`,
    ),
  orders: ({ locale }) =>
    selectRows(
      {
        member: sql`d.member_id`,
        at: sql`d.ordered_at`,
        key: sql`d.id`,
        title: sql`w.name ->> ${locale}::text`,
        place: { kind: 'rewards' },
        ...pointsOf(sql`d.price`),
      },
      sql`from community.redemption d join community.reward w on w.id = d.reward_id where d.state <> 'cancelled'`,
    ),
};
