import { type RawBuilder, sql } from 'kysely';
import type { CoverPart, MeasureName } from '#src/community/contract/measures.ts';

/** What a measure is narrowed to, by ids: each part that is set holds. Without any it counts the whole community. */
export type Coverage = {
  chapter?: string | null;
  tag?: number | null;
  series?: number | null;
  locale?: string | null;
  industry?: string | null;
  role?: string | null;
  committee?: string | null;
};
type Part = CoverPart | 'committee';
type Narrow = Partial<Record<Part, (value: unknown) => RawBuilder<unknown>>>;

/** The rows that a measure counts, the moment by which each counts, and how fewer of them count. */
export type Counted = { rows: RawBuilder<unknown>; at: string; what?: string; narrow?: Narrow };

/** An answer is about what its question is about; a member writes for a chapter from the day they joined it. */
const ofPosts: Narrow = {
  chapter: (id) => sql`exists (select from community.chapter_member cm where cm.chapter_id = ${id}
    and cm.member_id = p.author_id and cm.since <= p.published_at)`,
  tag: (id) => sql`exists (select from community.post_tag pt
    where pt.tag_id = ${id} and pt.post_id = coalesce(p.parent_id, p.id))`,
  series: (id) => sql`p.series_id = ${id}`,
  locale: (locale) => sql`p.locale = ${locale}`,
  industry: (industry) => sql`p.industries @> array[${industry}]::text[]`,
  role: (role) => sql`p.for_roles @> array[${role}]::text[]`,
};

const ofMembers: Narrow = {
  industry: (industry) => sql`m.industry = ${industry}`,
  role: (role) => sql`m.roles @> array[${role}]::text[]`,
};

const published = (
  kind: 'article' | 'question' | 'answer',
  { more = sql`true`, at = 'p.published_at' }: { more?: RawBuilder<unknown>; at?: string } = {},
): Counted => ({
  rows: sql`from community.post p where p.kind = ${kind} and p.state = 'published' and ${more}`,
  at,
  narrow: ofPosts,
});

const counted: Record<MeasureName, Counted> = {
  'new-members': {
    rows: sql`from community.member m where m.erased_at is null and m.merged_into is null`,
    at: 'm.joined_at',
    narrow: ofMembers,
  },
  'active-members': {
    rows: sql`from community.post p join community.member m on m.id = p.author_id where p.state = 'published'`,
    at: 'p.published_at',
    what: 'distinct p.author_id',
    // Who they are themselves, not for whom they wrote.
    narrow: { ...ofPosts, ...ofMembers },
  },
  articles: published('article'),
  'featured-articles': published('article', { at: 'p.featured_at' }),
  questions: published('question'),
  answers: published('answer'),
  'accepted-answers': published('answer', {
    more: sql`exists (select from community.post q where q.accepted_answer_id = p.id)`,
  }),
  'translated-articles': published('article', { more: sql`p.origin = 'translated'` }),
  'verified-faqs': {
    rows: sql`from community.faq_verification v join community.faq f on f.id = v.faq_id where true`,
    at: 'v.at',
    what: 'distinct v.faq_id',
    narrow: {
      tag: (id) => sql`f.tags @> array(select t.name from community.tag t where t.id = ${id})`,
      locale: (locale) => sql`f.locale = ${locale}`,
    },
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
    narrow: { committee: (id) => sql`e.committee_id = ${id}` },
  },
  'matters-closed': {
    rows: sql`from community.committee_matter t where t.state <> 'open'`,
    at: 't.closed_at',
    narrow: { committee: (id) => sql`t.committee_id = ${id}` },
  },
};

/** Who is new in a chapter: by the day they joined it, not by the day they came to the community. */
const newInChapters: Counted = {
  rows: sql`from community.chapter_member cm join community.member m on m.id = cm.member_id
    where m.erased_at is null and m.merged_into is null`,
  at: 'cm.since',
  narrow: { ...ofMembers, chapter: (id) => sql`cm.chapter_id = ${id}` },
};

/** What a measure counts, narrowed to what is covered. Refuses a part by which the measure cannot be narrowed, rather than count more. */
export function selectCounted(name: MeasureName, coverage: Coverage): Counted {
  const isInChapter = name === 'new-members' && (coverage.chapter ?? null) !== null;
  const found = isInChapter ? newInChapters : counted[name];
  const parts = Object.entries(coverage).flatMap(([part, value]) => {
    if (value === null || value === undefined) return [];
    const narrow = found.narrow?.[part as Part];
    // A committee is set for every measure of an area; most of them count what no committee has to itself.
    if (!narrow && part === 'committee') return [];
    if (!narrow) throw new Error(`${name} cannot be narrowed to a ${part}`);
    return [narrow(value)];
  });
  return parts.length === 0
    ? found
    : { ...found, rows: sql`${found.rows} and ${sql.join(parts, sql` and `)}` };
}
