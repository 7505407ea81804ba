import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { countBallots } from '#src/community/contract/count-ballots.ts';
import { startTestCli } from '#tests/support/cli.ts';
import { database } from '#tests/support/context.ts';

const cli = await startTestCli();
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'elepherd-import-'));
  await mkdir(join(folder, 'deep'));
  await mkdir(join(folder, '.git'));
  await writeFile(join(folder, 'one.md'), '# The first of two\n\nSee [the other](deep/two.md).');
  await writeFile(join(folder, 'deep/two.md'), '# The second of two\n\nText.');
  await writeFile(join(folder, 'none.md'), 'No title here.');
  await writeFile(join(folder, '.git/three.md'), '# Hidden from view\n\nText.');
  await writeFile(
    join(folder, 'forum.json'),
    JSON.stringify({
      topics: [
        {
          id: 1,
          title: 'A question from elsewhere',
          posts: [{ id: 2, user_id: 3, post_number: 1, raw: 'Why?' }],
        },
      ],
      users: [{ id: 3, username: 'zoe' }],
    }),
  );
});
afterAll(() => rm(folder, { recursive: true }));

const posts = async () =>
  (
    await database.db
      .selectFrom('community.post')
      .select('imported_from')
      .where('imported_from', 'is not', null)
      .execute()
  ).length;

test('a folder is tried, imported, and imported again without doubles', async () => {
  const tried = await cli.run(`community import ${folder} --site blog --dry-run`);
  expect(tried.out).toBe(
    '2 new, 0 changed, 0 as they were, 1 refused.\nThis was a dry run: nothing was kept.\n',
  );
  expect(await posts()).toBe(0);

  const first = await cli.run(`community import ${folder} --site blog`);
  expect(first).toMatchObject({ code: 0, out: '2 new, 0 changed, 0 as they were, 1 refused.\n' });
  expect(first.errors).toContain('Refused: none.md. No title was found');
  expect(first.errors).toContain('3 of 3');

  const second = await cli.run(`community import ${folder} --site blog --lang zh-CN`);
  expect(second.out).toBe('新增 0，更新 0，未变 2，未导入 1。\n');
  expect(await posts()).toBe(2);
});

test('the export of a forum needs a word on which', async () => {
  const file = join(folder, 'forum.json');
  expect(await cli.run(`community import ${file}`)).toMatchObject({ code: 2, out: '' });
  expect((await cli.run(`community import ${file} --source discourse --site forum`)).out).toMatch(/^1 new/);
  expect((await cli.run(`community import ${join(folder, 'one.md')} --source nodebb`)).errors).toContain(
    'no export with a list of topics',
  );
  expect((await cli.run('community import /nowhere/at/all')).errors).toContain('cannot be read');
});

test('a published election is counted again without a server; what was changed in its file is found', async () => {
  const ballots = Array.from({ length: 5 }, (_, n) => ({ receipt: `R${n}`, marks: [n % 2] }));
  const asked = { method: 'approval' as const, seats: 1, maxScore: 1 };
  const election = {
    format: 'elepherd-election-1',
    id: 12,
    title: 'Chair',
    ...asked,
    candidates: ['Ada', 'Lin'],
    eligible: 9,
    ballots,
    tally: countBallots({ ...asked, candidates: 2 }, ballots),
  };
  const file = join(folder, 'election.json');
  await writeFile(file, JSON.stringify(election));
  expect(await cli.run(`community recount ${file}`)).toMatchObject({
    code: 0,
    out: '5 ballots counted: Chair\nelected: Ada (3 at first)\nThe same as published.\n',
  });
  await writeFile(file, JSON.stringify({ ...election, ballots: ballots.slice(1) }));
  const other = await cli.run(`community recount ${file}`);
  expect(other.code).not.toBe(0);
  expect(other.errors).toContain('Not the same as published: totals');
  expect((await cli.run(`community recount ${join(folder, 'one.md')}`)).errors).toContain(
    'no file of an election',
  );
});
