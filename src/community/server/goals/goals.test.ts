import { expect, test } from 'vitest';
import { testContext } from '#tests/support/context.ts';
import { somebody, writePost } from '#tests/support/somebody.ts';
import { measureNames } from '#src/community/contract/measures.ts';
import { anonymous, type Context } from '#src/platform/server/context.ts';
import { measure } from '../measures/queries.ts';
import { dropGoal } from './drop-goal.ts';
import { listGoals } from './queries.ts';
import { elapsedOf } from './rules.ts';
import { setGoal } from './set-goal.ts';

const operator = await testContext({ may: ['*'] });
const nobody: Context = { ...operator, actor: anonymous };
const year = new Date().getUTCFullYear();

test('how far a goal is, is counted from the rows at the moment of asking', async () => {
  const who = await somebody();
  const wish = {
    committee: 'media',
    year,
    title: 'Many questions',
    measure: 'questions' as const,
    target: 3,
  };
  await expect(setGoal(who.ctx, wish)).rejects.toMatchObject({ code: 'forbidden' });
  const { id } = await setGoal(operator, { ...wish, owner: who.member.handle });
  const now = async () => (await listGoals(nobody)).items.find((goal) => goal.id === id);
  expect(await now()).toMatchObject({
    value: 0,
    target: 3,
    owner: { handle: who.member.handle },
    mayDrop: false,
  });
  await writePost(who);
  await writePost(who);
  expect(await now()).toMatchObject({ value: 2 });
  expect((await listGoals(nobody, year - 1)).items).toEqual([]);
  await expect(dropGoal(who.ctx, id)).rejects.toMatchObject({ code: 'forbidden' });
  await dropGoal(operator, id);
  expect(await now()).toBeUndefined();
  await expect(dropGoal(operator, id)).rejects.toMatchObject({ code: 'not_found' });
});

test('every measure on the list is a count over rows that runs', async () => {
  const span = { from: new Date(Date.UTC(year, 0, 1)), until: new Date(Date.UTC(year + 1, 0, 1)) };
  for (const name of measureNames)
    expect(await measure(operator.db, name, span), name).toBeGreaterThanOrEqual(0);
});

test('how much of a year is over', () => {
  const span = { from: new Date('2026-01-01'), until: new Date('2027-01-01') };
  expect(elapsedOf(span, new Date('2025-06-01'))).toBe(0);
  expect(elapsedOf(span, new Date('2026-07-02T12:00:00Z'))).toBe(50);
  expect(elapsedOf(span, new Date('2030-01-01'))).toBe(100);
});
