import { type RawBuilder, sql } from 'kysely';
import type { personNumbers } from '#src/community/contract/value.ts';
import { maySee } from '../wishes/lock-wish.ts';
import { isShown, onDay, ofPost, ofWish, selectRows, type RowsOf, shownPosts } from './select-rows.ts';

const written =
  (which: RawBuilder<boolean>): RowsOf =>
  () =>
    selectRows(
      { member: sql`p.author_id`, at: sql`p.published_at`, key: sql`p.id`, ...ofPost },
      sql`from ${shownPosts} where ${isShown} and ${which}`,
    );

const ofFaq = {
  title: sql`f.title`,
  place: { kind: 'faq', id: sql`f.id`, slug: sql`f.slug` },
} as const;

/** What members gave, the rows of each number said once. */
export const selectGave: Record<(typeof personNumbers.gave)[number], RowsOf> = {
  articles: written(sql<boolean>`p.kind = 'article'`),
  translations: written(sql<boolean>`p.kind = 'article' and p.origin = 'translated'`),
  answers: written(sql<boolean>`p.kind = 'answer'`),
  'accepted-answers': written(sql<boolean>`p.kind = 'answer' and q.accepted_answer_id = p.id`),
  questions: written(sql<boolean>`p.kind = 'question'`),
  comments: () =>
    selectRows(
      {
        member: sql`c.author_id`,
        at: sql`c.created_at`,
        key: sql`c.id`,
        title: sql`l.title`,
        place: {
          kind: sql`case when l.wish_id is null then 'post' else 'wish' end`,
          id: sql`coalesce(l.post_id, l.wish_id)`,
          slug: sql`l.slug`,
          postKind: sql`l.kind`,
          parentId: sql`l.parent_id`,
        },
      },
      sql`from community.comment c join community.comment_place l on l.comment_id = c.id where l.is_shown`,
    ),
  edits: () =>
    selectRows(
      { member: sql`s.editor_id`, at: sql`s.decided_at`, key: sql`s.id`, ...ofPost },
      sql`from community.suggested_edit s join (${shownPosts}) on p.id = s.post_id
        where s.state = 'approved' and ${isShown}`,
    ),
  'faq-entries': () =>
    selectRows(
      { member: sql`f.curator_id`, at: sql`f.created_at`, key: sql`f.id`, ...ofFaq },
      sql`from community.faq f where not f.is_retired`,
    ),
  'faq-verifications': () =>
    selectRows(
      { member: sql`v.member_id`, at: sql`v.at`, key: sql`v.id`, ...ofFaq },
      sql`from community.faq_verification v join community.faq f on f.id = v.faq_id where not f.is_retired`,
    ),
  wishes: ({ reader }) =>
    selectRows(
      { member: sql`w.author_id`, at: sql`w.created_at`, key: sql`w.id`, ...ofWish },
      sql`from community.wish w where ${maySee(reader)}`,
    ),
  'claims-delivered': ({ reader }) =>
    selectRows(
      { member: sql`c.claimed_by`, ...onDay(sql`c.delivered_on`), key: sql`c.id`, ...ofWish },
      sql`from community.wish_claim c join community.wish w on w.id = c.wish_id
        where c.delivered_on is not null and ${maySee(reader)}`,
    ),
  'bounties-paid': () =>
    selectRows(
      {
        member: sql`b.offered_by`,
        at: sql`b.ended_at`,
        key: sql`b.id`,
        ...ofPost,
        ...pointsOf(sql`b.amount`),
      },
      sql`from community.bounty b join (${shownPosts}) on p.id = b.question_id where b.state = 'paid' and ${isShown}`,
    ),
  'areas-held': () =>
    selectRows(
      { member: sql`o.member_id`, at: sql`lower(o.period)`, key: sql`o.id`, ...ofArea },
      sql`from community.area_owner o join community.area a on a.id = o.area_id where lower(o.period) <= now()`,
    ),
  'areas-met': () =>
    selectRows(
      {
        member: sql`m.member_id`,
        ...onDay(sql`m.month + interval '1 month' - interval '1 day'`),
        key: sql`m.area_id || ':' || m.month`,
        ...ofArea,
      },
      sql`from community.area_month m join community.area a on a.id = m.area_id where m.is_met`,
    ),
  // What was done in them is between the member and who confirmed it.
  hours: () =>
    selectRows(
      {
        member: sql`v.member_id`,
        ...onDay(sql`v.day`),
        key: sql`v.id`,
        ...ofArea,
        amount: sql`v.minutes`,
        unit: sql`'minutes'`,
      },
      sql`from community.volunteer_hours v join community.area a on a.id = v.area_id where v.confirmed_at is not null`,
    ),
  seats: ({ locale }) =>
    selectRows(
      {
        member: sql`s.member_id`,
        at: sql`lower(s.period)`,
        key: sql`s.id`,
        title: locale === 'en' ? sql`c.name_en` : sql`c.name_zh`,
        place: { kind: 'committee', slug: sql`c.slug` },
      },
      sql`from community.committee_seat s join community.committee c on c.id = s.committee_id where lower(s.period) <= now()`,
    ),
  meetings: () =>
    selectRows(
      {
        member: sql`a.member_id`,
        at: sql`g.opened_at`,
        key: sql`g.id`,
        title: sql`g.title`,
        place: { kind: 'meeting', id: sql`g.id` },
      },
      sql`from community.meeting_attendant a join community.meeting g on g.id = a.meeting_id where g.opened_at is not null`,
    ),
};

const ofArea = { title: sql`a.name`, place: { kind: 'areas' } } as const;

/** Points as amounts. */
export function pointsOf(amount: RawBuilder<unknown>) {
  return { amount, unit: sql`'points'` };
}
