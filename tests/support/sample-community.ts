import { requireMember } from '#src/community/server/members/require-member.ts';
import type { OwnMember } from '#src/community/server/members/queries.ts';
import { insertPost } from '#src/community/server/posts/insert-post.ts';
import type { Context } from '#src/platform/server/context.ts';
import type { Db } from '#src/platform/server/db.ts';

/** A small community that looks like one: people, organisations, tags, questions with answers, articles. */
export async function insertSampleCommunity(ctx: Context): Promise<void> {
  const { db } = ctx;
  const tagNames = [
    '逻辑复制',
    '高可用',
    '索引',
    '执行计划',
    'vacuum',
    '备份',
    'patroni',
    'pgbackrest',
    '分区表',
    'mvcc',
  ];
  await db
    .insertInto('community.tag')
    .values(tagNames.map((name) => ({ name })))
    .onConflict((oc) => oc.doNothing())
    .execute();
  const people: { ctx: Context; member: OwnMember }[] = [];
  for (const [handle, name, headline] of [
    ['lin-xiaoyue', '林小月', '某城商行 DBA，八年 Oracle，三年 PostgreSQL'],
    ['ada-lovelace', 'Ada Lovelace', 'Query planner enthusiast'],
    ['zhou-ming', '周明', '云厂商内核研发'],
    ['tom-lane-fan', 'Tomás Ferreira', 'SRE, runs 400 clusters'],
    ['he-jing', '何静', '高校教师，讲数据库原理'],
  ] as const) {
    const account = await db
      .insertInto('identity.account')
      .values({ name, email: `${handle}@sample.example`, email_verified: true })
      .returning('id')
      .executeTakeFirstOrThrow();
    const person: Context = { ...ctx, actor: { ...ctx.actor, id: account.id, name, may: () => false } };
    const member = await requireMember(person);
    await db
      .updateTable('community.member')
      .set({ handle, headline, reputation: 100 + ((handle.length * 731) % 4000), trust_level: 2 })
      .where('id', '=', member.id)
      .execute();
    people.push({ ctx: person, member: { ...member, handle } });
  }
  await insertOrganisations(db, people[0]!.member.id);
  const by = (at: number) => people[at % people.length]!;
  const now = Date.now();
  for (const [at, { title, markdown, tags, locale, answers }] of questions.entries()) {
    const { ctx: asker, member } = by(at);
    const id = await insertPost(asker, member, {
      kind: 'question',
      title,
      markdown,
      tags,
      locale,
      state: 'published',
    });
    let accepted: number | null = null;
    for (const [n, answer] of answers.entries()) {
      const { ctx: answerer, member: who } = by(at + n + 1);
      const answerId = await insertPost(answerer, who, {
        kind: 'answer',
        parentId: id,
        markdown: answer,
        locale,
        state: 'published',
      });
      accepted ??= at % 2 === 0 ? answerId : null;
    }
    const asked = new Date(now - (at + 1) * 7_300_000);
    await db
      .updateTable('community.post')
      .set({
        score: (at * 5) % 17,
        up_votes: (at * 5) % 17,
        view_count: 40 + at * 217,
        accepted_answer_id: accepted,
        published_at: asked,
        active_at: new Date(asked.getTime() + 3_000_000),
      })
      .where('id', '=', id)
      .execute();
  }
  for (const [at, { title, markdown, tags, locale }] of articles.entries()) {
    const { ctx: writer, member } = by(at + 2);
    const id = await insertPost(writer, member, {
      kind: 'article',
      title,
      markdown,
      tags,
      locale,
      state: 'published',
    });
    await db
      .updateTable('community.post')
      .set({
        score: 12 + at * 7,
        up_votes: 12 + at * 7,
        view_count: 900 + at * 1311,
        licence: 'CC-BY-4.0',
        published_at: new Date(now - (at + 1) * 40_000_000),
        featured_at: at === 0 ? new Date() : null,
      })
      .where('id', '=', id)
      .execute();
  }
}

async function insertOrganisations(db: Db, creator: string): Promise<void> {
  await db
    .insertInto('community.organisation')
    .values(
      [
        ['huaxia-cloud', '华夏云', 'cloud-vendor'],
        ['jiangnan-bank', '江南银行', 'end-user'],
        ['elephant-academy', '象学院', 'training-company'],
        ['ningbo-university', '宁波理工大学', 'university'],
      ].map(([slug, name, kind]) => ({
        slug: slug!,
        name: name!,
        kind: kind as 'end-user',
        state: 'verified' as const,
        verified_at: new Date(),
        verified_by: creator,
        created_by: creator,
      })),
    )
    .execute();
}

