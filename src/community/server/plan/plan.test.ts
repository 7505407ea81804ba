import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testContext } from '#tests/support/context.ts';
import { somebody } from '#tests/support/somebody.ts';
import { anonymous, type Context } from '#src/platform/server/context.ts';
import { fillSeat } from '../committees/fill-seat.ts';
import { getCommittee } from '../committees/queries.ts';
import { closePlan } from './close-plan.ts';
import { editPlan } from './edit-plan.ts';
import { movePlan } from './move-plan.ts';
import { planSomething } from './plan-something.ts';
import { getPlan } from './queries.ts';
import { slipOf } from './rules.ts';

const operator = await testContext({ may: ['*'] });
const nobody: Context = { ...operator, actor: anonymous };
const year = new Date().getUTCFullYear() + 1;
const wish = {
  committee: 'media',
  kind: 'event' as const,
  title: 'National summit',
  startsOn: `${year}-05-01`,
  endsOn: `${year}-05-02`,
};
const only = async (id: number) =>
  (await getPlan(nobody, { year })).entries.find((entry) => entry.id === id)!;

test('those with a seat plan for their committee; a move keeps what was first planned and says why', async () => {
  const who = await somebody();
  await expect(planSomething(who.ctx, wish)).rejects.toMatchObject({ code: 'forbidden' });
  await fillSeat(operator, 'media', { handle: who.member.handle, office: 'member', months: 6 });
  const { id } = await planSomething(who.ctx, { ...wish, owner: who.member.handle });
  await expect(planSomething(who.ctx, { ...wish, committee: 'press' })).rejects.toMatchObject({
    code: 'forbidden',
  });
  await movePlan(who.ctx, id, {
    startsOn: `${year}-06-01`,
    endsOn: `${year}-06-02`,
    reason: 'The hall burnt.',
  });
  await editPlan(who.ctx, id, { kind: 'event', title: 'National summit, 2nd', owner: who.member.handle });
  expect(await only(id)).toMatchObject({
    title: 'National summit, 2nd',
    plannedOn: `${year}-05-01`,
    startsOn: `${year}-06-01`,
    slipDays: 31,
    sequence: 2,
    moves: [{ wasOn: `${year}-05-01`, reason: 'The hall burnt.' }],
    owner: { handle: who.member.handle },
    mayChange: false,
  });
  expect((await getPlan(who.ctx, { year, committee: 'media' })).entries[0]?.mayChange).toBe(true);
  expect((await getPlan(who.ctx, { year, committee: 'press' })).entries).toEqual([]);
  expect((await getPlan(nobody, { year: year + 1 })).entries).toEqual([]);
  await expect(
    sql`update community.plan_entry set planned_on = starts_on`.execute(operator.db),
  ).rejects.toThrow('never changed');
  await closePlan(who.ctx, id, { outcome: 'cancelled' });
  await expect(closePlan(who.ctx, id, { outcome: 'done' })).rejects.toMatchObject({ code: 'conflict' });
  expect(await only(id)).toMatchObject({ state: 'cancelled', slipDays: 0, sequence: 3 });
});

test('a plan that was done on its day is counted, from the rows', async () => {
  const kept = async () =>
    (await getCommittee(nobody, 'board')).measures.find(({ name }) => name === 'plan-kept')!.value;
  const before = await kept();
  const today = new Date().toISOString().slice(0, 10);
  const { id } = await planSomething(operator, { ...wish, startsOn: today, endsOn: today });
  expect(await kept()).toBe(before);
  await closePlan(operator, id, { outcome: 'done' });
  expect(await kept()).toBe(before + 1);
  const late = await planSomething(operator, { ...wish, startsOn: '2025-01-01', endsOn: '2025-01-02' });
  await closePlan(operator, late.id, { outcome: 'done' });
  expect(await kept()).toBe(before + 1);
});

test('what is past its last day and not done slips further every day', () => {
  const entry = {
    plannedUntil: '2026-05-02',
    endsOn: '2026-05-02',
    state: 'planned' as const,
    closedOn: null,
  };
  expect(slipOf(entry, '2026-05-01')).toBe(0);
  expect(slipOf(entry, '2026-05-12')).toBe(10);
  expect(slipOf({ ...entry, state: 'done', closedOn: '2026-05-01' }, '2026-06-01')).toBe(-1);
  expect(slipOf({ ...entry, endsOn: '2026-06-02' }, '2026-05-01')).toBe(31);
});
