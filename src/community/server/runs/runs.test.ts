import { beforeEach, expect, test } from 'vitest';
import type { OfferedPostgres } from '#src/community/contract/runs.ts';
import { anonymous, inTransaction } from '#src/platform/server/context.ts';
import { readConfig } from '#src/platform/server/config.ts';
import type { Job } from '#src/platform/server/jobs.ts';
import { createLog } from '#src/platform/server/log.ts';
import { database } from '#tests/support/context.ts';
import { testMember, testPost, theHouse } from '#tests/support/members.ts';
import { namedPostgres } from '#tests/support/named-postgres.ts';
import { requireMember } from '../members/require-member.ts';
import { unpublishPost } from '../posts/publish-post.ts';
import { revisePost } from '../posts/revise-post.ts';
import { acceptAnswer } from '../questions/accept-answer.ts';
import { compareOffers } from './compare-offers.job.ts';
import { providePostgres } from './provide-postgres.ts';
import { listRuns } from './queries.ts';
import { runBlocks } from './run-blocks.job.ts';

const { db } = database;
const house = await theHouse();
const nobody = { ...house, actor: anonymous };
const offered: OfferedPostgres[] = [];
const source = namedPostgres(offered);
const job = { db, log: createLog('test', 'silent'), config: readConfig({}) };
const run = (one: Job, payload: object = {}) => one.run(job, payload as never);

const block = (code: string, marks = 'run pg=17') => `Look:\n\n\`\`\`sql ${marks}\n${code}\n\`\`\`\n`;
const offer = (...versions: string[]) =>
  offered.splice(
    0,
    offered.length,
    ...versions.map((version) => ({ major: Number.parseInt(version, 10), version })),
  );
const runsOf = async (id: number) => (await listRuns(nobody, { post: id }))[0]?.blocks ?? [];
const runPost = async (id: number) => {
  await run(runBlocks, { kind: 'post', id });
  return runsOf(id);
};
const toldOf = (memberId: string) =>
  db
    .selectFrom('community.notification')
    .select(['key', 'payload'])
    .where('member_id', '=', memberId)
    .where('kind', '=', 'run-broke')
    .execute();
/** What the queue has for the writings of the community. */
const queued = async () => {
  const rows = await db
    .selectFrom('graphile_worker.jobs' as never)
    .select(['key' as never])
    .where('task_identifier' as never, '=', 'community.run-blocks' as never)
    .execute();
  return (rows as { key: string }[]).map(({ key }) => key);
};

beforeEach(() => {
  providePostgres({ sandbox: source });
  offer('17.9', '18.4');
  source.orders.length = 0;
});

test('a block is run on the majors it names when it is published, after the set-up before it', async () => {
  const author = await testMember();
  const id = await testPost(author, {
    kind: 'article',
    markdown: `${block('create table herd as select g as id from generate_series(1, 3) g;', 'setup')}\n${block(
      'select id, id * 2 as twice, null as nothing from herd order by id',
      'run pg=17,18',
    )}`,
  });
  expect(await queued()).toContain(`run:post:${id}`);
  await run(compareOffers);
  expect(await runsOf(id)).toMatchObject([{ results: [], waiting: [17, 18], absent: [] }]);
  const [one] = await runPost(id);
  expect(one).toMatchObject({ waiting: [], absent: [] });
  expect(one?.results).toMatchObject([
    { major: 17, version: '17.9', engine: 'sandbox', verdict: null, columns: ['id', 'twice', 'nothing'] },
    { major: 18, version: '18.4', verdict: null, rowCount: 3, error: null },
  ]);
  expect(one?.results[0]?.rows).toEqual([
    ['1', '2', null],
    ['2', '4', null],
    ['3', '6', null],
  ]);
  // Each twice, because each is recorded; nothing is left to run.
  expect(source.orders).toEqual([17, 17, 18, 18]);
  await runPost(id);
  expect(source.orders).toHaveLength(4);
});

test('where there is no such major, the page says so and nothing is run', async () => {
  offer('18.4');
  const id = await testPost(await testMember(), { kind: 'article', markdown: block('select 1') });
  await run(compareOffers);
  providePostgres({});
  expect(await runPost(id)).toMatchObject([{ results: [], waiting: [], absent: [17] }]);
});

test('a refusal is a result: it is kept with its SQLSTATE, and holds as long as it is the same', async () => {
  offer('17.9');
  const id = await testPost(await testMember(), {
    kind: 'article',
    markdown: block('select 1 / 0'),
  });
  expect((await runPost(id))[0]?.results).toMatchObject([
    { error: { sqlstate: '22012', message: 'division by zero' }, verdict: null },
  ]);
  offer('17.9', '18.4');
  expect((await runPost(id))[0]?.results.map(({ verdict }) => verdict)).toEqual([null, 'held']);
});

