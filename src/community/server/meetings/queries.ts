import { sql } from 'kysely';
import type { ListedMeeting, Meeting, MeetingQuery } from '#src/community/contract/meetings.ts';
import { meetingText } from '#src/community/contract/meetings.text.ts';
import type { MemberCard } from '#src/community/contract/members.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { getSeatOf, listOwnCommittees } from '../committees/queries.ts';
import { cardColumns, cardOf } from '../members/queries.ts';
import { findReader } from '../organisations/queries.ts';

const meetings = ({ db }: Context) =>
  db
    .selectFrom('community.meeting as g')
    .innerJoin('community.committee as c', 'c.id', 'g.committee_id')
    .selectAll('g')
    .select(['c.slug', 'c.name_en', 'c.name_zh']);
type Row = Awaited<ReturnType<ReturnType<typeof meetings>['executeTakeFirstOrThrow']>>;

const listedOf = (row: Row, { locale }: Context): ListedMeeting => ({
  id: row.id,
  uid: row.uid,
  committee: { slug: row.slug, name: locale === 'en' ? row.name_en : row.name_zh },
  title: row.title,
  startsAt: row.starts_at.toISOString(),
  finishedAt: row.finished_at?.toISOString() ?? null,
  changedAt: (row.closed_at ?? row.finished_at ?? row.opened_at ?? row.called_at).toISOString(),
  state: row.state,
  forAll: row.for_all,
});

/** Meetings, of all committees or one, the newest first; and the committees in whose name the reader calls them. */
export async function listMeetings(ctx: Context, { committee }: MeetingQuery = {}) {
  const [rows, mayCall] = await Promise.all([
    meetings(ctx)
      .$if(committee !== undefined, (q) => q.where('c.slug', '=', committee!))
      .orderBy('g.starts_at', 'desc')
      .orderBy('g.id', 'desc')
      .limit(200)
      .execute(),
    listOwnCommittees(ctx),
  ]);
  return { items: rows.map((row) => listedOf(row, ctx)), mayCall };
}

/** Those of a meeting in one of its tables, by the column that names them. */
async function listPeople(ctx: Context, meetingId: number) {
  const attendants = await ctx.db
    .selectFrom('community.meeting_attendant as a')
    .innerJoin('community.member as m', 'm.id', 'a.member_id')
    .select(['a.member_id', ...cardColumns])
    .where('a.meeting_id', '=', meetingId)
    .orderBy('m.name')
    .orderBy('m.id')
    .execute();
  const proxies = await ctx.db
    .selectFrom('community.meeting_proxy as p')
    .innerJoin('community.member as m', 'm.id', 'p.giver_id')
    .select(['p.giver_id', 'p.holder_id', ...cardColumns])
    .where('p.meeting_id', '=', meetingId)
    .orderBy('m.name')
    .orderBy('m.id')
    .execute();
  return { attendants, proxies };
}

async function listPolls({ db }: Context, meetingId: number): Promise<Meeting['polls']> {
  const { rows } = await sql<{
    id: number;
    question: string;
    isClosed: boolean;
    options: string[];
    votes: number[];
  }>`
    select p.id, p.question, p.closed_at is not null as "isClosed", p.options,
      array(select (select count(*)::int from community.meeting_vote v where v.poll_id = p.id and v.option = n - 1)
        from generate_series(1, cardinality(p.options)) n order by n) as votes
    from community.meeting_poll p where p.meeting_id = ${meetingId} order by p.id`.execute(db);
  return rows.map(({ votes, options, ...poll }) => ({
    ...poll,
    options: options.map((words, n) => ({ words, votes: votes[n] ?? 0 })),
  }));
}

/** A meeting with everything that is in its record. */
export async function getMeeting(ctx: Context, id: number): Promise<Meeting> {
  const row = await meetings(ctx).where('g.id', '=', id).executeTakeFirst();
  if (!row) throw new AppError('not_found', meetingText.noSuch);
  const { office, managesAll } = await getSeatOf(ctx, row.slug);
  const reader = await findReader(ctx);
  const [{ attendants, proxies }, polls, remarks] = await Promise.all([
    listPeople(ctx, id),
    listPolls(ctx, id),
    ctx.db
      .selectFrom('community.meeting_remark as r')
      .innerJoin('community.member as m', 'm.id', 'r.member_id')
      .select(['r.words', 'r.at', ...cardColumns])
      .where('r.meeting_id', '=', id)
      .orderBy('r.id')
      .limit(2000)
      .execute(),
  ]);
  const cards = new Map<string, MemberCard>(
    attendants.map((one) => [one.member_id, cardOf(one, ctx.locale)]),
  );
  const attends = reader !== undefined && cards.has(reader.id);
  return {
    ...listedOf(row, ctx),
    agenda: row.agenda_markdown,
    agendaHtml: row.agenda_html,
    minutes: row.minutes_markdown,
    minutesHtml: row.minutes_html,
    attendants: [...cards.values()],
    proxies: proxies.flatMap((one) => {
      const holder = cards.get(one.holder_id);
      return holder ? [{ giver: cardOf(one, ctx.locale), holder }] : [];
    }),
    polls,
    remarks: remarks.map((one) => ({
      member: cardOf(one, ctx.locale),
      words: one.words,
      at: one.at.toISOString(),
    })),
    viewer: {
      mayJoin:
        row.state === 'available' &&
        !attends &&
        reader !== undefined &&
        (row.for_all || office !== null || managesAll),
      attends,
      presides: office !== null || managesAll,
      votesFor: proxies
        .filter(({ holder_id }) => holder_id === reader?.id)
        .map((one) => cardOf(one, ctx.locale)),
    },
  };
}

/** The row of a meeting with its committee's name, locked in the caller's transaction. */
export async function lockMeeting(tx: Context, id: number) {
  const row = await tx.db
    .selectFrom('community.meeting as g')
    .innerJoin('community.committee as c', 'c.id', 'g.committee_id')
    .selectAll('g')
    .select('c.slug')
    .where('g.id', '=', id)
    .forUpdate('g')
    .executeTakeFirst();
  if (!row) throw new AppError('not_found', meetingText.noSuch);
  return row;
}
