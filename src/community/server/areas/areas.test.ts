import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testContext } from '#tests/support/context.ts';
import { somebody, writePost } from '#tests/support/somebody.ts';
import { readConfig } from '#src/platform/server/config.ts';
import { anonymous, type Context } from '#src/platform/server/context.ts';
import { createLog } from '#src/platform/server/log.ts';
import { fillSeat } from '../committees/fill-seat.ts';
import { replayLedger } from '../points/replay-points.ts';
import { assignArea } from './assign-area.ts';
import { changeCredit } from './change-credit.ts';
import { confirmHours } from './confirm-hours.ts';
import { defineArea } from './define-area.ts';
import { logHours } from './log-hours.ts';
import { measureAreas } from './measure-areas.job.ts';
import { listAreas, listHours } from './queries.ts';
import { lastMonth } from './rules.ts';

const operator = await testContext({ may: ['*'] });
const nobody: Context = { ...operator, actor: anonymous };
const { db } = operator;

const wish = (more: object = {}) => ({
  committee: 'website',
  kind: 'site-section' as const,
  name: 'Questions',
  ...more,
});
const find = async (id: number) => (await listAreas(nobody)).items.find((area) => area.id === id)!;

test('an area has one who answers for it or nobody, never two, and those without anybody come first', async () => {
  const [a, b, plain] = [await somebody(), await somebody(), await somebody()];
  const { id } = await defineArea(operator, wish());
  await expect(defineArea(plain.ctx, wish())).rejects.toMatchObject({ code: 'forbidden' });
  await expect(assignArea(plain.ctx, id, plain.member.handle)).rejects.toMatchObject({ code: 'forbidden' });
  await Promise.all([assignArea(operator, id, a.member.handle), assignArea(operator, id, b.member.handle)]);
  const { rows } = await sql<{
    now: number;
    all: number;
  }>`select count(*) filter (where period @> now())::int as now,
    count(*)::int as all from community.area_owner where area_id = ${id}`.execute(db);
  expect(rows).toEqual([{ now: 1, all: 2 }]);
  await expect(
    sql`insert into community.area_owner (area_id, member_id, period)
      values (${id}, ${plain.member.id}, tstzrange(now(), null))`.execute(db),
  ).rejects.toThrow('area_owner');
  const other = await defineArea(operator, wish({ name: 'Chapter 5', kind: 'manual-part' }));
  expect((await listAreas(nobody)).items[0]).toMatchObject({ id: other.id, owner: null });
  await assignArea(operator, id, null);
  expect((await find(id)).owner).toBeNull();
});

test('a month that is over is measured once, for who answered for the area through the whole of it', async () => {
  const who = await somebody();
  const goal = { measure: 'questions' as const, monthlyTarget: 2 };
  const met = await defineArea(operator, wish({ name: 'Met', goal }));
  const late = await defineArea(operator, wish({ name: 'Late', goal }));
  for (const { id } of [met, late]) await assignArea(operator, id, who.member.handle);
  const { from, until, month } = lastMonth(new Date());
  await sql`update community.area_owner set period = tstzrange(${from}::timestamptz - interval '1 day', null)
    where area_id = ${met.id}`.execute(db);
  const post = await writePost(who);
  const second = await writePost(who);
  await sql`update community.post set published_at = ${from}::timestamptz + interval '1 day' where id in (${post}, ${second})`.execute(
    db,
  );
  const third = await writePost(who);
  await sql`update community.post set published_at = ${until}::timestamptz where id = ${third}`.execute(db);
  const run = () =>
    measureAreas.run({ db, log: createLog('test', 'silent'), config: readConfig({}) }, {} as never);
  await Promise.all([run(), run()]);
  expect((await find(met.id)).months).toEqual([{ month, value: 2, target: 2, isMet: true, isPaid: true }]);
  expect((await find(late.id)).months).toEqual([]);
  await sql`delete from community.post where id = ${second}`.execute(db).catch(() => undefined);
  await run();
  expect((await find(met.id)).months).toHaveLength(1);
  expect(lastMonth(new Date('2026-01-15T00:00:00Z'))).toMatchObject({ month: '2025-12-01' });
});

