import { sql } from 'kysely';
import type { WriteWish } from '#src/community/contract/wishes.ts';
import { requireMember } from '#src/community/server/members/require-member.ts';
import { claimWish } from '#src/community/server/wishes/claim-wish.ts';
import { deliverWish } from '#src/community/server/wishes/deliver-wish.ts';
import { moveWish } from '#src/community/server/wishes/move-wish.ts';
import { voteForCustomer } from '#src/community/server/wishes/vote-for-customer.ts';
import { voteForWish } from '#src/community/server/wishes/vote-for-wish.ts';
import { writeWish } from '#src/community/server/wishes/write-wish.ts';
import type { Context } from '#src/platform/server/context.ts';

/** Wishes in every state, with votes and claims, for looking at the wall; the vendor is one of the sample organisations. */
export async function insertSampleWishes(owner: Context): Promise<void> {
  const { db } = owner;
  const person = async (name: string, trust: number): Promise<Context> => {
    const { id } = await db
      .insertInto('identity.account')
      .values({ name, email: `${crypto.randomUUID()}@example.com`, email_verified: true })
      .returning('id')
      .executeTakeFirstOrThrow();
    const ctx = { ...owner, actor: { ...owner.actor, id, name, may: () => false } };
    const member = await requireMember(ctx);
    await db
      .updateTable('community.member')
      .set({ trust_level: trust })
      .where('id', '=', member.id)
      .execute();
    return ctx;
  };
  const manager = await db
    .selectFrom('community.organisation_manager as om')
    .innerJoin('community.organisation as o', 'o.id', 'om.organisation_id')
    .innerJoin('community.member as m', 'm.id', 'om.member_id')
    .select('m.account_id as id')
    .where('o.slug', '=', 'herd-database')
    .executeTakeFirstOrThrow();
  const vendor = { ...owner, actor: { ...owner.actor, id: manager.id, may: () => false } };
  const people = [];
  for (const [at, name] of ['周宁', 'Maria Ortega', '吴桐', 'Ben Adeyemi', '沈岚', 'Jonas Weber'].entries())
    people.push(await person(name, at % 4));
  const ids: number[] = [];
  for (const [at, wish] of wishes.entries()) {
    const { id } = await writeWish(people[at % people.length]!, wish);
    ids.push(id);
    for (const voter of people.slice(0, 5 - (at % 5)))
      await voteForWish(voter, id, { strength: at % 2 === 0 ? 'must' : 'nice' }).catch(() => undefined);
  }
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  await moveWish(owner, ids[1]!, { state: 'started', note: '补丁已提交至 commitfest，正在评审。' });
  await claimWish(vendor, ids[0]!, 'herd-database', { dueOn: inDays(120), note: '列入 5.2 版本。' });
  await claimWish(vendor, ids[2]!, 'herd-database', { dueOn: inDays(20) });
  await deliverWish(vendor, ids[2]!, {
    kind: 'product',
    title: 'Herd Database 5.1',
    url: 'https://herd.example.com/5.1',
    organisation: 'herd-database',
  });
  await voteForCustomer(owner, ids[0]!, {
    customer: '某城商行',
    evidence: '2026 年 10 月沙龙现场登记，已电话核实。',
    strength: 'must',
  });
  await sql`update community.wish set created_at = created_at - id * interval '9 days'`.execute(db);
}

const wishes: WriteWish[] = [
  {
    title: '物化视图支持增量刷新',
    industry: 'finance',
    capability: '基表提交后，物化视图只计算变化的部分，刷新期间不阻塞查询。',
    problem: '每晚全量刷新报表视图要四个小时，白天的数据总是旧的。',
    strength: 'must',
    locale: 'zh-CN',
    company: '晨光零售',
    databaseSize: '6 TB，约 3000 张表',
    businessLogic: '门店销售实时汇总到区域和总部报表。',
    databasePains: '刷新期间 I/O 打满，OLTP 查询变慢。',
    vendors: ['herd-database'],
  },
  {
    title: 'Keep the plan of a query that is known to be good',
    industry: 'software',
    capability:
      'Pin a plan for a query by its identifier, with a check that it is still valid after an upgrade.',
    problem: 'A change of statistics turned a 20 ms query into a 40 s one in the middle of the day.',
    strength: 'must',
    locale: 'en',
  },
  {
    title: '分区表的全局唯一索引',
    industry: 'telecom',
    capability: '在不包含分区键的列上建立唯一约束。',
    problem: '订单号必须全局唯一，却只能按月份分区。',
    strength: 'must',
    locale: 'zh-CN',
  },
  {
    title: 'Show how far a vacuum is from ending, in minutes',
    industry: 'internet',
    capability: 'An estimate of the time left in pg_stat_progress_vacuum, by phase.',
    problem: 'Nobody dares to cancel a vacuum before a wraparound without knowing how long it still takes.',
    strength: 'nice',
    locale: 'en',
  },
];
