import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { runOnce } from '#tests/support/cli.ts';

const here = { environment: { ELEPHERD_HOME: '/nonexistent', ELEPHERD_URL: 'http://127.0.0.1:9' } };

test.each([
  ['clster list', 'Did you mean "elepherd cluster"?'],
  ['weather now', '"elepherd help" lists all'],
  ['cluster crate x', 'Did you mean "elepherd cluster create"?'],
  ['host frobnicate', 'It has: list, show, add'],
  ['cluster list --jsn', 'Did you mean --json?'],
  ['cluster list --members 3', 'has no option --members'],
  ['cluster create', '<name> is missing: elepherd cluster create <name>'],
  ['cluster show a b', '"b" is one word too many'],
  ['cluster create x --members', '--members needs a value'],
  ['cluster create x --members --wait', '--members needs a value'],
  ['cluster create x --members three', 'takes a number'],
  ['cluster create x --members 1e3', 'takes a number'],
  ['cluster create x --protection paranoid', 'takes one of: async, sync, strict'],
  ['cluster list --json=yes', '--json takes no value'],
  ['cluster list --lang klingon', '--lang takes one of: en, zh-CN'],
  ['cluster create x --wait-timeout -1', '--wait-timeout takes a number'],
  ['cluster set x', 'Say what to change'],
  ['cluster set x work_mem', 'not of the form name=value'],
  ['cluster delete x', 'You have no key for http://127.0.0.1:9'],
  ['completion tcsh', 'take bash, zsh or fish'],
  ['login', 'Say where'],
  ['login --url ftp://x', 'is not an address'],
  ['login --url http://me:secret@x', 'is not an address'],
])('elepherd %s: says what is wrong, on standard error only', async (words, expected) => {
  const { code, out, errors } = await runOnce(
    words,
    here.environment.ELEPHERD_URL && words === 'login' ? {} : here,
  );
  expect(errors).toContain(expected);
  expect(errors).not.toMatch(/ at .*\.ts:\d+/);
  expect(out).toBe('');
  expect(code).toBe(expected.includes('have no key') ? 3 : 2);
});

test('the same in Chinese, by LANG or --lang', async () => {
  const chinese: Record<string, string>[] = [{ LANG: 'zh_CN.UTF-8' }, { LC_ALL: 'zh_TW.UTF-8' }];
  for (const environment of chinese) {
    expect((await runOnce('cluster crate', { environment })).errors).toContain(
      '您是否想用“elepherd cluster create”？',
    );
  }
  expect((await runOnce('--lang zh-CN clster')).errors).toContain('没有“clster”这条命令');
  expect((await runOnce('--lang=en clster', { environment: { LANG: 'zh_CN' } })).errors).toContain(
    'no command',
  );
});

test('help goes to standard output when asked for, to standard error when words are missing', async () => {
  const asked = await runOnce('help');
  expect(asked).toMatchObject({ code: 0, errors: '' });
  expect(asked.out).toContain('cluster create <name>');
  expect(asked.out).toContain('124  the time of --wait-timeout is up');
  expect(await runOnce('--help')).toEqual(asked);
  const bare = await runOnce('');
  expect(bare).toMatchObject({ code: 2, out: '', errors: asked.out });
  expect((await runOnce('cluster')).code).toBe(2);
  expect((await runOnce('cluster --help')).out).toContain('cluster switchover');
  expect((await runOnce('cluster create --help')).out).toBe((await runOnce('help cluster create')).out);
  expect((await runOnce('help clutser')).errors).toContain('Did you mean');
  expect((await runOnce('--version')).out).toBe('elepherd 0.0.0\n');
});

test('colour only on a terminal, and never against NO_COLOR', async () => {
  const escape = '\u001b[';
  expect((await runOnce('clster', { columns: 80 })).errors).toContain(escape);
  expect((await runOnce('clster')).errors).not.toContain(escape);
  expect((await runOnce('clster', { columns: 80, environment: { NO_COLOR: '1' } })).errors).not.toContain(
    escape,
  );
  expect((await runOnce('clster', { columns: 80, environment: { TERM: 'dumb' } })).errors).not.toContain(
    escape,
  );
});

test('says where nobody answers, and as JSON to programs', async () => {
  const environment = { ...here.environment, ELEPHERD_API_KEY: 'elp_secret-secret' };
  const { code, errors } = await runOnce('host list', { environment });
  expect(code).toBe(6);
  expect(errors).toContain('Elepherd at http://127.0.0.1:9 cannot be reached');
  expect(errors).not.toContain('secret-secret');
  const json = await runOnce('host list --json', { environment });
  expect(json).toMatchObject({ code: 6, out: '' });
  expect(JSON.parse(json.errors)).toMatchObject({ code: 'unreachable', status: 0 });
}, 120_000);

test('the real program: exit code, no stack, quick end', () => {
  const run = (words: string[]) => {
    try {
      const env = {
        ...process.env,
        LANG: 'C',
        ELEPHERD_HOME: '/nonexistent',
        XDG_CONFIG_HOME: '/nonexistent',
      };
      return {
        code: 0,
        out: execFileSync(process.execPath, ['src/main/cli.ts', ...words], { env, stdio: 'pipe' }).toString(),
      };
    } catch (error) {
      const { status, stderr } = error as { status: number; stderr: Buffer };
      return { code: status, out: stderr.toString() };
    }
  };
  expect(run(['--version'])).toMatchObject({ code: 0 });
  expect(run(['cluster', 'lst'])).toEqual({
    code: 2,
    out: 'elepherd: "cluster" has no verb "lst". Did you mean "elepherd cluster list"?\nHelp: elepherd help\n',
  });
  expect(run(['cluster', 'list']).code).toBe(3);
});
