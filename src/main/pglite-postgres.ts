import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { PostgresSource, RunWish, ServerRun } from '#src/community/contract/runs.ts';
import { overLimit, refusalOf } from '#src/community/server/runs/rules.ts';

/** From nothing to the first statement, on a machine that is busy. */
const startSeconds = 60;
const heapMb = 512;
const root = join(import.meta.dirname, '../..');

/**
 * PostgreSQL as WebAssembly, in processes that may read the product and nothing else: no file to write, no program to
 * start. One at a time, because each takes a few hundred megabytes.
 */
export function pglitePostgres(): PostgresSource {
  let version: Promise<string> | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = (wish: RunWish): Promise<ServerRun> => {
    const run = last.then(() => runOne(wish));
    last = run.catch(() => {});
    return run;
  };
  return {
    async listOffered() {
      version ??= inTurn({ setup: '', code: 'select 1', secondsAtMost: 10 }).then((run) => run.version);
      const known = await version;
      if (known !== '') return [{ major: Number.parseInt(known, 10), version: known }];
      // It did not even start, where memory is short for example: another time it may.
      version = undefined;
      return [];
    },
    async runAll(_, wishes) {
      const known = (await version) ?? '';
      const runs: ServerRun[] = [];
      for (const wish of wishes) runs.push({ ...(await inTurn(wish)), version: known });
      return runs;
    },
  };
}

async function runOne(wish: RunWish): Promise<ServerRun> {
  const child = spawn(
    process.execPath,
    [
      '--permission',
      `--allow-fs-read=${root}`,
      `--max-old-space-size=${heapMb}`,
      join(import.meta.dirname, 'pglite-run.ts'),
    ],
    { cwd: root, env: {}, stdio: ['pipe', 'pipe', 'ignore'] },
  );
  let said = '';
  const killAfter = (seconds: number) => setTimeout(() => child.kill('SIGKILL'), seconds * 1000);
  let timer = killAfter(startSeconds);
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    // The first it says is that it began.
    if (said === '') {
      clearTimeout(timer);
      timer = killAfter(wish.secondsAtMost);
    }
    said += chunk;
  });
  child.stdin.on('error', () => {});
  child.stdin.end(JSON.stringify(wish));
  const ended = await new Promise<NodeJS.Signals | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (_code, signal) => resolve(signal));
  }).finally(() => clearTimeout(timer));
  if (said.trim() !== '') return JSON.parse(said) as ServerRun;
  return refusalOf('', ended === 'SIGKILL' ? overLimit.time : overLimit.memory);
}
