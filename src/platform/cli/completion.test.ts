import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runOnce } from '#tests/support/cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'elepherd-completion-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const bash = (script: string) =>
  execFileSync('bash', ['-c', script], { cwd: folder, stdio: 'pipe' }).toString();
const has = (program: string) => {
  try {
    return execFileSync('which', [program]).length > 0;
  } catch {
    return false;
  }
};

/** What bash offers when Tab is pressed at the end of a line. */
async function offered(line: string): Promise<string[]> {
  writeFileSync(join(folder, 'script'), (await runOnce('completion bash')).out);
  // Stands for the program itself: names as a server would give them, one of them with teeth.
  writeFileSync(
    join(folder, 'elepherd'),
    `#!/bin/sh\necho "$*" >> asked\necho orders\necho stock-2\necho '$(touch bitten)'\n`,
  );
  chmodSync(join(folder, 'elepherd'), 0o755);
  const words = line.split(' ');
  const quoted = words.map((word) => `'${word}'`).join(' ');
  const out = bash(
    `PATH="$PWD:$PATH"; source ./script; COMP_WORDS=(${quoted}); COMP_CWORD=${words.length - 1}; _elepherd; printf '%s\\n' "\${COMPREPLY[@]}"`,
  );
  return out.split('\n').filter((word) => word !== '');
}

test('bash accepts the script, and it offers nouns, verbs, options, choices and names', async () => {
  expect(await offered('elepherd clu')).toEqual(['cluster']);
  expect(await offered('elepherd cluster sw')).toEqual(['switchover']);
  expect(await offered('elepherd cluster create --prot')).toEqual(['--protection']);
  expect(await offered('elepherd cluster create x --protection s')).toEqual(['sync', 'strict']);
  expect(await offered('elepherd --lang zh-CN cluster sho')).toEqual(['show']);
  expect(await offered('elepherd cluster show ')).toEqual(['orders', 'stock-2']);
  expect(await offered('elepherd cluster show --json st')).toEqual(['stock-2']);
  expect(await offered('elepherd cluster add-member orders st')).toEqual(['stock-2']);
  expect(await offered('elepherd cluster create x --host o')).toEqual(['orders']);
  expect(bash('tail -n 1 asked')).toBe('host list --quiet\n');
  expect(bash('ls')).not.toContain('bitten');
  bash('bash -n ./script');
});

test('what it asks for are commands that exist and answer names', async () => {
  const script = (await runOnce('completion bash')).out;
  const asked = new Set([...script.matchAll(/_elepherd_ask '([^']+)'/g)].map((match) => match[1] ?? ''));
  expect([...asked].sort()).toEqual([
    'alert list',
    'cluster list',
    'external list',
    'host list',
    'key list',
    'member invitations',
    'member list',
    'operation list',
    'policy list',
    'repository list',
    'sandbox list',
    'silence list',
  ]);
  for (const words of asked) expect((await runOnce(`help ${words}`)).code, words).toBe(0);
});

test.runIf(has('zsh'))('zsh accepts its script', async () => {
  for (const language of ['en', 'zh-CN']) {
    writeFileSync(join(folder, 'zsh-script'), (await runOnce(`completion zsh --lang ${language}`)).out);
    execFileSync('zsh', ['-n', join(folder, 'zsh-script')]);
  }
});

test.runIf(has('fish'))('fish accepts its script', async () => {
  for (const language of ['en', 'zh-CN']) {
    writeFileSync(join(folder, 'fish-script'), (await runOnce(`completion fish --lang ${language}`)).out);
    execFileSync('fish', ['-n', join(folder, 'fish-script')]);
  }
});
