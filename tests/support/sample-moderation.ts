import { claimCopyright } from '#src/community/server/takedowns/claim-copyright.ts';
import { flagWriting } from '#src/community/server/flags/flag-writing.ts';
import type { OwnMember } from '#src/community/server/members/queries.ts';
import { requireMember } from '#src/community/server/members/require-member.ts';
import { notifyMember } from '#src/community/server/notifications/notify-member.ts';
import { insertPost } from '#src/community/server/posts/insert-post.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';

/** What a sample community's reviewers have to do, and what its owner was told. */
export async function insertSampleModeration(ctx: Context): Promise<void> {
  const { db } = ctx;
  const owner = await requireMember(ctx);
  const accounts = await db
    .selectFrom('community.member')
    .select(['account_id', 'name'])
    .where('id', '<>', owner.id)
    .orderBy('handle')
    .execute();
  const people: { ctx: Context; member: OwnMember }[] = [];
  for (const { account_id: id, name } of accounts) {
    if (id === null) continue;
    const person: Context = { ...ctx, actor: { ...ctx.actor, id, name, may: () => false } };
    people.push({ ctx: person, member: await requireMember(person) });
  }
  const by = (at: number) => people[at % people.length]!;
  const write = (at: number, title: string, markdown: string, state: 'pending' | 'published' = 'pending') =>
    inTransaction(by(at).ctx, (tx) =>
      insertPost(tx, by(at).member, { kind: 'question', title, markdown, locale: 'zh-CN', state }),
    );
  await write(
    0,
    '逻辑复制槽一直不推进怎么排查？',
    '主库 `pg_replication_slots` 里的 `restart_lsn` 两天没动了，磁盘快满。\n\n```sql\nselect slot_name, active, restart_lsn from pg_replication_slots;\n```',
  );
  await write(0, '分区表能不能在线改主键', '目前是按月分区，想把主键从 `id` 换成 `(id, ts)`。');
  await write(1, '专业代开发票 欢迎咨询', '加微信 fapiao88888，快捷可靠，全国可邮 https://bit.ly/xyz');
  const rude = await write(2, '你们都不会用 vacuum', '说了多少遍了，一群外行，别误导人。', 'published');
  const copied = await write(3, 'WAL 内部结构详解（转）', '全文转自某书第三章……', 'published');
  for (const at of [0, 1])
    await flagWriting(by(at).ctx, {
      subject: `post:${rude}`,
      kind: 'rude',
      note: at === 0 ? '人身攻击，没有技术内容。' : '',
    });
  await claimCopyright(by(4).ctx, {
    post: copied,
    work: '《PostgreSQL 内核揭秘》第三章，2024',
    claim: '该文逐字复制了我的书稿，包括全部插图。',
  });
  const tell = (at: number, kind: string, title: string, href: string) =>
    inTransaction(ctx, (tx) =>
      notifyMember(tx, {
        memberId: owner.id,
        kind,
        key: `sample:${kind}:${at}`,
        actorId: by(at).member.id,
        payload: { href, title, amount: 25 },
      }),
    );
  await tell(0, 'answer', '如何判断索引是否膨胀？', '/questions/1');
  await tell(1, 'mention', 'Patroni 切换后旧主无法重新加入', '/questions/2');
  await tell(2, 'vote-milestone', '从 Oracle 迁移的十个坑', '/articles');
  await tell(3, 'follow', '', '/members');
}
