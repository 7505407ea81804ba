import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testContext } from '#tests/support/context.ts';
import { somebody, writePost } from '#tests/support/somebody.ts';
import { readConfig } from '#src/platform/server/config.ts';
import { anonymous, inTransaction, type Context } from '#src/platform/server/context.ts';
import { createLog } from '#src/platform/server/log.ts';
import { decideChapter } from '../chapters/decide-chapter.ts';
import { foundChapter } from '../chapters/found-chapter.ts';
import { joinChapter } from '../chapters/join-chapter.ts';
import { closeMatter } from '../committees/close-matter.ts';
import { fileMatter } from '../committees/file-matter.ts';
import { fillSeat } from '../committees/fill-seat.ts';
import { measure } from '../measures/queries.ts';
import { replayLedger } from '../points/replay-points.ts';
import { assignArea } from './assign-area.ts';
import { changeCredit } from './change-credit.ts';
import { confirmHours } from './confirm-hours.ts';
import { defineArea } from './define-area.ts';
import { logHours } from './log-hours.ts';
import { measureAreas } from './measure-areas.job.ts';
import { joinSeries } from '../series/join-series.ts';
import { listAreas, listHours } from './queries.ts';
import { lastMonth } from './rules.ts';
import { setMeasure } from './set-measure.ts';

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

test('an area is measured and paid by what it covers, not by what the whole community did', async () => {
  const [leader, outsider, owner] = [
    await somebody({ reputation: 2000 }),
    await somebody(),
    await somebody(),
  ];
  const { slug } = await foundChapter(leader.ctx, {
    name: 'Hangzhou',
    country: 'CN',
    city: 'Hangzhou',
    locale: 'zh-CN',
  });
  await decideChapter(operator, slug, null);
  const { from } = lastMonth(new Date());
  await sql`update community.chapter_member set since = ${from}`.execute(db);
  const write = async (who: typeof leader, more: { locale?: 'zh-CN'; tags?: string[] } = {}) => {
    const id = await writePost(who, { kind: 'article', title: 'How we keep the manual', ...more });
    await sql`update community.post set published_at = ${from}::timestamptz + interval '2 days'
      where id = ${id}`.execute(db);
    return id;
  };
  await write(leader, { tags: ['vacuum-manual'] });
  await write(outsider, { tags: ['vacuum-manual'] });
  await write(outsider, { locale: 'zh-CN' });
  const part = await write(outsider);
  await inTransaction(outsider.ctx, (tx) =>
    joinSeries(tx, { id: part, authorId: outsider.member.id }, 'Part three of the manual'),
  );
  const { series_id: series } = await db
    .selectFrom('community.post')
    .select('series_id')
    .where('id', '=', part)
    .executeTakeFirstOrThrow();

  const goal = { measure: 'articles' as const, monthlyTarget: 2 };
  const areaOf = async (name: string, kind: 'chapter' | 'manual-part', covers: object) => {
    const { id } = await defineArea(operator, wish({ name, kind, goal: { ...goal, covers } }));
    await assignArea(operator, id, owner.member.handle);
    await sql`update community.area_owner set period = tstzrange(${from}::timestamptz - interval '1 day', null)
      where area_id = ${id}`.execute(db);
    return id;
  };
  const areas = {
    chapter: await areaOf('Hangzhou', 'chapter', { chapter: slug }),
    tag: await areaOf('Vacuum', 'manual-part', { tag: 'vacuum-manual' }),
    series: await areaOf('Part three', 'manual-part', { series }),
    locale: await areaOf('Chinese', 'manual-part', { locale: 'zh-CN' }),
    both: await areaOf('Vacuum in Hangzhou', 'chapter', { chapter: slug, tag: 'vacuum-manual' }),
  };
  await measureAreas.run({ db, log: createLog('test', 'silent'), config: readConfig({}) }, {} as never);
  const monthOf = async (id: number) => {
    const [last] = (await find(id)).months;
    return last && { value: last.value, isMet: last.isMet, isPaid: last.isPaid };
  };
  const missed = { value: 1, isMet: false, isPaid: false };
  expect(await monthOf(areas.chapter)).toEqual(missed);
  expect(await monthOf(areas.tag)).toEqual({ value: 2, isMet: true, isPaid: true });
  expect(await monthOf(areas.series)).toEqual(missed);
  expect(await monthOf(areas.locale)).toEqual(missed);
  expect(await monthOf(areas.both)).toEqual(missed);
  expect((await find(areas.both)).covers).toEqual({
    chapter: { slug, name: 'Hangzhou' },
    tag: 'vacuum-manual',
    series: null,
    locale: null,
    industry: null,
    role: null,
  });

  // A chapter's new members are those who joined it, and what was written before is not the chapter's.
  await setMeasure(operator, areas.chapter, {
    measure: 'new-members',
    monthlyTarget: 1,
    covers: { chapter: slug, tag: null, series: null, locale: null, industry: null, role: null },
  });
  expect((await find(areas.chapter)).goal).toMatchObject({ measure: 'new-members', value: 0 });
  await joinChapter(outsider.ctx, slug);
  expect((await find(areas.chapter)).goal).toMatchObject({ value: 1 });
  const { id: chapterId } = await db
    .selectFrom('community.chapter')
    .select('id')
    .where('slug', '=', slug)
    .executeTakeFirstOrThrow();
  const span = { from: new Date(0), until: new Date() };
  expect(await measure(db, 'articles', span, { chapter: chapterId })).toBe(1);
});

