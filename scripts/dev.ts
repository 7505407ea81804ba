/**
 * npm run dev: like npm start, but the programs start again whenever a file they loaded changes,
 * and the web pages are built again whenever one of theirs does.
 */
import { watch } from 'node:fs';
import { join } from 'node:path';
import { SetupProblem } from '#src/platform/server/setup/setup-problem.ts';
import { complain, say } from '#src/platform/server/setup/terminal.ts';
import { ensureWebBuild } from '#src/platform/server/setup/web-build.ts';

const settleMilliseconds = 300;
let pause: NodeJS.Timeout | undefined;
let building = Promise.resolve();

async function build(): Promise<void> {
  try {
    // The server has loaded the build, so it starts again by itself.
    await ensureWebBuild(say);
  } catch (error) {
    if (!(error instanceof SetupProblem)) throw error;
    complain(error.text);
  }
}

const watcher = watch(join(import.meta.dirname, '../src'), { recursive: true }, () => {
  clearTimeout(pause);
  pause = setTimeout(() => (building = building.then(build)), settleMilliseconds);
});

process.argv.push('--watch');
await import('#src/main/start.ts');
watcher.close();