const questions = [
  {
    title: 'PostgreSQL 18 逻辑复制槽在主备切换之后位点丢失，如何避免重新同步全量数据？',
    markdown:
      '三节点 Patroni 集群，逻辑订阅端在 failover 之后报错：\n\n```\nERROR:  replication slot "sub_orders" does not exist\n```\n\n已经打开 `sync_replication_slots`，但备库上的槽一直没有推进。还缺哪一步？',
    tags: ['逻辑复制', 'patroni', '高可用'],
    locale: 'zh-CN' as const,
    answers: [
      '需要三个条件同时成立：\n\n1. 订阅以 `failover = true` 创建；\n2. 备库的 `hot_standby_feedback = on`，且 `primary_slot_name` 指向物理槽；\n3. 主库的 `synchronized_standby_slots` 列出该物理槽。\n\n```sql\nALTER SUBSCRIPTION sub_orders SET (failover = true);\nSELECT slot_name, synced, failover FROM pg_replication_slots;\n```\n\n`synced` 为 `true` 之后再切换，订阅端就能接着走。',
      '补充一点：第一次同步要等槽的 `catalog_xmin` 追上备库，空闲的库里这一步会很久，写一点数据就好。',
    ],
  },
  {
    title: 'Why does an index on (a, b) not serve WHERE b = 1?',
    markdown:
      'I have a table with 40 million rows and a btree index on `(a, b)`. The planner always picks a sequential scan when I only filter on `b`. Has anything changed in 18?',
    tags: ['索引', '执行计划'],
    locale: 'en' as const,
    answers: [
      'Yes: PostgreSQL 18 can use a **skip scan** when the leading column has few distinct values. Check `n_distinct` of `a`.',
    ],
  },
  {
    title: 'autovacuum 跟不上更新，队列表膨胀到 400 GB',
    markdown:
      '更新非常频繁的队列表，`autovacuum_vacuum_cost_delay` 已经调成 0，仍然持续膨胀。长事务也查过了，没有。',
    tags: ['vacuum'],
    locale: 'zh-CN' as const,
    answers: [
      '先看 `pg_stat_progress_vacuum` 是不是反复扫索引：`autovacuum_work_mem` 太小的话，一轮要扫很多遍。',
    ],
  },
  {
    title: '按天分区的表，怎样在不锁业务的情况下把旧分区移走？',
    markdown: '`DETACH PARTITION CONCURRENTLY` 在事务块里用不了，脚本应该怎么写才稳妥？',
    tags: ['分区表'],
    locale: 'zh-CN' as const,
    answers: [],
  },
  {
    title: 'pgBackRest 增量备份比全量还慢，是哪里配置错了吗',
    markdown: '仓库在 S3 兼容存储上，`repo1-bundle=y` 没有打开。',
    tags: ['pgbackrest', '备份'],
    locale: 'zh-CN' as const,
    answers: [],
  },
];

const articles = [
  {
    title: '一次慢查询的解剖：从 EXPLAIN (ANALYZE, BUFFERS) 读懂计划',
    markdown: `执行计划不是玄学。这篇文章从一条 12 秒的 SQL 出发，逐个节点读代价、行数估计与缓冲区命中，最后只加了一个覆盖索引（covering index）就降到 40 ms。

## 现象

每晚九点，订单查询接口超时。\`pg_stat_statements\` 里排第一的是这条：

\`\`\`sql
SELECT o.id, o.total, c.name
FROM orders o JOIN customer c ON c.id = o.customer_id
WHERE o.created_at >= now() - interval '1 day'   -- 最近一天
  AND o.state = 'paid'
ORDER BY o.created_at DESC LIMIT 50;
\`\`\`

估计行数和实际行数差了*三个数量级*，问题就在这里。

| 节点 | 估计行数 | 实际行数 | 缓冲区 |
|---|---:|---:|---:|
| Seq Scan on orders | 120 | 118 204 | 912 331 |
| Hash Join | 120 | 118 204 | 915 007 |

> 计划器没有说谎，它只是相信了过期的统计信息。

若每页命中概率为 $p$，读 $n$ 页的期望代价是 $$c(n) = n \\cdot (p \\cdot c_{hit} + (1-p) \\cdot c_{miss})$$

## 处理

1. 对 \`(state, created_at)\` 建扩展统计；
2. 建覆盖索引，\`INCLUDE (total, customer_id)\`；
3. 复查：\`Heap Fetches: 0\`。`,
    tags: ['执行计划', '索引'],
    locale: 'zh-CN' as const,
  },
  {
    title: '用 PGlite 在浏览器里讲 MVCC',
    markdown:
      '把隔离级别的例子变成读者可以自己改、自己运行的 SQL。学生不再问“为什么我这里不一样”，因为他们看得见 `xmin` 与 `xmax`。',
    tags: ['mvcc'],
    locale: 'zh-CN' as const,
  },
  {
    title: 'Moving 400 clusters from 13 to 18 without a maintenance window',
    markdown:
      'What we learned from a year of logical replication upgrades: sequences, large objects, and the one trigger that always bites.',
    tags: ['逻辑复制', '高可用'],
    locale: 'en' as const,
  },
];
