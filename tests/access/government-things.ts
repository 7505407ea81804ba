import { sql } from 'kysely';
import { callElection } from '#src/community/server/elections/call-election.ts';
import type { OwnMember } from '#src/community/server/members/queries.ts';
import type { Context } from '#src/platform/server/context.ts';

/** What belongs to a committee, and an election. */
export type GovernmentThings = {
  committee: string;
  /** The colleague's. */
  seat: string;
  matter: string;
  application: string;
  entry: string;
  election: string;
  meeting: string;
  poll: string;
  resolution: string;
  area: string;
  hours: string;
  goal: string;
  handle: string;
  owner: string;
  ballotKey: Buffer | null;
};

/** The translation committee with a seat of the colleague's, something in its queue and its plan, and an election. */
export async function makeGovernmentThings(
  system: Context,
  owner: OwnMember,
  colleague: OwnMember,
): Promise<GovernmentThings> {
  const { db } = system;
  const idOf = async (query: ReturnType<typeof sql<{ id: string }>>) =>
    String((await query.execute(db)).rows[0]?.id);
  const committee = sql`(select id from community.committee where slug = 'translation')`;
  const year = sql`tstzrange(now() - interval '1 hour', now() + interval '1 year')`;
  // One seat of a committee for each world; the owner votes by a seat of their own.
  await sql`insert into community.committee_seat (committee_id, member_id, office, period, origin)
    values (${committee}, ${owner.id}, 'deputy', ${year}, 'appointed')`.execute(db);
  const { id } = await callElection(system, {
    title: 'A seat in business',
    method: 'approval',
    seats: 1,
    fills: { committee: 'business', office: 'member', months: 1 },
    joinedDays: 0,
    minReputation: 0,
    opensAt: '2030-01-01T00:00:00Z',
    closesAt: '2030-01-02T00:00:00Z',
  });
  await sql`insert into community.election_candidate (election_id, member_id) values (${id}, ${colleague.id})`.execute(
    db,
  );
  const { rows } = await sql<{
    key: Buffer;
  }>`select ballot_key as key from community.election where id = ${id}`.execute(db);
  const meeting = await idOf(sql`insert into community.meeting (committee_id, title, starts_at, for_all)
    values (${committee}, 'A meeting', '2030-01-01', true) returning id`);
  await sql`insert into community.meeting_attendant (meeting_id, member_id) values (${meeting}, ${owner.id}), (${meeting}, ${colleague.id})`.execute(
    db,
  );
  const area = await idOf(sql`insert into community.area (committee_id, kind, name)
    values (${committee}, 'manual-part', 'Chapter 5') returning id`);
  return {
    meeting,
    area,
    poll: await idOf(sql`insert into community.meeting_poll (meeting_id, question, options)
      values (${meeting}, 'Shall we?', '{Yes,No}') returning id`),
    resolution:
      await idOf(sql`insert into community.resolution (committee_id, title, markdown, html, decided_on)
      values (${committee}, 'A decision', 'x', 'x', '2026-01-01') returning id`),
    hours: await idOf(sql`insert into community.volunteer_hours (member_id, area_id, day, minutes, what)
      values (${colleague.id}, ${area}, '2026-01-01', 60, 'x') returning id`),
    goal: await idOf(sql`insert into community.goal (committee_id, year, title, measure, target)
      values (${committee}, 2026, 'A goal', 'articles', 5) returning id`),
    committee: 'translation',
    seat: await idOf(sql`insert into community.committee_seat (committee_id, member_id, office, period, origin)
      values (${committee}, ${colleague.id}, 'member', ${year}, 'appointed') returning id`),
    matter: await idOf(sql`insert into community.committee_matter (committee_id, title, filed_by)
      values (${committee}, 'Chapter 5', ${colleague.id}) returning id`),
    application:
      await idOf(sql`insert into community.core_application (committee_id, member_id, who_i_am, reason,
        value_offered, view_of_present, area, yearly_measure, consequence, votes_until)
      values (${committee}, ${colleague.id}, 'x', 'x', 'x', 'x', 'x', 'x', 'x', now() + interval '14 days') returning id`),
    entry:
      await idOf(sql`insert into community.plan_entry (committee_id, kind, title, planned_on, planned_until, starts_on, ends_on)
      values (${committee}, 'event', 'A summit', '2030-05-01', '2030-05-02', '2030-05-01', '2030-05-02') returning id`),
    election: String(id),
    handle: colleague.handle,
    owner: owner.id,
    ballotKey: rows[0]?.key ?? null,
  };
}

