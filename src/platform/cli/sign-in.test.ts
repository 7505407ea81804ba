import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { runOnce, startTestCli } from '#tests/support/cli.ts';
import { database } from '#tests/support/context.ts';

const cli = await startTestCli();
const elsewhere = await mkdtemp(join(tmpdir(), 'elepherd-config-'));
afterAll(() => rm(elsewhere, { recursive: true, force: true }));
const file = join(elsewhere, 'elepherd', 'cli.json');
/** A person on another machine: no home, a folder for configuration of their own. */
const away = { ELEPHERD_HOME: '/nonexistent', XDG_CONFIG_HOME: elsewhere };

let key = '';
beforeEach(async () => {
  await rm(join(elsewhere, 'elepherd'), { recursive: true, force: true });
  key = (await cli.run('key create test --scope * --quiet')).out.trim();
  expect(key).toMatch(/^elp_/);
  cli.requests.length = 0;
});

const sent = () => cli.requests.map(({ headers }) => headers.get('authorization'));

test('on the machine itself the admin token signs in', async () => {
  const { code, out } = await cli.run('whoami');
  expect(code).toBe(0);
  expect(out).toContain("this machine's own admin-token");
  expect(out).toContain('Test Person <');
});

test('login keeps address and key for this person alone; logout forgets them', async () => {
  const login = await runOnce(`login --url ${cli.url}/`, { environment: away, input: `${key}\n` });
  expect(login).toMatchObject({ code: 0, errors: '' });
  expect(login.out).toContain(`Logged in to ${cli.url} as `);
  expect(login.out).not.toContain(key);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({ url: cli.url, key });

  expect((await runOnce('host list --quiet', { environment: away })).code).toBe(0);
  expect((await runOnce('logout', { environment: away })).code).toBe(0);
  expect((await runOnce('host list --quiet', { environment: away })).code).toBe(3);
});

test('login asks for the key without showing it', async () => {
  const { code, out, errors } = await runOnce(`login --url ${cli.url}`, {
    environment: away,
    isTyped: true,
    input: `x\u007f${key}\r`,
  });
  expect(code).toBe(0);
  expect(errors).toContain('(not shown)');
  expect(out + errors).not.toContain(key.slice(4));
});

test('a key that the server refuses is not kept', async () => {
  const { code, errors } = await runOnce(`login --url ${cli.url}`, {
    environment: away,
    input: 'elp_not-a-key-of-this-server',
  });
  expect(code).toBe(3);
  expect(errors).not.toContain('elp_not');
  await expect(stat(file)).rejects.toThrow('ENOENT');
  for (const input of ['', 'two words here', 'elp_with\nnewline x', 'x'.repeat(70_000)]) {
    expect((await runOnce(`login --url ${cli.url}`, { environment: away, input })).code).toBe(2);
  }
});

test('the environment goes before login, and login before the machine', async () => {
  await runOnce(`login --url ${cli.url}`, { environment: away, input: key });
  const both = { ...away, ELEPHERD_HOME: cli.home };
  expect((await runOnce('whoami', { environment: both })).out).toContain(`elepherd login (${file})`);
  const environment = { ...both, ELEPHERD_URL: cli.url, ELEPHERD_API_KEY: key };
  expect((await runOnce('whoami', { environment })).out).toContain('ELEPHERD_API_KEY in the environment');
});

test('a key is sent only where it belongs', async () => {
  await runOnce(`login --url ${cli.url}`, { environment: away, input: key });
  cli.requests.length = 0;
  const there = cli.url.replace('127.0.0.1', 'localhost.example');
  const other = await runOnce(`host list --url ${there}`, {
    environment: { ...away, ELEPHERD_HOME: cli.home },
  });
  expect(other.code).toBe(3);
  expect(sent()).toEqual([]);

  cli.intercept = () =>
    new Response(null, { status: 302, headers: { location: 'https://evil.example/api' } });
  const moved = await runOnce('host list', { environment: away });
  cli.intercept = undefined;
  expect(moved.code).toBe(6);
  expect(moved.errors).toContain('sends callers on to https://evil.example/api. The key was not sent there');
});

test('a file that others can read is refused, and a damaged one too', async () => {
  await runOnce(`login --url ${cli.url}`, { environment: away, input: key });
  await chmod(file, 0o644);
  const open = await runOnce('host list', { environment: away });
  expect(open).toMatchObject({ code: 1 });
  expect(open.errors).toContain(`Run "chmod 600 ${file}"`);
  await chmod(file, 0o600);
  await writeFile(file, '{"url":');
  expect((await runOnce('host list', { environment: away })).errors).toContain('is damaged');
  expect((await runOnce('logout', { environment: away })).code).toBe(0);
});

test('an unencrypted address elsewhere is warned about before the key is asked for', async () => {
  const { errors } = await runOnce('login --url http://192.0.2.1', { environment: away, input: '' });
  expect(errors).toContain('http://192.0.2.1 is not encrypted');
});

