import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testContext } from '#tests/support/context.ts';
import { somebody, type Somebody } from '#tests/support/somebody.ts';
import { anonymous, type Context } from '#src/platform/server/context.ts';
import { decideChapter } from '../chapters/decide-chapter.ts';
import { foundChapter } from '../chapters/found-chapter.ts';
import { listChapters } from '../chapters/queries.ts';
import { eraseMember } from '../privacy/erase-member.ts';
import { callMeeting } from '../meetings/call-meeting.ts';
import { listMeetings } from '../meetings/queries.ts';
import { mayAsStaff } from '../members/require-staff.ts';
import { planSomething } from '../plan/plan-something.ts';
import { getPlan } from '../plan/queries.ts';
import { assignMatter } from './assign-matter.ts';
import { closeMatter } from './close-matter.ts';
import { fileMatter } from './file-matter.ts';
import { fillSeat } from './fill-seat.ts';
import { getCommittee, getQueue, listCommittees } from './queries.ts';
import { maxOpenMatters } from './matters.rules.ts';
import { measuresOf, permitsOf } from './seats.rules.ts';
import { vacateSeat } from './vacate-seat.ts';
import { community } from '../room.ts';

const operator = await testContext({ may: ['*'] });
const nobody: Context = { ...operator, actor: anonymous };
const { db } = operator;

const seat = (who: Somebody, office: 'chair' | 'deputy' | 'member' = 'member', more: object = {}) => ({
  handle: who.member.handle,
  office,
  months: 12,
  ...more,
});
/** Lets a seat lie in the past, or begin or end at another time. */
const setPeriod = (id: string, from: string, until: string) =>
  sql`update community.committee_seat set period = tstzrange(now() + ${from}::interval, now() + ${until}::interval)
    where id = ${id}`.execute(db);

test('the board and the twelve committees are there, each with a calendar, a queue and measures', async () => {
  const all = await listCommittees(nobody);
  expect(all.map(({ slug }) => slug)).toEqual([
    'board',
    'ecosystem',
    'training',
    'website',
    'media',
    'translation',
    'business',
    'press',
    'corporate-members',
    'individual-members',
    'experts',
    'universities',
    'chapters',
  ]);
  for (const { slug } of all) {
    expect(measuresOf(slug).length, slug).toBeGreaterThan(0);
    expect((await getCommittee(nobody, slug)).measures.map(({ name }) => name)).toEqual(measuresOf(slug));
    for (const permission of permitsOf(slug)) expect(community.permissions).toContain(permission);
  }
  expect((await listCommittees({ ...nobody, locale: 'zh-CN' }))[0]?.name).toBe('主席团');
  // A matter, an entry and a meeting of each are in its own queue and calendar, and in no other's.
  const startsAt = '2031-05-01T08:00:00Z';
  for (const { slug: committee } of all) {
    const title = `Of ${committee}`;
    await fileMatter((await somebody()).ctx, committee, { title, markdown: '' });
    const days = { startsOn: '2031-05-01', endsOn: '2031-05-02' };
    await planSomething(operator, { committee, kind: 'event', title, ...days });
    await callMeeting(operator, { committee, title, startsAt });
  }
  for (const { slug: committee } of all) {
    const own = [`Of ${committee}`];
    const titles = (items: readonly { title: string }[]) => items.map(({ title }) => title);
    expect(titles((await getQueue(operator, committee)).matters)).toEqual(own);
    expect(titles((await getPlan(nobody, { year: 2031, committee })).entries)).toEqual(own);
    expect(titles((await listMeetings(nobody, { committee })).items)).toEqual(own);
  }
  await db.deleteFrom('community.committee_matter').execute();
});

