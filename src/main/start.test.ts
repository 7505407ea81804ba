import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { freePort } from '#src/platform/server/setup/preflight.ts';
import { claimHome, releaseHome } from '#src/platform/server/setup/run-file.ts';

const isRoot = process.getuid?.() === 0;
let folder = '';
let port = 0;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'elepherd-start-'));
  await chmod(folder, 0o755);
  port = await freePort('127.0.0.1');
});

afterEach(() => rm(folder, { recursive: true }));

/** Runs `npm start` to its end; all of these end by themselves. */
async function start(args: string[], env: NodeJS.ProcessEnv = {}) {
  const given = { ...process.env, LANG: 'en_US.UTF-8', LC_ALL: '', ...env };
  const file = join(import.meta.dirname, 'start.ts');
  const child = spawn(process.execPath, [file, ...args], { env: given, stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk) => (out += chunk));
  child.stderr.on('data', (chunk) => (err += chunk));
  const [code] = await once(child, 'close');
  return { code: Number(code), out, err };
}

async function occupy(): Promise<Server> {
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

test('a taken port: one sentence that names the program, and no home is left', async () => {
  const server = await occupy();
  const home = join(folder, 'home');
  const { code, err } = await start(['--home', home, '--port', String(port)]);
  server.close();
  expect(code).toBe(1);
  expect(err).toMatch(
    new RegExp(
      `^Port ${port} is taken by .*pid ${process.pid}: stop that program, .*nothing was started.\n$`,
    ),
  );
  expect(existsSync(home)).toBe(false);
});

test('an existing home keeps what is in it when the start fails', async () => {
  const server = await occupy();
  const home = join(folder, 'home');
  execFileSync('sh', ['-c', `mkdir ${home} && echo mine > ${home}/file`]);
  expect(await start(['--home', home, '--port', String(port)])).toMatchObject({ code: 1 });
  server.close();
  expect(await readdir(home)).toContain('file');
  expect(existsSync(join(home, 'run', 'elepherd.json'))).toBe(false);
});

test('a second start says where the first one is, and how to sign in, and succeeds', async () => {
  const url = `http://127.0.0.1:${port}`;
  await claimHome(folder, url);
  const { code, out, err } = await start(['--home', folder]);
  await releaseHome(folder);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toBe(
    `Elepherd already runs at ${url} (pid ${process.pid}). A fresh sign-in link: npx elepherd sign-in-link\n`,
  );
});

test('wrong options and settings are one sentence, in the language of the terminal', async () => {
  expect(await start(['--prot', '1'])).toMatchObject({
    code: 1,
    err: expect.stringMatching(/--prot.*npm start -- --help\n$/s),
  });
  const lab = await start(['--home', join(folder, 'home'), '--lab', 'three'], { LC_ALL: 'zh_CN.UTF-8' });
  expect(lab).toMatchObject({
    code: 1,
    out: '',
    err: '--lab 需要给出实验主机数量（0 到 9）；未启动任何服务。\n',
  });
  const setting = await start(['--home', join(folder, 'home')], { PORT: 'http' });
  expect(setting.err).toMatch(/^The settings in the environment are not right: PORT /);
  expect(existsSync(join(folder, 'home'))).toBe(false);
});

test('a database that does not answer is one sentence', async () => {
  const env = { DATABASE_URL: `postgres://nobody:secret@127.0.0.1:${port}/none` };
  const { code, err } = await start(['--home', join(folder, 'home'), '--port', String(port)], env);
  expect(code).toBe(1);
  expect(err).toMatch(/^Elepherd's database does not answer: .*ECONNREFUSED.*\n$/);
  expect(err).not.toContain('secret');
});

test.runIf(isRoot)('a read-only folder and a full disk: one sentence each', async () => {
  const cases = {
    'size=1m,ro': /cannot be written to \(EROFS\).*\n$/,
    'size=30m': /has only \d+ MB free.*\n$/,
  };
  for (const [options, sentence] of Object.entries(cases)) {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `${options},mode=755`, 'tmpfs', folder]);
    try {
      const { code, err } = await start(['--home', join(folder, 'home'), '--port', String(port)]);
      expect({ code, err }).toEqual({ code: 1, err: expect.stringMatching(sentence) });
      expect(existsSync(join(folder, 'home'))).toBe(false);
    } finally {
      execFileSync('umount', [folder]);
    }
  }
});
