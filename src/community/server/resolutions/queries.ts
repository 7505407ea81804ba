import { sql } from 'kysely';
import type { Resolution, ResolutionList } from '#src/community/contract/resolutions.ts';
import { resolutionText } from '#src/community/contract/resolutions.text.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { listOwnCommittees } from '../committees/queries.ts';
import { cardAt, cardOf } from '../members/queries.ts';
import { findReader } from '../organisations/queries.ts';

const resolutions = ({ db }: Context) =>
  db
    .selectFrom('community.resolution as r')
    .innerJoin('community.committee as c', 'c.id', 'r.committee_id')
    .leftJoin('community.meeting as g', 'g.id', 'r.meeting_id')
    .leftJoin('community.meeting_poll as p', 'p.id', 'r.poll_id')
    .leftJoin('community.election as e', 'e.id', 'r.election_id')
    .select(['r.poll_id', 'p.question', 'r.election_id', 'e.title as electionTitle'])
    .select(['r.id', 'r.title', 'r.html', 'r.votes_yes', 'r.votes_no', 'r.votes_abstain', 'r.state'])
    .select(['r.follow_up', 'r.owner_id', 'r.meeting_id', 'g.title as meetingTitle'])
    .select(['c.slug', 'c.name_en', 'c.name_zh', cardAt('r.owner_id').as('owner')])
    .select([
      sql<string>`r.decided_on::text`.as('decidedOn'),
      sql<string | null>`r.due_on::text`.as('dueOn'),
      sql<boolean>`coalesce(r.state = 'open' and r.due_on < (now() at time zone 'UTC')::date, false)`.as(
        'isLate',
      ),
    ])
    .orderBy('r.decided_on', 'desc')
    .orderBy('r.id', 'desc');
type Row = Awaited<ReturnType<ReturnType<typeof resolutions>['executeTakeFirstOrThrow']>>;

function resolutionOf(row: Row, { locale }: Context, own: readonly string[], readerId?: string): Resolution {
  return {
    id: row.id,
    committee: { slug: row.slug, name: locale === 'en' ? row.name_en : row.name_zh },
    title: row.title,
    html: row.html,
    decidedOn: row.decidedOn,
    yes: row.votes_yes,
    no: row.votes_no,
    abstain: row.votes_abstain,
    owner: row.owner === null ? null : cardOf(row.owner, locale),
    dueOn: row.dueOn,
    isLate: row.isLate,
    state: row.state,
    followUp: row.follow_up,
    meeting: row.meeting_id === null ? null : { id: row.meeting_id, title: row.meetingTitle ?? '' },
    poll: row.poll_id === null ? null : { id: row.poll_id, question: row.question ?? '' },
    election: row.election_id === null ? null : { id: row.election_id, title: row.electionTitle ?? '' },
    mayFollowUp: own.includes(row.slug) || (readerId !== undefined && row.owner_id === readerId),
  };
}

/** The decision log, the newest first. */
export async function listResolutions(ctx: Context): Promise<ResolutionList> {
  const [rows, own, reader] = await Promise.all([
    resolutions(ctx).limit(500).execute(),
    listOwnCommittees(ctx),
    findReader(ctx),
  ]);
  const slugs = own.map(({ slug }) => slug);
  return { items: rows.map((row) => resolutionOf(row, ctx, slugs, reader?.id)), mayRecord: own };
}

/** One resolution, by the number in its address. */
export async function getResolution(ctx: Context, id: number): Promise<Resolution> {
  const row = await resolutions(ctx).where('r.id', '=', id).executeTakeFirst();
  if (!row) throw new AppError('not_found', resolutionText.noSuch);
  const [own, reader] = await Promise.all([listOwnCommittees(ctx), findReader(ctx)]);
  const slugs = own.map(({ slug }) => slug);
  return resolutionOf(row, ctx, slugs, reader?.id);
}
