import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tinyPng } from '#tests/support/pictures.ts';
import { readConfig } from '#src/platform/server/config.ts';
import { openFilePlace, setFilePlace } from '#src/platform/server/files/file-place.ts';
import { startTestCli } from '#tests/support/cli.ts';
import { database } from '#tests/support/context.ts';

const cli = await startTestCli();
let folder = '';

beforeAll(async () => {
  setFilePlace(openFilePlace(readConfig({ ELEPHERD_HOME: cli.home })));
  folder = await mkdtemp(join(tmpdir(), 'elepherd-import-'));
  await mkdir(join(folder, 'deep'));
  await mkdir(join(folder, '.git'));
  await writeFile(join(folder, 'one.md'), '# The first of two\n\nSee [the other](deep/two.md).');
  await writeFile(join(folder, 'deep/two.md'), '# The second of two\n\nText.');
  await mkdir(join(folder, 'pictures'));
  await writeFile(join(folder, 'pictures/a plan.png'), tinyPng);
  await writeFile(join(folder, 'pictures/same.png'), tinyPng);
  await writeFile(join(folder, 'pictures/broken.png'), 'no picture at all');
  await writeFile(
    join(folder, 'shown.md'),
    [
      '# Three pictures and two that are none',
      '![plan](pictures/a%20plan.png)',
      '![same](./pictures/same.png)',
      '![broken](pictures/broken.png)',
      '![gone](pictures/gone.png)',
      '![outside](../../../etc/hostname)',
    ].join('\n\n'),
  );
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
    '3 new, 0 changed, 0 as they were, 1 refused.\nThis was a dry run: nothing was kept.\n',
  );
  expect(await posts()).toBe(0);

  const first = await cli.run(`community import ${folder} --site blog`);
  expect(first).toMatchObject({ code: 0, out: '3 new, 0 changed, 0 as they were, 1 refused.\n' });
  expect(first.errors).toContain('Refused: none.md. No title was found');
  expect(first.errors).toContain('4 of 4');

  const second = await cli.run(`community import ${folder} --site blog --lang zh-CN`);
  expect(second.out).toBe('新增 0，更新 0，未变 3，未导入 1。\n');
  expect(await posts()).toBe(3);
});

test('pictures of the folder come along once, whatever they are called; what is missing or none is said', async () => {
  const tried = await cli.run(`community import ${folder} --site pictures --dry-run`);
  expect(tried.errors).toContain('pictures/gone.png was not brought along');
  expect(tried.errors).not.toContain('a plan.png was not');
  const files = () =>
    database.db.selectFrom('community.import_picture').selectAll().where('site', '=', 'pictures').execute();
  expect(await files()).toEqual([]);

  const first = await cli.run(`community import ${folder} --site pictures`);
  expect(first.errors).toContain('Left out: pictures/broken.png');
  for (const name of ['gone', 'broken'])
    expect(first.errors).toContain(`pictures/${name}.png was not brought along`);
  const kept = await files();
  expect(kept.map(({ key }) => key).toSorted()).toEqual(['pictures/a plan.png', 'pictures/same.png']);
  expect(new Set(kept.map(({ file_id }) => file_id)).size).toBe(1);
  const { markdown } = await database.db
    .selectFrom('community.post')
    .select('markdown')
    .where('imported_from', '=', 'pictures:shown.md')
    .executeTakeFirstOrThrow();
  const address = `/api/platform/files/${kept[0]?.file_id}`;
  expect(markdown).toContain(`![plan](${address})`);
  expect(markdown).toContain(`![same](${address})`);
  expect(markdown).toContain('![outside](../../../etc/hostname)');

  const uploads = await database.db.selectFrom('platform.file').select('id').execute();
  const again = await cli.run(`community import ${folder} --site pictures`);
  expect(again.out).toBe('0 new, 0 changed, 3 as they were, 1 refused.\n');
  expect(await database.db.selectFrom('platform.file').select('id').execute()).toHaveLength(uploads.length);
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