/** Puts things as a route of committees, plans or elections wants to find them when the owner asks it. */
export async function prepareGovernmentThings(
  { db }: Pick<Context, 'db'>,
  { method, path }: { method: string; path: string },
  things: GovernmentThings,
): Promise<void> {
  if (path.startsWith('/api/community/committees')) {
    await sql`update community.committee_matter set state = 'open', closed_at = null`.execute(db);
    const isHeld = !(method === 'POST' && path.endsWith('/seats'));
    await sql`update community.committee_seat set period = case when ${isHeld}
        then tstzrange(now() - interval '1 hour', now() + interval '1 year')
        else tstzrange(now() - interval '2 hours', now() - interval '1 hour') end
      where id = ${things.seat}`.execute(db);
  }
  if (path.startsWith('/api/community/core-applications')) {
    await sql`delete from community.core_application where id <> ${things.application}`.execute(db);
    await sql`update community.core_application set state = 'open', decided_at = null where id = ${things.application}`.execute(
      db,
    );
    if (path.endsWith('/withdraw'))
      await sql`update community.core_application set member_id = ${things.owner} where id = ${things.application}`.execute(
        db,
      );
  }
  if (path.startsWith('/api/community/plan'))
    await sql`update community.plan_entry set state = 'planned', closed_on = null`.execute(db);
  if (path.startsWith('/api/community/meetings')) await prepareMeeting(db, path, things);
  if (path.startsWith('/api/community/areas'))
    await sql`update community.volunteer_hours set confirmed_by = null, confirmed_at = null`.execute(db);
  if (path.endsWith('/credit')) await prepareCredit(db, method, things);
  if (path.startsWith('/api/community/elections/')) await prepareElection(db, path, things);
}

/** A month that was met; paid when what was paid is to be taken back. */
async function prepareCredit(
  db: Context['db'],
  method: string,
  { area, owner }: GovernmentThings,
): Promise<void> {
  const key = `${area}:2020-01-01`;
  await sql`insert into community.area_month (area_id, month, member_id, value, target)
    values (${area}, '2020-01-01', ${owner}, 1, 1) on conflict do nothing`.execute(db);
  await sql`insert into community.point_entry (member_id, contra, base, spendable, cause, cause_key, life)
    select ${owner}, 'mint', 0, 0, 'area-met', ${key}, coalesce(max(e.life) + 1, 0)
    from community.point_entry e where e.cause = 'area-met' and e.cause_key = ${key}
    having ${method === 'DELETE'} and not coalesce(bool_or(e.reverses is null
      and not exists (select from community.point_entry r where r.reverses = e.id)), false)`.execute(db);
}

async function prepareMeeting(db: Context['db'], path: string, things: GovernmentThings): Promise<void> {
  const isOpen = /\/(remarks|polls|vote|end)$/.test(path);
  await sql`update community.meeting set state = ${isOpen ? 'open' : 'available'},
    opened_at = case when ${isOpen} then now() end, closed_at = null`.execute(db);
  await sql`update community.meeting_poll set closed_at = null`.execute(db);
  await sql`delete from community.meeting_proxy`.execute(db);
  await sql`insert into community.meeting_attendant (meeting_id, member_id)
    select ${things.meeting}, m.id from community.member m where m.id = ${things.owner} or m.handle = ${things.handle}
    on conflict do nothing`.execute(db);
}

