import { sql } from 'kysely';
import { foundChapter } from '#src/community/server/chapters/found-chapter.ts';
import { judgeEmployment } from '#src/community/server/employments/judge-employment.ts';
import { stateEmployment } from '#src/community/server/employments/state-employment.ts';
import { applyAsExpert } from '#src/community/server/experts/apply-as-expert.ts';
import { requireMember } from '#src/community/server/members/require-member.ts';
import { offerProduct } from '#src/community/server/offerings/offer-product.ts';
import { offerService } from '#src/community/server/offerings/offer-service.ts';
import { createOrganisation } from '#src/community/server/organisations/create-organisation.ts';
import { insertPost } from '#src/community/server/posts/insert-post.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';

/** Organisations with people, products and services, a chapter and an expert, for looking at their pages. */
export async function insertSampleOrganisations(owner: Context): Promise<void> {
  const { db } = owner;
  const newPerson = async (name: string): Promise<Context> => {
    const { id } = await db
      .insertInto('identity.account')
      .values({ name, email: `${crypto.randomUUID()}@example.com`, email_verified: true })
      .returning('id')
      .executeTakeFirstOrThrow();
    return { ...owner, actor: { ...owner.actor, id, name, may: () => false } };
  };
  const publish = (ctx: Context, title: string, day: string) =>
    inTransaction(ctx, async (tx) => {
      const writing = {
        kind: 'article',
        title,
        markdown: title,
        locale: 'zh-CN',
        state: 'published',
      } as const;
      const id = await insertPost(tx, await requireMember(tx), writing);
      await sql`update community.post set published_at = ${day}::timestamptz where id = ${id}`.execute(tx.db);
      return id;
    });
  const lin = await newPerson('林晓');
  const kovacs = await newPerson('Anna Kovács');
  const { slug } = await createOrganisation(lin, {
    name: '群象数据库',
    slug: 'herd-database',
    kind: 'database-vendor',
    website: 'https://herd.example.com',
    country: 'CN',
    about: '基于 **PostgreSQL** 的企业级数据库厂商。\n\n- 兼容社区版本\n- 全部补丁回馈上游',
    evidence: 'https://herd.example.com/about',
  });
  const others = [
    { name: 'Northwind Support', kind: 'support-provider', country: 'DE' },
    { name: '江南大学数据库实验室', kind: 'university', country: 'CN' },
    { name: 'Database Weekly', kind: 'media-partner', country: 'SG' },
    { name: 'Morning Cloud', kind: 'cloud-vendor', country: 'US' },
  ] as const;
  for (const one of others) {
    const person = await newPerson(one.name);
    await createOrganisation(person, { ...one, evidence: 'https://example.com/imprint' });
  }
  await db.updateTable('community.organisation').set({ state: 'verified' }).execute();
  await createOrganisation(kovacs, {
    name: 'Waiting Works',
    kind: 'end-user',
    evidence: 'https://example.com/imprint names Anna Kovács as its head of data.',
  });
  const stay = await stateEmployment(kovacs, {
    organisation: slug,
    from: '2024-02-01',
    title: 'Storage engineer',
  });
  await stateEmployment(lin, { organisation: slug, from: '2023-01-01', title: '首席工程师' });
  await judgeEmployment(lin, slug, stay.id, 'confirmed');
  const post = await publish(lin, '逻辑复制槽为何会撑满磁盘', '2025-04-01');
  await publish(lin, '从执行计划看覆盖索引', '2026-03-12');
  await publish(kovacs, 'What a checkpoint really costs', '2026-09-30');
  await offerProduct(lin, {
    organisation: slug,
    name: 'HerdDB',
    summary: '完全兼容 PostgreSQL 的企业级数据库。',
    category: 'database',
    basedOn: '17.2',
    licence: 'PostgreSQL',
    about: '支持透明加密与审计。',
  });
  await offerService(lin, {
    organisation: slug,
    name: '7×24 技术支持',
    summary: '十五分钟内响应，一小时内远程接入。',
    kinds: ['support', 'migration', 'performance'],
    regions: ['CN', 'SG'],
    languages: ['zh', 'en'],
    hours: 'around-the-clock',
  });
  await sql`update community.offering_revision set state = 'approved'`.execute(db);
  await sql`update community.offering set shown_revision = 1, languages = '{zh,en}', regions = '{CN,SG}',
    service_kinds = case kind when 'service' then array['support'] else '{}' end`.execute(db);
  await applyAsExpert(lin, {
    about: '十年 **PostgreSQL** 内核与复制经验。',
    skills: ['复制', '备份恢复', '性能优化'],
    languages: ['zh', 'en'],
    availability: 'open',
    rate: { minor: 80_000, currency: 'CNY', unit: 'hour' },
    evidence: [
      { postId: post, note: '复制槽' },
      { url: 'https://example.com/talk', note: '大会演讲' },
    ],
  });
  await sql`update community.expert set state = 'approved'`.execute(db);
  await foundChapter(lin, {
    name: '杭州用户组',
    slug: 'hangzhou',
    country: 'CN',
    city: '杭州',
    locale: 'zh-CN',
    about: '每月一次线下沙龙。',
  });
  await foundChapter(kovacs, {
    name: 'PostgreSQL User Group Vienna',
    slug: 'vienna',
    country: 'AT',
    city: 'Vienna',
    locale: 'en',
  });
  await sql`update community.chapter set state = 'approved'`.execute(db);
}