test('an organisation is named by name or id, and a foreign one is not found', async () => {
  const { orgId } = cli.owner.actor;
  const { out } = await cli.run('org show --json');
  const { name } = JSON.parse(out) as { name: string };
  expect((await cli.run(`org show --quiet --org ${orgId}`)).out).toBe(`${orgId}\n`);
  expect((await cli.run(`org show --quiet --org '${name}'`)).out).toBe(`${orgId}\n`);
  expect((await cli.run('org show --quiet', { environment: { ELEPHERD_ORG: name } })).out).toBe(`${orgId}\n`);
  const unknown = await cli.run('org show --org nobody');
  expect(unknown.code).toBe(4);
  expect(unknown.errors).toContain(name);
  expect((await cli.run(`org show --org ${crypto.randomUUID()}`)).code).toBe(4);
});

test('a write whose answer was lost is sent again under the same idempotency key, and counts once', async () => {
  let times = 0;
  let lost = '';
  cli.intercept = async (request) => {
    if (request.method !== 'POST') return undefined;
    times += 1;
    if (times > 1) return undefined;
    // The server does the work; the cable breaks before its answer is through.
    const { method, headers } = request;
    lost = await (await fetch(request.url, { method, headers, body: await request.text() })).text();
    cli.cut();
    return new Response(null);
  };
  const { code, out } = await cli.run('key create again --scope fleet.*.read --json');
  cli.intercept = undefined;
  expect(code).toBe(0);
  expect(JSON.parse(out)).toEqual(JSON.parse(lost));
  const posts = cli.requests.filter(({ line }) => line.startsWith('POST'));
  const keys = new Set(posts.map(({ headers }) => headers.get('idempotency-key')));
  expect(posts).toHaveLength(3);
  expect([...keys]).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/)]);
  const listed = JSON.parse((await cli.run('key list --json')).out) as { name: string }[];
  expect(listed.filter(({ name }) => name === 'again')).toHaveLength(1);
});

test('a server that is busy is asked again when it said', async () => {
  let times = 0;
  cli.intercept = () => {
    times += 1;
    if (times > 2) return undefined;
    const problem = { type: 'about:blank', title: 'x', status: 429, code: 'too_many', detail: 'Slow down.' };
    return Response.json(problem, { status: 429, headers: { 'retry-after': times === 1 ? '0' : '3600' } });
  };
  const { code, errors } = await cli.run('host list');
  cli.intercept = undefined;
  expect(times).toBe(2);
  expect(code).toBe(1);
  expect(errors).toBe('elepherd: Slow down.\n');
});

test('what is not Elepherd is said to be not Elepherd', async () => {
  cli.intercept = () =>
    new Response('<h1>Welcome to nginx</h1>', { headers: { 'content-type': 'text/html' } });
  const { code, errors } = await cli.run('host list');
  cli.intercept = undefined;
  expect(code).toBe(6);
  expect(errors).toContain('does not speak as Elepherd does');
});

test('names from a server cannot play tricks on the terminal', async () => {
  cli.intercept = () =>
    Response.json([
      {
        id: crypto.randomUUID(),
        name: 'a\u001b[2J\u202eb',
        role: 'owner',
        createdAt: '2026-01-01T00:00:00Z',
      },
    ]);
  const { out } = await cli.run('org list');
  cli.intercept = undefined;
  expect(out).toContain('a�[2J�b');
});

test('server status needs no sign-in, says which part is missing, and ends with 6 until all is well', async () => {
  await database.db.deleteFrom('platform.worker').execute();
  const environment = { ...away, ELEPHERD_URL: cli.url };
  const missing = await runOnce('server status', { environment });
  expect(missing.code).toBe(6);
  expect(missing.out).toMatch(/A worker +not well/);
  expect(missing.errors).toContain('is not ready');
  expect(sent()).toEqual([null]);
  await database.db.insertInto('platform.worker').values({ id: crypto.randomUUID(), name: 'test' }).execute();
  const well = await runOnce('server status --lang zh-CN', { environment });
  expect(well).toMatchObject({ code: 0, errors: '' });
  expect(well.out).toMatch(/后台工作进程 +正常/);
  expect((await runOnce('server status --quiet', { environment })).out).toBe('ready\n');
});

test('the audit log lists who did what, filtered, and is whole', async () => {
  const listed = await cli.run('audit list --action identity.key');
  expect(listed.out).toMatch(/Test Person \(admin-token\) \(user\) +identity\.key\.create/);
  expect((await cli.run('audit list --until 2020-01-01')).errors).toContain('No entries fit.');
  expect((await cli.run('audit list --from yesterday')).code).toBe(2);
  expect((await cli.run('audit verify')).out).toContain('The audit log is whole');
});