test('a part of something says what it covers before it is measured, and by a measure that can be narrowed to it', async () => {
  const goal = { measure: 'articles' as const, monthlyTarget: 1 };
  const plain = await somebody();
  for (const kind of ['chapter', 'manual-part'] as const)
    await expect(defineArea(operator, wish({ kind, goal }))).rejects.toMatchObject({ code: 'invalid' });
  const tagless = wish({ kind: 'manual-part', goal: { ...goal, covers: { tag: 'no-such-tag' } } });
  await expect(defineArea(operator, tagless)).rejects.toMatchObject({ code: 'not_found' });
  const chapterless = wish({ kind: 'chapter', goal: { ...goal, covers: { chapter: 'no-such' } } });
  await expect(defineArea(operator, chapterless)).rejects.toMatchObject({ code: 'not_found' });
  const placements = { measure: 'placements' as const, monthlyTarget: 1, covers: { locale: 'en' as const } };
  await expect(defineArea(operator, wish({ goal: placements }))).rejects.toMatchObject({ code: 'invalid' });
  // Defined before areas said what they cover.
  const { id } = await defineArea(operator, wish({ kind: 'manual-part', name: 'Old' }));
  await sql`update community.area set measure = 'articles', monthly_target = 1 where id = ${id}`.execute(db);
  await assignArea(operator, id, plain.member.handle);
  await sql`update community.area_owner set period = tstzrange('2020-01-01', null) where area_id = ${id}`.execute(
    db,
  );
  await measureAreas.run({ db, log: createLog('test', 'silent'), config: readConfig({}) }, {} as never);
  expect(await find(id)).toMatchObject({ months: [], goal: { value: null } });
  const none = { chapter: null, tag: null, series: null, industry: null, role: null };
  const covered = { ...goal, covers: { ...none, locale: 'en' as const } };
  await expect(setMeasure(plain.ctx, id, covered)).rejects.toMatchObject({ code: 'forbidden' });
  await setMeasure(operator, id, covered);
  expect(await find(id)).toMatchObject({ covers: { locale: 'en' }, goal: { monthlyTarget: 1 } });
  expect((await find(id)).goal?.value).not.toBeNull();
});

test('what a committee works off is counted for its own areas; the board has all of it', async () => {
  const filer = await somebody();
  const goal = { measure: 'matters-closed' as const, monthlyTarget: 1 };
  const ids: number[] = [];
  for (const committee of ['press', 'ecosystem', 'board'])
    ids.push((await defineArea(operator, wish({ committee, name: committee, kind: 'other', goal }))).id);
  const values = () => Promise.all(ids.map(async (id) => (await find(id)).goal?.value));
  const before = (await values()) as [number, number, number];
  const { id } = await fileMatter(filer.ctx, 'press', { title: 'A picture', markdown: '' });
  await closeMatter(operator, 'press', id, { outcome: 'done', answer: 'Used.' });
  expect(await values()).toEqual([before[0] + 1, before[1], before[2] + 1]);
});