test('a month that met its target is paid once, and what was taken back stays taken until somebody gives it again', async () => {
  const [who, other] = [await somebody(), await somebody()];
  const goal = { measure: 'questions' as const, monthlyTarget: 1 };
  const { id } = await defineArea(operator, wish({ name: 'Paid', goal }));
  const missed = await defineArea(operator, wish({ name: 'Missed', goal }));
  await assignArea(operator, id, who.member.handle);
  const month = '2024-03-01';
  const old = (areaId: number, memberId: string, value: number) =>
    sql`insert into community.area_month (area_id, month, member_id, value, target)
      values (${areaId}, ${month}::date, ${memberId}, ${value}, 1)`.execute(db);
  // Measured before months were paid.
  await old(id, who.member.id, 3);
  await old(missed.id, other.member.id, 0);
  const run = () =>
    measureAreas.run({ db, log: createLog('test', 'silent'), config: readConfig({}) }, {} as never);
  const balances = async ({ member }: typeof who) => {
    const { points, reputation } = await db
      .selectFrom('community.member')
      .select(['points', 'reputation'])
      .where('id', '=', member.id)
      .executeTakeFirstOrThrow();
    return { points, reputation };
  };
  const before = await balances(who);
  const paid = { points: before.points + 50, reputation: before.reputation + 50 };
  const othersBefore = await balances(other);
  await Promise.all([run(), run(), run()]);
  expect(await balances(who)).toEqual(paid);
  expect(await balances(other)).toEqual(othersBefore);

  await expect(changeCredit(who.ctx, id, month, false)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(changeCredit(operator, missed.id, month, true)).rejects.toMatchObject({ code: 'not_found' });
  await expect(changeCredit(operator, id, month, true)).rejects.toMatchObject({ code: 'conflict' });
  expect((await find(id)).months).toMatchObject([{ isMet: true, isPaid: true }]);
  await changeCredit(operator, id, month, false);
  expect(await balances(who)).toEqual(before);
  expect((await find(id)).months).toMatchObject([{ isMet: true, isPaid: false }]);
  await run();
  expect(await balances(who)).toEqual(before);
  await expect(changeCredit(operator, id, month, false)).rejects.toMatchObject({ code: 'conflict' });
  await changeCredit(operator, id, month, true);
  expect(await balances(who)).toEqual(paid);
  expect((await replayLedger(db)).differences).toEqual([]);
});

test('hours count once somebody else confirmed them, and a day has no more than twenty-four', async () => {
  const [helper, owner, seat, plain] = [
    await somebody(),
    await somebody(),
    await somebody(),
    await somebody(),
  ];
  await fillSeat(operator, 'website', { handle: seat.member.handle, office: 'member', months: 1 });
  const { id } = await defineArea(operator, wish({ name: 'Hours' }));
  await assignArea(operator, id, owner.member.handle);
  const today = new Date().toISOString().slice(0, 10);
  const log = (minutes: number, day = today) =>
    logHours(helper.ctx, id, { day, minutes, what: 'Sorted tags' });
  const first = await log(600);
  const second = await log(600);
  await expect(log(300)).rejects.toMatchObject({ code: 'conflict' });
  await expect(log(30, '2100-01-01')).rejects.toMatchObject({ code: 'invalid' });
  expect((await find(id)).minutes).toBe(0);
  await expect(confirmHours(helper.ctx, first.id)).rejects.toMatchObject({ code: 'not_found' });
  await expect(confirmHours(plain.ctx, first.id)).rejects.toMatchObject({ code: 'not_found' });
  expect(await listHours(plain.ctx)).toEqual([]);
  await confirmHours(owner.ctx, first.id);
  await confirmHours(seat.ctx, second.id);
  await expect(confirmHours(seat.ctx, second.id)).rejects.toMatchObject({ code: 'not_found' });
  expect((await find(id)).minutes).toBe(1200);
  expect((await listHours(helper.ctx)).map(({ isConfirmed }) => isConfirmed)).toEqual([true, true]);
});
