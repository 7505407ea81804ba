/**
 * Everything that can be told without a database, in seconds.
 *
 *   npm run check                  all checks
 *   npm run check -- rooms types   only these
 *   npm run check -- --fix         formats, repairs what the linter can repair, then checks
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

interface Check {
  name: string;
  /** Programs that run one after another; the first that fails ends the check. */
  commands: string[][];
}

const bin = (name: string) => join(root, 'node_modules/.bin', name);
const script = (name: string) => join(root, 'scripts', name);
const hasPages = existsSync(join(root, 'react-router.config.ts')) && existsSync(join(root, 'src/routes.ts'));

// The slow ones first, so that the quick ones fill the gaps.
const checks: Check[] = [
  {
    name: 'types',
    commands: [...(hasPages ? [[bin('react-router'), 'typegen']] : []), [script('check-types.ts')]],
  },
  { name: 'unused', commands: [[bin('knip'), '--no-progress', '--no-config-hints']] },
  { name: 'format', commands: [[bin('oxfmt'), '--list-different']] },
  { name: 'lint', commands: [[bin('oxlint'), '--quiet', '--format=unix']] },
  { name: 'rooms', commands: [[script('check-rooms.ts')]] },
  { name: 'text', commands: [[script('check-text.ts')]] },
  { name: 'docs', commands: [[script('check-docs.ts')]] },
];

interface Result {
  ok: boolean;
  output: string;
}

function run([file = '', ...args]: string[]): Promise<Result> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [file, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', reject);
    child.on('close', (code) => resolve({ ok: code === 0, output }));
  });
}

const secondsSince = (start: number) => `${((performance.now() - start) / 1000).toFixed(1)} s`;

async function runCheck({ name, commands }: Check): Promise<boolean> {
  const start = performance.now();
  let result: Result = { ok: true, output: '' };
  for (const command of commands) {
    result = await run(command);
    if (!result.ok) break;
  }
  process.stdout.write(`${result.ok ? 'ok  ' : 'FAIL'} ${name.padEnd(8)} ${secondsSince(start)}\n`);
  if (!result.ok) process.stdout.write(`${result.output.trimEnd().replace(/^/gm, '     ')}\n`);
  return result.ok;
}

async function main(args: string[]): Promise<number> {
  const start = performance.now();
  const wished = args.filter((arg) => !arg.startsWith('--'));
  const unknown = wished.filter((name) => !checks.some((check) => check.name === name));
  if (unknown.length > 0 || args.some((arg) => arg.startsWith('--') && arg !== '--fix')) {
    process.stderr.write(
      `usage: npm run check [-- [--fix] [${checks.map(({ name }) => name).join('] [')}]]\n`,
    );
    return 2;
  }
  if (args.includes('--fix')) {
    await run([bin('oxlint'), '--fix', '--quiet']);
    await run([bin('oxfmt')]);
  }
  const waiting = checks.filter(({ name }) => wished.length === 0 || wished.includes(name));
  let failed = 0;
  const workers = Array.from({ length: Math.max(2, availableParallelism()) }, async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) if (!(await runCheck(next))) failed += 1;
  });
  await Promise.all(workers);
  process.stdout.write(`${failed === 0 ? 'ok  ' : 'FAIL'} all      ${secondsSince(start)}\n`);
  return failed === 0 ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2));
