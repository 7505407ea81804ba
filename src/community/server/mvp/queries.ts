import { sql } from 'kysely';
import type { MvpArchive, MvpDossier, MvpKind, MvpPage, MvpRound } from '#src/community/contract/mvp.ts';
import { mvpText } from '#src/community/contract/mvp.text.ts';
import type { Context } from '#src/platform/server/context.ts';
import type { Db } from '#src/platform/server/db.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { cardColumns, cardOf } from '../members/queries.ts';
import { mayAsStaff } from '../members/require-staff.ts';
import { listEmployers } from '../moderation/require-neutral.ts';
import { findReader } from '../organisations/queries.ts';
import { livingEntry } from '../points/change-points.ts';
import { conflictOfJuror, phaseOf } from './rules.ts';

/** What the rows say of a member: in the year of a round, or for a lifetime until its end. */
export async function findDossier(
  db: Db,
  memberId: string,
  { kind, year }: { kind: string; year: number },
): Promise<MvpDossier> {
  const from = kind === 'lifetime' ? '-infinity' : `${year}-01-01T00:00:00Z`;
  const until = `${year + 1}-01-01T00:00:00Z`;
  const { rows } = await sql<MvpDossier>`
    with counted as (
      select e.cause, e.growth from community.point_entry e
      where e.member_id = ${memberId} and e.at >= ${from}::timestamptz and e.at < ${until}::timestamptz and ${livingEntry}
    ), written as (
      select p.kind from community.post p where p.author_id = ${memberId} and p.state = 'published'
        and p.published_at >= ${from}::timestamptz and p.published_at < ${until}::timestamptz
    )
    select coalesce((select sum(growth) from counted), 0)::integer as growth,
      (select count(*) from written where kind = 'article')::integer as articles,
      (select count(*) from counted where cause = 'featured')::integer as featured,
      (select count(*) from written where kind = 'answer')::integer as answers,
      (select count(*) from counted where cause = 'accepted')::integer as accepted,
      (select count(*) from counted where cause = 'suggested-edit')::integer as edits,
      (select coalesce(sum(v.minutes), 0) / 60 from community.volunteer_hours v
        where v.member_id = ${memberId} and v.confirmed_at is not null
          and v.day >= ${from}::timestamptz::date and v.day < ${until}::timestamptz::date)::integer as hours`.execute(
    db,
  );
  return rows[0]!;
}

const rounds = ({ db }: Context) =>
  db
    .selectFrom('community.mvp_round as r')
    .select(['r.id', 'r.kind', 'r.year', 'r.winners', 'r.nominate_until', 'r.score_until', 'r.published_at']);

function roundIn(row: Awaited<ReturnType<ReturnType<typeof rounds>['execute']>>[number]): MvpRound {
  const times = {
    nominateUntil: row.nominate_until,
    scoreUntil: row.score_until,
    publishedAt: row.published_at,
  };
  return {
    id: row.id,
    kind: row.kind as MvpKind,
    year: row.year,
    winners: row.winners,
    phase: phaseOf(times, new Date()),
    nominateUntil: row.nominate_until.toISOString(),
    scoreUntil: row.score_until.toISOString(),
    publishedAt: row.published_at?.toISOString() ?? null,
  };
}

/** All rounds, the newest first, each with those who won it and whose award stands. */
export async function listRounds(ctx: Context): Promise<MvpArchive> {
  const rows = await rounds(ctx).orderBy('r.year', 'desc').orderBy('r.id', 'desc').limit(200).execute();
  const winners = await ctx.db
    .selectFrom('community.mvp_nominee as n')
    .innerJoin('community.member as m', 'm.id', 'n.member_id')
    .select('n.round_id as roundId')
    .select(cardColumns)
    .where('n.is_winner', '=', true)
    .where('n.revoked_at', 'is', null)
    .orderBy('n.place')
    .orderBy('n.id')
    .execute();
  return {
    rounds: rows.map((row) => ({
      ...roundIn(row),
      winnersAre: winners.flatMap((one) => (one.roundId === row.id ? [cardOf(one, ctx.locale)] : [])),
    })),
    mayRun: await mayAsStaff(ctx, 'community.mvp.run'),
  };
}

/** A round with its jury and nominees: what the rows say of each, for a juror the own scores, and from the publication on the result. */
export async function getRound(ctx: Context, id: number): Promise<MvpPage> {
  const row = await rounds(ctx).where('r.id', '=', id).executeTakeFirst();
  if (!row) throw new AppError('not_found', mvpText.noSuchRound);
  const reader = await findReader(ctx);
  const jury = await ctx.db
    .selectFrom('community.mvp_juror as j')
    .innerJoin('community.member as m', 'm.id', 'j.member_id')
    .select('m.id')
    .select(cardColumns)
    .where('j.round_id', '=', id)
    .orderBy('m.handle')
    .execute();
  const isJuror = reader !== undefined && jury.some((one) => one.id === reader.id);
  return {
    round: roundIn(row),
    jury: jury.map((one) => cardOf(one, ctx.locale)),
    nominees: await listNominees(ctx, row, isJuror ? reader : undefined),
    viewer: { isJuror, mayRun: await mayAsStaff(ctx, 'community.mvp.run') },
  };
}

async function listNominees(
  ctx: Context,
  round: { id: number; kind: string; year: number },
  juror: { id: string } | undefined,
): Promise<MvpPage['nominees']> {
  const rows = await ctx.db
    .selectFrom('community.mvp_nominee as n')
    .innerJoin('community.member as m', 'm.id', 'n.member_id')
    .leftJoin('community.mvp_score as s', (join) =>
      join.onRef('s.nominee_id', '=', 'n.id').on('s.juror_id', '=', juror?.id ?? null),
    )
    .select(['n.id', 'n.member_id', 'n.nominated_by', 'n.reason', 'n.dossier', 'n.mean', 'n.place'])
    .select(['n.is_winner', 'n.revoked_reason', 's.points', 's.note'])
    .select(cardColumns)
    .where('n.round_id', '=', round.id)
    .orderBy('n.place')
    .orderBy('n.id')
    .execute();
  const nominators = await ctx.db
    .selectFrom('community.member as m')
    .select('m.id')
    .select(cardColumns)
    .where(
      'm.id',
      'in',
      ctx.db.selectFrom('community.mvp_nominee').select('nominated_by').where('round_id', '=', round.id),
    )
    .execute();
  const employersOf = async (memberId: string) =>
    (await listEmployers(ctx.db, memberId)).map((one) => one.id);
  const own = juror && { id: juror.id, employers: await employersOf(juror.id) };
  const nominees: MvpPage['nominees'] = [];
  for (const row of rows) {
    const nominator = nominators.find((one) => one.id === row.nominated_by)!;
    const asked = { memberId: row.member_id, nominatedBy: row.nominated_by };
    nominees.push({
      id: row.id,
      member: cardOf(row, ctx.locale),
      nominatedBy: cardOf(nominator, ctx.locale),
      reason: row.reason,
      dossier: row.dossier
        ? // Results that were published before hours were counted have none.
          { hours: 0, ...(row.dossier as Omit<MvpDossier, 'hours'>) }
        : await findDossier(ctx.db, row.member_id, round),
      mean: row.mean === null ? null : Number(row.mean),
      place: row.place,
      isWinner: row.is_winner,
      revokedReason: row.revoked_reason,
      conflict: own
        ? (conflictOfJuror(own, { ...asked, employers: await employersOf(row.member_id) }) ?? null)
        : null,
      own: row.points === null ? null : { points: row.points, note: row.note ?? '' },
    });
  }
  return nominees;
}