async function prepareElection(db: Context['db'], path: string, things: GovernmentThings): Promise<void> {
  const isCounted = /\/(file|seats)$/.test(path);
  const isOpen = path.endsWith('/ballot');
  const tally = {
    method: 'approval',
    seats: 1,
    ballots: 0,
    quota: null,
    totals: ['0'],
    stages: [],
    winners: [0],
    tied: [],
    lot: [0],
  };
  await sql`update community.election_voter set has_voted = false`.execute(db);
  await sql`update community.election set cancelled_at = null, seated_at = null,
      opens_at = case when ${isOpen || isCounted} then now() - interval '1 day' else '2030-01-01'::timestamptz end,
      closes_at = case when ${isCounted} then now() - interval '1 hour' else '2030-01-02'::timestamptz end,
      counted_at = case when ${isCounted} then now() end,
      tally = case when ${isCounted} then ${JSON.stringify(tally)}::jsonb end,
      ballot_key = case when ${isCounted} then null else ${things.ballotKey}::bytea end
    where id = ${things.election}`.execute(db);
}

const words = { kind: 'event', title: 'A summit', note: '', place: '', owner: null };
const answers = {
  whoIAm: 'x',
  reason: 'x',
  valueOffered: 'x',
  viewOfPresent: 'x',
  area: 'x',
  yearlyMeasure: 'x',
  consequence: 'x',
};

/** Bodies whose fields ask for more than a schema can say. */
const bodies: Record<string, (things: GovernmentThings) => unknown> = {
  'POST /api/community/committees/{slug}/seats': ({ handle }) => ({ handle, office: 'member', months: 1 }),
  'PUT /api/community/committees/{slug}/matters/{matter}/assignee': ({ handle }) => ({ handle }),
  'POST /api/community/core-applications': () => ({ committee: 'media', ...answers }),
  'POST /api/community/plan': ({ committee }) => ({
    committee,
    ...words,
    startsOn: '2030-01-01',
    endsOn: '2030-01-02',
  }),
  'PUT /api/community/plan/{entry}': () => words,
  'POST /api/community/plan/{entry}/move': () => ({
    startsOn: '2030-02-01',
    endsOn: '2030-02-02',
    reason: 'x',
  }),
  'POST /api/community/meetings': ({ committee }) => ({
    committee,
    title: 'Talk',
    startsAt: '2030-01-01T00:00:00Z',
  }),
  'PUT /api/community/meetings/{meeting}/minutes': () => ({ minutes: 'What was said.' }),
  'PUT /api/community/meetings/{meeting}/proxy': ({ handle }) => ({ handle }),
  'POST /api/community/meetings/{meeting}/state': () => ({ to: 'open' }),
  'POST /api/community/meetings/{meeting}/polls': () => ({ question: 'Shall we?', options: ['Yes', 'No'] }),
  'PUT /api/community/meetings/{meeting}/polls/{poll}/vote': () => ({ option: 0 }),
  'POST /api/community/resolutions': ({ committee }) => ({
    committee,
    title: 'A decision',
    text: 'x',
    decidedOn: '2026-01-01',
  }),
  'POST /api/community/areas': ({ committee }) => ({ committee, kind: 'other', name: 'An area' }),
  'PUT /api/community/areas/{area}/owner': ({ handle }) => ({ handle }),
  'PUT /api/community/areas/{area}/measure': () => ({
    goal: { measure: 'articles', monthlyTarget: 1, covers: { locale: 'en' } },
  }),
  'POST /api/community/areas/{area}/hours': () => ({ day: '2026-01-01', minutes: 30, what: 'x' }),
  'POST /api/community/goals': ({ committee }) => ({
    committee,
    year: 2026,
    title: 'A goal',
    measure: 'articles',
    target: 5,
  }),
  'POST /api/community/elections': () => ({
    title: 'A seat',
    method: 'stv',
    seats: 1,
    opensAt: '2030-01-01T00:00:00Z',
    closesAt: '2030-01-02T00:00:00Z',
  }),
  'POST /api/community/elections/{election}/ballot': () => ({ marks: [] }),
};

/** The body of a route of committees, plans or elections; undefined when its schema says all. */
export const governmentBody = (
  { method, path }: { method: string; path: string },
  things: GovernmentThings,
): unknown => bodies[`${method} ${path}`]?.(things);
