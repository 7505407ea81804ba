import { type RawBuilder, sql } from 'kysely';
import type { MeasuredValue, MeasureName } from '#src/community/contract/measures.ts';
import type { Db } from '#src/platform/server/db.ts';

/** From when until when, the end not in it. */
export type Span = { from: Date; until: Date };

const published = (kind: 'article' | 'question' | 'answer', more: RawBuilder<unknown> = sql`true`) =>
  sql`from community.post p where p.kind = ${kind} and p.state = 'published' and ${more}`;

/** The rows that a measure counts, and the moment by which each counts. */
const counted: Record<MeasureName, { rows: RawBuilder<unknown>; at: string; what?: string }> = {
  'new-members': {
    rows: sql`from community.member m where m.erased_at is null and m.merged_into is null`,
    at: 'm.joined_at',
  },
  'active-members': {
    rows: sql`from community.post p where p.state = 'published'`,
    at: 'p.published_at',
    what: 'distinct p.author_id',
  },
  articles: { rows: published('article'), at: 'p.published_at' },
  'featured-articles': { rows: published('article'), at: 'p.featured_at' },
  questions: { rows: published('question'), at: 'p.published_at' },
  answers: { rows: published('answer'), at: 'p.published_at' },
  'accepted-answers': {
    rows: published('answer', sql`exists (select from community.post q where q.accepted_answer_id = p.id)`),
    at: 'p.published_at',
  },
  'translated-articles': { rows: published('article', sql`p.origin = 'translated'`), at: 'p.published_at' },
  'verified-faqs': {
    rows: sql`from community.faq_verification v where true`,
    at: 'v.at',
    what: 'distinct v.faq_id',
  },
  'verified-organisations': {
    rows: sql`from community.organisation o where o.state = 'verified'`,
    at: 'o.verified_at',
  },
  'approved-offerings': {
    rows: sql`from community.offering_revision r where r.state in ('approved', 'replaced')`,
    at: 'r.reviewed_at',
    what: 'distinct r.offering_id',
  },
  'approved-experts': { rows: sql`from community.expert x where x.state = 'approved'`, at: 'x.decided_at' },
  'approved-chapters': { rows: sql`from community.chapter c where c.state = 'approved'`, at: 'c.decided_at' },
  'campus-chapters': {
    rows: sql`from community.chapter c join community.organisation o on o.id = c.organisation_id
      where c.state = 'approved' and o.kind = 'university'`,
    at: 'c.decided_at',
  },
  placements: { rows: sql`from community.placement p where p.reverses is null`, at: 'p.entered_at' },
  'moderated-writings': {
    rows: sql`from community.moderation_action a where a.undoes is null
      and (a.post_id is not null or a.comment_id is not null)`,
    at: 'a.at',
  },
  'plan-kept': {
    rows: sql`from community.plan_entry e where e.state = 'done' and e.closed_on <= e.planned_until`,
    at: 'e.closed_on',
  },
  'matters-closed': {
    rows: sql`from community.committee_matter t where t.state <> 'open'`,
    at: 't.closed_at',
  },
};

/** What a measure is in a time: counted from the rows at the moment of asking. */
export async function measure(db: Db, name: MeasureName, { from, until }: Span): Promise<number> {
  const { rows: those, at, what = '*' } = counted[name];
  const moment = sql.raw(at);
  const found = await sql<{ value: number }>`select count(${sql.raw(what)})::int as value ${those}
    and ${moment} >= ${from} and ${moment} < ${until}`.execute(db);
  return found.rows[0]?.value ?? 0;
}

/** Several measures in a time, in their order. */
export function listMeasures(db: Db, names: readonly MeasureName[], span: Span): Promise<MeasuredValue[]> {
  return Promise.all(names.map(async (name) => ({ name, value: await measure(db, name, span) })));
}
