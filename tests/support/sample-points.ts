import { giveBadges } from '#src/community/server/badges/give-badges.ts';
import { requireMember } from '#src/community/server/members/require-member.ts';
import { awardPoints } from '#src/community/server/points/change-points.ts';
import { createReward } from '#src/community/server/rewards/create-reward.ts';
import { redeemReward } from '#src/community/server/rewards/redeem-reward.ts';
import { enterSponsorship } from '#src/community/server/sponsorships/enter-sponsorship.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';

/** Points, badges, rewards and sponsors of a sample community; its owner has enough to redeem. */
export async function insertSamplePoints(ctx: Context): Promise<void> {
  const { db } = ctx;
  const owner = await requireMember(ctx);
  const members = await db.selectFrom('community.member').select('id').orderBy('handle').limit(20).execute();
  const posts = await db
    .selectFrom('community.post')
    .select(['id', 'kind', 'author_id as authorId'])
    .where('state', '=', 'published')
    .orderBy('id')
    .limit(60)
    .execute();
  const give = (memberId: string, cause: string, key: string, postId: number | null = null) =>
    inTransaction(ctx, (tx) => awardPoints(tx, { memberId, cause, key, postId }));
  for (const { id, kind, authorId } of posts) {
    if (kind === 'article') await give(authorId, 'article', String(id), id);
    for (const [at, voter] of members.entries())
      if (voter.id !== authorId && (at + id) % 3 === 0)
        await give(authorId, 'up-vote', `${id}:${voter.id}`, id);
  }
  for (let at = 0; at < 12; at++) await give(owner.id, 'accepted', `sample:${at}`);
  for (let at = 0; at < 2; at++) await give(owner.id, 'featured', `sample:${at}`);
  await giveBadges(
    db,
    members.map(({ id }) => id),
  );
  const goods = { kind: 'goods', currency: 'CNY' } as const;
  for (const reward of [
    {
      ...goods,
      name: { en: 'Herd T-shirt', 'zh-CN': '象群文化衫' },
      about: { en: 'Cotton, with five small elephants.', 'zh-CN': '纯棉，印有五头小象。' },
      price: 120,
      stock: 40,
      valueMinor: 6800,
    },
    {
      ...goods,
      name: { en: 'Signed book', 'zh-CN': '签名技术书' },
      about: { en: 'On PostgreSQL, signed by its author.', 'zh-CN': 'PostgreSQL 技术图书，作者亲笔签名。' },
      price: 500,
      stock: 5,
      valueMinor: 99_000,
    },
    {
      kind: 'digital' as const,
      name: { en: 'Exam voucher', 'zh-CN': '认证考试券' },
      about: { en: 'One attempt at the basic exam.', 'zh-CN': '基础认证考试一次。' },
      price: 200,
      stock: 0,
      valueMinor: 30_000,
    },
  ]) {
    const { id } = await createReward(ctx, reward);
    if (reward.price === 120) await redeemReward(ctx, { reward: id, address: '王小明，杭州市文三路 1 号' });
  }
  const sponsors = await db
    .selectFrom('community.organisation')
    .select('slug')
    .where('state', '=', 'verified')
    .orderBy('slug')
    .limit(3)
    .execute();
  const year = new Date().getUTCFullYear();
  for (const [at, { slug }] of sponsors.entries())
    for (let back = 0; back <= at; back++)
      await enterSponsorship(ctx, slug, {
        year: year - back,
        amountMinor: 4_000_000 * (at + 1),
        currency: 'CNY',
        paidOn: `${year - back}-03-01`,
      });
}
