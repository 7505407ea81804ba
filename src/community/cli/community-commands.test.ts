import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tinyPng } from '#tests/support/pictures.ts';
import { readConfig } from '#src/platform/server/config.ts';
import { openFilePlace, setFilePlace } from '#src/platform/server/files/file-place.ts';
import { countBallots } from '#src/community/contract/count-ballots.ts';
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

test('killed in the middle and run again: nothing is missing and nothing double', async () => {
  const many = join(folder, '.many');
  await mkdir(many);
  const names = Array.from({ length: 50 }, (_, n) => `file-${String(n).padStart(2, '0')}.md`);
  for (const name of names)
    await writeFile(join(many, name), `# The file called ${name}\n\nText of ${name}.`);
  await writeFile(join(many, 'file-21.md'), 'No title here.');
  await writeFile(join(many, 'file-22.md'), '# No text \0 at all\n\nText.');
  const sources = async () =>
    (
      await database.db
        .selectFrom('community.post')
        .select('imported_from')
        .where('imported_from', 'like', 'many:%')
        .execute()
    ).map((row) => row.imported_from!);
  const command = `community import ${many} --site many`;

  // Killed when it sends its second batch, which never came; then once more, while the server is at work on it.
  const killAtSecondBatch = async (answer: Response | undefined) => {
    const child = spawn(process.execPath, ['src/main/cli.ts', ...command.split(' ')], {
      env: { ...process.env, ELEPHERD_HOME: cli.home },
    });
    let batches = 0;
    cli.intercept = (request) => {
      if (!request.url.endsWith('/items') || ++batches < 2) return undefined;
      child.kill('SIGKILL');
      return answer;
    };
    const [, signal] = await once(child, 'exit');
    cli.intercept = undefined;
    expect({ signal, batches }).toEqual({ signal: 'SIGKILL', batches: 2 });
    return (await sources()).length;
  };
  const kept = await killAtSecondBatch(new Response(null, { status: 503 }));
  expect(kept).toBe(20);
  await killAtSecondBatch(undefined);

  const whole = await cli.run(command);
  expect(whole.code).toBe(0);
  const [created, updated, unchanged, refused] = whole.out.match(/\d+/g)!.map(Number);
  expect({ all: created! + unchanged!, updated, refused }).toEqual({ all: 48, updated: 0, refused: 2 });
  expect(unchanged).toBeGreaterThanOrEqual(kept);
  expect(whole.errors).toContain('Refused: file-21.md. No title was found');
  expect(whole.errors).toContain('file-22.md is too large, or no text, and was left out');
  const wanted = names.filter((name) => !/2[12]/.test(name)).map((name) => `many:${name}`);
  expect((await sources()).toSorted()).toEqual(wanted);
  expect((await cli.run(command)).out).toBe('0 new, 0 changed, 48 as they were, 2 refused.\n');
  await rm(many, { recursive: true });
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

test('the ledger of points is checked, and what differs ends with an error that names it', async () => {
  const right = await cli.run('community points check');
  expect(right).toMatchObject({ code: 0, out: '0 entries of 0 members are right.\n' });
  await database.db
    .insertInto('community.member')
    .values({ handle: 'rich-one', name: 'Rich', points: 7 })
    .execute();
  const wrong = await cli.run('community points check');
  expect(wrong.code).not.toBe(0);
  expect(wrong.errors).toContain('@rich-one: 0 / 7 instead of 0 / 0.');
  await database.db.deleteFrom('community.member').where('handle', '=', 'rich-one').execute();
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
