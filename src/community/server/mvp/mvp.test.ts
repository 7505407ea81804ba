import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { database } from '#tests/support/context.ts';
import { testMember, theHouse, type TestMember } from '#tests/support/members.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { logHours } from '../areas/log-hours.ts';
import { createOrganisation } from '../organisations/create-organisation.ts';
import { awardPoints } from '../points/change-points.ts';
import { nominateMember } from './nominate-member.ts';
import { openRound } from './open-round.ts';
import { publishRound } from './publish-round.ts';
import { getRound, listRounds } from './queries.ts';
import { revokeAward } from './revoke-award.ts';
import { scoreNominee } from './score-nominee.ts';

const { db } = database;
let staff: Context;
let jury: TestMember[];
let fan: TestMember;
let year = 2026;
beforeEach(async () => {
  staff = await theHouse();
  jury = [await testMember(), await testMember(), await testMember()];
  fan = await testMember();
  await db.deleteFrom('community.mvp_round').execute();
  year = new Date().getUTCFullYear();
});

const inDays = (days: number) => new Date(Date.now() + days * 24 * 3600_000).toISOString();
const open = (kind: 'yearly' | 'lifetime' = 'yearly', winners = 1) =>
  openRound(staff, {
    kind,
    year,
    winners,
    nominateUntil: inDays(1),
    scoreUntil: inDays(2),
    jury: jury.map(({ handle }) => handle),
  });
/** Lets the time of a phase pass. */
const pass = (id: number, what: 'nominate_until' | 'score_until') =>
  sql`update community.mvp_round set nominate_until = now() - interval '1 hour',
    score_until = ${what === 'score_until' ? sql`now() - interval '1 minute'` : sql`score_until`} where id = ${id}`.execute(
    db,
  );
const nominate = (id: number, who: TestMember, by = fan) =>
  nominateMember(by.ctx, id, { handle: who.handle, reason: 'For everything.' });
const conflict = { code: 'conflict' };

test('a round is nominated, judged and published, and stays in the archive as it was', async () => {
  const { id } = await open();
  const [anna, bert] = [await testMember(), await testMember()];
  for (let i = 0; i < 3; i++)
    await inTransaction(staff, (tx) =>
      awardPoints(tx, { memberId: bert.id, cause: 'accepted', key: `mvp ${i}` }),
    );
  const { area } = await db
    .insertInto('community.area')
    .values({
      committee_id: db.selectFrom('community.committee').select('id').limit(1),
      kind: 'site-section',
      name: 'Mvp section',
    })
    .returning('id as area')
    .executeTakeFirstOrThrow();
  for (const [minutes, confirmed] of [
    [90, true],
    [40, true],
    [600, false],
  ] as const) {
    const hours = await logHours(bert.ctx, area, { day: `${year}-01-01`, minutes, what: 'Translated.' });
    if (confirmed)
      await sql`update community.volunteer_hours set confirmed_at = now(), confirmed_by = ${fan.id} where id = ${hours.id}`.execute(
        db,
      );
  }
  const [first, second] = [await nominate(id, anna), await nominate(id, bert)];
  await expect(nominate(id, anna)).rejects.toMatchObject(conflict);
  await expect(nominate(id, fan)).rejects.toMatchObject(conflict);
  await expect(nominate(id, jury[0]!)).rejects.toMatchObject(conflict);
  await expect(scoreNominee(jury[0]!.ctx, first.id, { points: 90 })).rejects.toMatchObject(conflict);
  await pass(id, 'nominate_until');
  await expect(nominate(id, await testMember())).rejects.toMatchObject(conflict);
  await expect(scoreNominee(fan.ctx, first.id, { points: 90 })).rejects.toMatchObject(conflict);
  for (const juror of jury) {
    await scoreNominee(juror.ctx, first.id, { points: 10 });
    await scoreNominee(juror.ctx, first.id, { points: 80, note: 'Better than I thought.' });
    await scoreNominee(juror.ctx, second.id, { points: 80 });
  }
  await expect(publishRound(staff, id)).rejects.toMatchObject(conflict);
  const seenByJuror = await getRound(jury[0]!.ctx, id);
  expect(seenByJuror.nominees[0]).toMatchObject({ own: { points: 80 }, mean: null, conflict: null });
  expect((await getRound(fan.ctx, id)).nominees.map(({ own, mean }) => [own, mean])).toEqual([
    [null, null],
    [null, null],
  ]);
  await pass(id, 'score_until');
  await expect(publishRound(fan.ctx, id)).rejects.toMatchObject({ code: 'forbidden' });
  await publishRound(staff, id);
  // Alike in the jury's eyes: who earned more in the year comes first.
  const { nominees, round } = await getRound(fan.ctx, id);
  expect(round.phase).toBe('published');
  expect(nominees.map(({ member, place, isWinner, mean }) => [member.handle, place, isWinner, mean])).toEqual(
    [
      [bert.handle, 1, true, 80],
      [anna.handle, 2, false, 80],
    ],
  );
  expect(nominees[0]!.dossier).toMatchObject({ growth: 45, accepted: 3, hours: 2 });
  // What comes later changes nothing of it.
  await inTransaction(staff, (tx) =>
    awardPoints(tx, { memberId: anna.id, cause: 'featured', key: 'mvp later' }),
  );
  expect((await getRound(fan.ctx, id)).nominees[1]!.dossier.growth).toBe(0);
  expect((await listRounds(fan.ctx)).rounds).toMatchObject([
    { id, kind: 'yearly', winnersAre: [{ handle: bert.handle }] },
  ]);
  await expect(publishRound(staff, id)).rejects.toMatchObject(conflict);
  await expect(open()).rejects.toMatchObject(conflict);
});

