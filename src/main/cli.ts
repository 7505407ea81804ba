/** The command line: `elepherd <noun> <verb> …`. What it can do stands in the table of `cli-commands.ts`. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { runProgram } from '#src/platform/cli/run-program.ts';
import { commands } from './cli-commands.ts';

// A reader that closes early, as `head` does, is no failure.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
}
process.stdin.setEncoding('utf8');

const root = join(import.meta.dirname, '../..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };

process.exitCode = await runProgram(
  commands,
  {
    words: process.argv.slice(2),
    environment: process.env,
    isRoot: process.getuid?.() === 0,
    userHome: homedir(),
    input: process.stdin,
    output: process.stdout,
    errors: process.stderr,
    onInterrupt(stop) {
      process.on('SIGINT', stop);
      return () => process.off('SIGINT', stop);
    },
    async runLocally(program, words) {
      const child = spawn(process.execPath, [join(import.meta.dirname, `${program}.ts`), ...words], {
        stdio: 'inherit',
      });
      const [code] = (await once(child, 'exit')) as [number | null];
      return code ?? 1;
    },
  },
  version,
);