test('two chairs at once are impossible, also for two who appoint at once and for whoever writes the rows', async () => {
  const [a, b] = [await somebody(), await somebody()];
  const both = await Promise.allSettled([
    fillSeat(operator, 'media', seat(a, 'chair')),
    fillSeat(operator, 'media', seat(b, 'chair')),
  ]);
  expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'conflict' } });
  await expect(
    sql`insert into community.committee_seat (committee_id, member_id, office, period, origin)
      select id, ${b.member.id}, 'chair', tstzrange(now() + interval '1 month', now() + interval '2 months'), 'appointed'
      from community.committee where slug = 'media'`.execute(db),
  ).rejects.toThrow('committee_seat');
  // After the first one's end there may be another.
  const from = new Date(Date.now() + 400 * 24 * 3600_000).toISOString().slice(0, 10);
  const { member } = (await getCommittee(nobody, 'media')).seats[0]!;
  const other = member.handle === a.member.handle ? b : a;
  await fillSeat(operator, 'media', seat(other, 'chair', { from }));
  expect((await getCommittee(nobody, 'media')).otherSeats).toMatchObject([{ standing: 'later' }]);
});

test('what a seat permits begins with it, ends with it at that moment, and who held it stays visible', async () => {
  const who = await somebody();
  const may = () => mayAsStaff(who.ctx, 'community.expert.approve');
  expect(await may()).toBe(false);
  const { id } = await fillSeat(operator, 'experts', seat(who));
  expect(await may()).toBe(true);
  expect(await mayAsStaff(who.ctx, 'community.chapter.approve')).toBe(false);
  await setPeriod(id, '1 hour', '1 month');
  expect(await may()).toBe(false);
  await setPeriod(id, '-1 month', '0');
  expect(await may()).toBe(false);
  expect((await getCommittee(nobody, 'experts')).otherSeats).toMatchObject([
    { id, standing: 'past', member: { handle: who.member.handle } },
  ]);
  await setPeriod(id, '-1 month', '1 month');
  expect(await may()).toBe(true);
  await vacateSeat(who.ctx, 'experts', id);
  expect(await may()).toBe(false);
  await expect(vacateSeat(operator, 'experts', id)).rejects.toMatchObject({ code: 'not_found' });
});

test('the chair of a committee fills its other seats, the board every committee but its own, and nobody their own', async () => {
  const [chair, deputy, president, plain] = await Promise.all([
    somebody(),
    somebody(),
    somebody(),
    somebody(),
  ]);
  await expect(fillSeat(chair.ctx, 'press', seat(plain))).rejects.toMatchObject({ code: 'forbidden' });
  await fillSeat(operator, 'press', seat(chair, 'chair'));
  await expect(fillSeat(chair.ctx, 'press', seat(plain, 'deputy'))).rejects.toMatchObject({
    code: 'forbidden',
  });
  await expect(fillSeat(chair.ctx, 'business', seat(plain))).rejects.toMatchObject({ code: 'forbidden' });
  const { id } = await fillSeat(chair.ctx, 'press', seat(plain));
  await expect(fillSeat(chair.ctx, 'press', seat(plain))).rejects.toMatchObject({ code: 'conflict' });
  await expect(
    vacateSeat(plain.ctx, 'press', (await getCommittee(nobody, 'press')).seats[0]!.id),
  ).rejects.toMatchObject({
    code: 'forbidden',
  });
  await vacateSeat(chair.ctx, 'press', id);
  await fillSeat(operator, 'board', seat(president, 'chair'));
  await fillSeat(president.ctx, 'business', seat(deputy, 'deputy'));
  await expect(fillSeat(president.ctx, 'business', seat(president))).rejects.toMatchObject({
    code: 'conflict',
  });
  expect((await getCommittee(president.ctx, 'business')).viewer.mayFill).toEqual([
    'chair',
    'deputy',
    'member',
  ]);
  const rows = await db
    .selectFrom('platform.audit')
    .select('action')
    .where('subject_id', '=', id)
    .orderBy('id')
    .execute();
  expect(rows.map(({ action }) => action)).toEqual([
    'community.committee.fill-seat',
    'community.committee.vacate-seat',
  ]);
});