test('a juror scores neither whom they nominated nor whom they work with', async () => {
  const { id } = await open();
  const [anna, colleague] = [await testMember(), await testMember()];
  const named = await nominate(id, anna, jury[0]);
  const works = await nominate(id, colleague);
  const { slug } = await createOrganisation(jury[0]!.ctx, {
    name: `Mvp ${Date.now()}`,
    kind: 'end-user',
    evidence: 'x',
  });
  await sql`insert into community.employment (member_id, organisation_id, period)
    select ${colleague.id}, id, daterange(current_date - 10, null) from community.organisation where slug = ${slug}`.execute(
    db,
  );
  await pass(id, 'nominate_until');
  for (const nominee of [named, works])
    await expect(scoreNominee(jury[0]!.ctx, nominee.id, { points: 100 })).rejects.toMatchObject(conflict);
  expect((await getRound(jury[0]!.ctx, id)).nominees.map((one) => one.conflict)).toEqual([
    'nominator',
    'colleague',
  ]);
  await scoreNominee(jury[1]!.ctx, works.id, { points: 100 });
});

test('an award for a lifetime is given once, never ends by itself, and is taken back only by a resolution that is named', async () => {
  const { id } = await open('lifetime');
  const anna = await testMember();
  const { id: nominee } = await nominate(id, anna);
  await pass(id, 'nominate_until');
  for (const juror of jury) await scoreNominee(juror.ctx, nominee, { points: 90 });
  await pass(id, 'score_until');
  await publishRound(staff, id);
  year += 1;
  const { id: next } = await open('lifetime');
  await expect(nominate(next, anna)).rejects.toMatchObject(conflict);
  await expect(revokeAward(fan.ctx, nominee, { resolution: 'x' })).rejects.toMatchObject({
    code: 'forbidden',
  });
  await expect(revokeAward(staff, nominee, { resolution: '' })).rejects.toThrow();
  await revokeAward(staff, nominee, { resolution: 'Resolution 12 of 2026' });
  await expect(revokeAward(staff, nominee, { resolution: 'again' })).rejects.toMatchObject(conflict);
  expect((await getRound(fan.ctx, id)).nominees[0]).toMatchObject({
    isWinner: true,
    revokedReason: 'Resolution 12 of 2026',
  });
  await nominate(next, anna);
});

test('an award of a year is not taken back; only staff begin rounds, and in the order of time', async () => {
  const { id } = await open();
  const anna = await testMember();
  const { id: nominee } = await nominate(id, anna);
  await pass(id, 'nominate_until');
  for (const juror of jury) await scoreNominee(juror.ctx, nominee, { points: 90 });
  await pass(id, 'score_until');
  await publishRound(staff, id);
  await expect(revokeAward(staff, nominee, { resolution: 'x' })).rejects.toMatchObject(conflict);
  const wish = {
    kind: 'yearly',
    year: year + 1,
    winners: 1,
    jury: jury.map(({ handle }) => handle),
  } as const;
  const times = { nominateUntil: inDays(2), scoreUntil: inDays(3) };
  await expect(openRound(fan.ctx, { ...wish, ...times })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(openRound(staff, { ...wish, ...times, scoreUntil: inDays(1) })).rejects.toMatchObject(
    conflict,
  );
  await expect(
    openRound(staff, { ...wish, ...times, jury: ['nobody-at-all', jury[0]!.handle] }),
  ).rejects.toMatchObject({ code: 'not_found' });
});
