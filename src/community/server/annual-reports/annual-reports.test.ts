import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testContext } from '#tests/support/context.ts';
import { somebody, writePost } from '#tests/support/somebody.ts';
import { anonymous, type Context } from '#src/platform/server/context.ts';
import { assignArea } from '../areas/assign-area.ts';
import { confirmHours } from '../areas/confirm-hours.ts';
import { defineArea } from '../areas/define-area.ts';
import { logHours } from '../areas/log-hours.ts';
import { setGoal } from '../goals/set-goal.ts';
import { closePlan } from '../plan/close-plan.ts';
import { planSomething } from '../plan/plan-something.ts';
import { recordResolution } from '../resolutions/record-resolution.ts';
import { getAnnualReport } from './queries.ts';

const operator = await testContext({ may: ['*'] });
const nobody: Context = { ...operator, actor: anonymous };
const { db } = operator;
const year = 2021;

test('the report of a year has the confirmed hours by area, and those of no other year', async () => {
  const [owner, one, two] = [await somebody(), await somebody(), await somebody()];
  const areaOf = async (name: string) => {
    const { id } = await defineArea(operator, { committee: 'website', kind: 'other', name });
    await assignArea(operator, id, owner.member.handle);
    return id;
  };
  const [tags, pages] = [await areaOf('Tags'), await areaOf('Pages')];
  const log = async (who: typeof one, area: number, day: string, minutes: number, isConfirmed = true) => {
    const { id } = await logHours(who.ctx, area, { day, minutes, what: 'Helped' });
    if (isConfirmed) await confirmHours(owner.ctx, id);
  };
  await log(one, tags, `${year}-01-01`, 90);
  await log(one, tags, `${year}-06-01`, 30);
  await log(two, tags, `${year}-12-31`, 60);
  await log(two, pages, `${year}-12-31`, 45);
  await log(two, pages, `${year}-12-30`, 600, false);
  await log(two, pages, `${year + 1}-01-01`, 600);
  await log(one, pages, `${year - 1}-12-31`, 600);
  const committee = { slug: 'website', name: 'Website' };
  expect((await getAnnualReport(nobody, { year })).hours).toEqual({
    minutes: 225,
    volunteers: 2,
    areas: [
      { id: tags, name: 'Tags', committee, minutes: 180, volunteers: 2 },
      { id: pages, name: 'Pages', committee, minutes: 45, volunteers: 1 },
    ],
  });
  expect((await getAnnualReport(nobody, { year: 2019 })).hours).toEqual({
    minutes: 0,
    volunteers: 0,
    areas: [],
  });
});

test('its other figures are counted from the rows of the year', async () => {
  const who = await somebody();
  const articles = [await writePost(who, { kind: 'article' }), await writePost(who, { kind: 'article' })];
  await sql`update community.post set published_at = ${`${year}-12-31T23:59:59Z`} where id = ${articles[0]!}`.execute(
    db,
  );
  await sql`update community.post set published_at = ${`${year + 1}-01-01T00:00:00Z`} where id = ${articles[1]!}`.execute(
    db,
  );
  await setGoal(operator, {
    committee: 'media',
    year,
    title: 'Two articles',
    measure: 'articles',
    target: 2,
  });
  const wish = { committee: 'media', kind: 'event' as const, title: 'Summit' };
  const planned = { ...wish, startsOn: `${year}-05-01`, endsOn: `${year}-05-02` };
  const { id: late } = await planSomething(operator, planned);
  await closePlan(operator, late, { outcome: 'done' });
  const { id: dropped } = await planSomething(operator, planned);
  await closePlan(operator, dropped, { outcome: 'cancelled' });
  await planSomething(operator, { ...wish, startsOn: `${year + 1}-05-01`, endsOn: `${year + 1}-05-02` });
  for (const decidedOn of [`${year}-12-31`, `${year + 1}-01-01`])
    await recordResolution(operator, { committee: 'media', title: 'A fund', text: 'One.', decidedOn });
  const report = await getAnnualReport(nobody, { year });
  expect(report).toMatchObject({
    year,
    isOver: true,
    goals: [{ title: 'Two articles', measure: 'articles', value: 1, target: 2 }],
    plan: { planned: 2, done: 1, onTime: 0, cancelled: 1 },
    decisions: 1,
    elections: 0,
    meetings: 0,
    income: [],
  });
  expect(report.measures.find(({ name }) => name === 'articles')).toEqual({ name: 'articles', value: 1 });
  expect(await getAnnualReport(nobody, {})).toMatchObject({
    year: new Date().getUTCFullYear(),
    isOver: false,
  });
});
