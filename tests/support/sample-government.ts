import { sql } from 'kysely';
import { fileMatter } from '#src/community/server/committees/file-matter.ts';
import { fillSeat } from '#src/community/server/committees/fill-seat.ts';
import { applyToCore } from '#src/community/server/core-applications/apply-to-core.ts';
import { callElection } from '#src/community/server/elections/call-election.ts';
import { castBallot } from '#src/community/server/elections/cast-ballot.ts';
import { countElection } from '#src/community/server/elections/count-election.ts';
import { standForElection } from '#src/community/server/elections/stand-for-election.ts';
import { requireMember } from '#src/community/server/members/require-member.ts';
import { movePlan } from '#src/community/server/plan/move-plan.ts';
import { planSomething } from '#src/community/server/plan/plan-something.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';

const names = ['周敏', 'Ingrid Solberg', '吴桐', 'Mateo Ruiz', '郑凯', 'Priya Nair', '许晴'];

/** Committees with people, a queue and a plan, and an election that was counted, for looking at their pages. */
export async function insertSampleGovernment(owner: Context): Promise<void> {
  const { db } = owner;
  const people: { ctx: Context; handle: string }[] = [];
  for (const name of names) {
    const { id } = await db
      .insertInto('identity.account')
      .values({ name, email: `${crypto.randomUUID()}@example.com`, email_verified: true })
      .returning('id')
      .executeTakeFirstOrThrow();
    const ctx: Context = { ...owner, actor: { ...owner.actor, id, name, may: () => false } };
    people.push({ ctx, handle: (await requireMember(ctx)).handle });
  }
  const [zhou, ingrid, wu, mateo, zheng, priya, xu] = people.map(({ handle }) => handle);
  const seats = [
    ['board', 'deputy', ingrid],
    ['media', 'chair', wu],
    ['media', 'member', mateo],
    ['experts', 'chair', zheng],
    ['universities', 'chair', priya],
    ['translation', 'chair', xu],
  ] as const;
  for (const [committee, office, handle] of seats)
    await fillSeat(owner, committee, { handle: handle ?? '', office, months: 12 });
  await sql`insert into community.committee_seat (committee_id, member_id, office, period, origin)
    select c.id, m.id, 'chair', tstzrange(now() - interval '3 years', now() - interval '2 years'), 'elected'
    from community.committee c, community.member m where c.slug = 'media' and m.handle = ${zhou}`.execute(db);
  await fileMatter(people[3]!.ctx, 'media', {
    title: '峰会照片的授权',
    markdown: '上次峰会的照片可以用于公众号吗？',
  });
  await applyToCore(people[0]!.ctx, {
    committee: 'media',
    whoIAm: '十年数据库编辑。',
    reason: '希望把好文章带给更多人。',
    valueOffered: '选题与编辑经验。',
    viewOfPresent: '内容丰富，缺少整理。',
    area: '每周精选。',
    yearlyMeasure: '五十篇精选文章。',
    consequence: '让出席位。',
  });
  const year = new Date().getUTCFullYear();
  const { id: summit } = await planSomething(owner, {
    committee: 'media',
    kind: 'event',
    title: '全国峰会',
    place: '杭州',
    startsOn: `${year}-11-01`,
    endsOn: `${year}-11-02`,
  });
  await movePlan(owner, summit, {
    startsOn: `${year}-12-12`,
    endsOn: `${year}-12-13`,
    reason: '场地改期',
  });
  await planSomething(owner, {
    committee: 'training',
    kind: 'training',
    title: 'Backup and recovery, online',
    startsOn: `${year}-12-20`,
    endsOn: `${year}-12-20`,
  });
  await insertSampleElection(owner, people);
}

async function insertSampleElection(owner: Context, people: readonly { ctx: Context }[]): Promise<void> {
  const { db } = owner;
  const { id } = await callElection(owner, {
    title: '主席团主席选举',
    about: '任期一年。',
    method: 'stv',
    seats: 1,
    fills: { committee: 'board', office: 'chair', months: 12 },
    joinedDays: 0,
    minReputation: 0,
    opensAt: '2100-01-01T00:00:00Z',
    closesAt: '2100-01-02T00:00:00Z',
  });
  for (const { ctx } of people.slice(0, 3))
    await standForElection(ctx, id, { statement: '让社区**更中立**。' });
  const moveTo = (hours: number) =>
    sql`update community.election set opens_at = now() - interval '2 days', closes_at = now() + make_interval(hours => ${hours})
      where id = ${id}`.execute(db);
  await moveTo(1);
  const marks = [[0, 2], [1], [2, 0], [0], [2, 1], [2, 0], [1, 2]];
  for (const [n, { ctx }] of people.entries()) await castBallot(ctx, id, { marks: marks[n] ?? [] });
  await moveTo(-1);
  await inTransaction(owner, (tx) => countElection(tx, id));
}