test('a new major: what gives the same is still true, what does not is broken, and its author is told once', async () => {
  offer('17.9');
  const author = await testMember();
  const holds = await testPost(author, { kind: 'article', markdown: block('select 6 * 7 as answer') });
  const breaks = await testPost(author, {
    kind: 'article',
    markdown: block(`select current_setting('app.version') as version`),
  });
  await runPost(holds);
  await runPost(breaks);
  await run(compareOffers);
  await db.deleteFrom('graphile_worker._private_jobs' as never).execute();
  await run(compareOffers);
  expect(await queued()).not.toEqual(expect.arrayContaining([`run:post:${holds}`]));
  expect(await queued()).not.toEqual(expect.arrayContaining([`run:post:${breaks}`]));

  offer('17.9', '18.4');
  await run(compareOffers);
  expect(await queued()).toEqual(expect.arrayContaining([`run:post:${holds}`, `run:post:${breaks}`]));
  expect((await runPost(holds))[0]?.results.map(({ major, verdict }) => [major, verdict])).toEqual([
    [17, null],
    [18, 'held'],
  ]);
  const [broken] = await runPost(breaks);
  expect(broken?.results.map(({ verdict, rows }) => [verdict, rows[0]?.[0]])).toEqual([
    [null, '17.9'],
    ['broke', '18.4'],
  ]);
  await runPost(breaks);
  expect(await toldOf(author.id)).toMatchObject([
    {
      key: `run-broke:post:${breaks}:18`,
      payload: { words: { en: expect.stringContaining('PostgreSQL 18') } },
    },
  ]);

  // A new minor takes the place of the one before it; what was recorded stays.
  offer('17.9', '18.5');
  expect((await runPost(breaks))[0]?.results.map(({ version }) => version)).toEqual(['17.9', '18.5']);
  // The author names the major: what it gives there is what they mean.
  await inTransaction(author.ctx, async (tx) =>
    revisePost(tx, await requireMember(tx), breaks, {
      markdown: block(`select current_setting('app.version') as version`, 'run pg=17,18'),
    }),
  );
  expect((await runsOf(breaks))[0]?.results.map(({ verdict }) => verdict)).toEqual([null, null]);
});

test('what changes from run to run is held to its columns alone', async () => {
  offer('17.9');
  const id = await testPost(await testMember(), {
    kind: 'article',
    markdown: block('select clock_timestamp() as at, random() as luck'),
  });
  await runPost(id);
  offer('17.9', '18.4');
  expect((await runPost(id))[0]?.results.map(({ verdict }) => verdict)).toEqual([null, 'held']);
});

test('when an accepted answer breaks, its author and the one who asked are told, once each', async () => {
  offer('17.9');
  const [asker, answerer] = [await testMember(), await testMember()];
  const question = await testPost(asker, { kind: 'question' });
  const answer = await testPost(answerer, {
    kind: 'answer',
    parentId: question,
    markdown: block(`select current_setting('app.version')`),
  });
  await acceptAnswer(asker.ctx, question, { answerId: answer });
  await runPost(answer);
  offer('17.9', '18.4');
  await runPost(answer);
  await runPost(answer);
  const [asked] = await toldOf(asker.id);
  expect(await toldOf(answerer.id)).toHaveLength(1);
  expect(asked).toMatchObject({
    payload: {
      href: `/questions/${question}#answer-${answer}`,
      title: 'How does this work?',
      words: { en: expect.stringContaining('the answer that you asked for') },
    },
  });
});

test('other words are another block; hidden writings show no results', async () => {
  const author = await testMember();
  const id = await testPost(author, { kind: 'article', markdown: block('select 1') });
  expect((await runPost(id))[0]?.results).toHaveLength(2);
  await inTransaction(author.ctx, async (tx) =>
    revisePost(tx, await requireMember(tx), id, { markdown: block('select 2') }),
  );
  expect(await runsOf(id)).toMatchObject([{ results: [] }]);
  expect((await runPost(id))[0]?.results[0]?.rows).toEqual([['2']]);
  await inTransaction(author.ctx, (tx) => unpublishPost(tx, id, 'hidden'));
  expect(await runsOf(id)).toEqual([]);
  source.orders.length = 0;
  await runPost(id);
  expect(source.orders).toEqual([]);
});

test('who is trusted too little runs in browsers alone, and nobody runs more than their measure', async () => {
  const newcomer = await testMember({ trustLevel: 0 });
  expect(await runPost(await testPost(newcomer, { kind: 'article', markdown: block('select 1') }))).toEqual(
    [],
  );
  await db
    .insertInto('community.setting')
    .values({ name: 'runs', value: JSON.stringify({ runsADay: 3 }) })
    .execute();
  offer('17.9');
  await run(compareOffers);
  const busy = await testMember();
  const many = [1, 2, 3, 4, 5].map((n) => block(`select ${n}`)).join('\n');
  const id = await testPost(busy, { kind: 'article', markdown: many });
  expect((await runPost(id)).filter(({ results }) => results.length > 0)).toHaveLength(3);
  expect((await runsOf(id)).map(({ waiting }) => waiting.length)).toEqual([0, 0, 0, 1, 1]);
  await db.deleteFrom('community.setting').where('name', '=', 'runs').execute();
});

test('an endless statement and a flood of rows end as refusals', async () => {
  await db
    .insertInto('community.setting')
    .values({ name: 'runs', value: JSON.stringify({ secondsAtMost: 1 }) })
    .execute();
  offer('17.9');
  const id = await testPost(await testMember(), {
    kind: 'article',
    markdown: [
      'select pg_sleep(60)',
      `select repeat('x', 1000) from generate_series(1, 1000000)`,
      'select generate_series(1, 120) as n',
    ]
      .map((code) => block(code))
      .join('\n'),
  });
  const [endless, flood, many] = await runPost(id);
  expect(endless?.results[0]?.error?.sqlstate).toBe('57014');
  expect(flood?.results[0]?.error?.sqlstate).toMatch(/^(54000|57014)$/);
  expect(many?.results[0]).toMatchObject({ rowCount: 120, error: null });
  expect(many?.results[0]?.rows).toHaveLength(50);
  await db.deleteFrom('community.setting').where('name', '=', 'runs').execute();
});