test('a matter is seen by who brought it and by those with a seat, seen to by one of them, and closed once with an answer', async () => {
  const [chair, filer, other] = [await somebody(), await somebody(), await somebody()];
  await fillSeat(operator, 'translation', seat(chair, 'chair'));
  const { id } = await fileMatter(filer.ctx, 'translation', {
    title: 'Chapter 5',
    markdown: '<script>x</script>',
  });
  const [seen] = (await getQueue(filer.ctx, 'translation')).matters;
  expect(seen).toMatchObject({ id, state: 'open', filedBy: { handle: filer.member.handle } });
  expect(seen?.html).not.toContain('<script');
  expect((await getQueue(other.ctx, 'translation')).matters).toEqual([]);
  const close = { outcome: 'done' as const, answer: 'It is translated.' };
  await expect(closeMatter(filer.ctx, 'translation', id, close)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(
    assignMatter(chair.ctx, 'translation', id, { handle: other.member.handle }),
  ).rejects.toMatchObject({ code: 'not_found' });
  await assignMatter(chair.ctx, 'translation', id, { handle: chair.member.handle });
  // A matter of one committee is not another's.
  await expect(closeMatter(operator, 'website', id, close)).rejects.toMatchObject({ code: 'not_found' });
  await closeMatter(chair.ctx, 'translation', id, close);
  await expect(closeMatter(chair.ctx, 'translation', id, close)).rejects.toMatchObject({ code: 'not_found' });
  expect((await getQueue(chair.ctx, 'translation')).matters).toMatchObject([
    { id, state: 'done', assignedTo: { handle: chair.member.handle }, answer: 'It is translated.' },
  ]);
  const told = await db
    .selectFrom('community.notification')
    .select('kind')
    .where('member_id', '=', filer.member.id)
    .execute();
  expect(told).toEqual([{ kind: 'matter' }]);
});

test('one member brings ten matters at once and no more, also by many requests at once', async () => {
  const filer = await somebody();
  const all = await Promise.allSettled(
    Array.from({ length: maxOpenMatters + 5 }, (_, n) =>
      fileMatter(filer.ctx, 'website', { title: `No ${n}` }),
    ),
  );
  expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(maxOpenMatters);
});

test('the universities committee approves chapters on a campus and no others', async () => {
  const [teacher, founder] = [await somebody(), await somebody()];
  await fillSeat(operator, 'universities', seat(teacher));
  const slug = `lab-${teacher.member.id.slice(0, 8)}`;
  await db
    .insertInto('community.organisation')
    .values({ slug, name: 'A university', kind: 'university', state: 'verified' })
    .execute();
  const wish = { country: 'CN', city: 'Hangzhou', locale: 'zh-CN' as const };
  const campus = await foundChapter(founder.ctx, { ...wish, name: 'Campus', organisation: slug });
  const town = await foundChapter(founder.ctx, { ...wish, name: 'Town' });
  expect((await listChapters(teacher.ctx)).waiting?.map((one) => one.slug)).toEqual([campus.slug]);
  expect((await getQueue(teacher.ctx, 'universities')).waiting).toMatchObject([
    { what: 'campus-chapters', count: 1 },
  ]);
  await decideChapter(teacher.ctx, campus.slug, null);
  // The town's is not there for them while it waits, as for everybody.
  await expect(decideChapter(teacher.ctx, town.slug, null)).rejects.toMatchObject({ code: 'not_found' });
  expect((await listChapters(nobody)).items.map((one) => one.slug)).toEqual([campus.slug]);
  expect((await listChapters(nobody)).waiting).toBeNull();
});

test('who leaves the community leaves their seats, and the record says only that somebody held them', async () => {
  const who = await somebody();
  const { id } = await fillSeat(operator, 'training', seat(who, 'chair'));
  // Theirs alone is an organisation that nobody else needs.
  await sql`delete from identity.membership where account_id = ${who.ctx.actor.id}`.execute(db);
  const { email } = await db
    .selectFrom('identity.account')
    .select('email')
    .where('id', '=', who.ctx.actor.id!)
    .executeTakeFirstOrThrow();
  expect(email).toContain('@');
  await eraseMember(who.ctx, { confirm: who.member.handle, password: '' });
  const { seats, otherSeats } = await getCommittee(nobody, 'training');
  expect(seats).toEqual([]);
  expect(otherSeats).toMatchObject([{ id, standing: 'past', member: { handle: null } }]);
});
