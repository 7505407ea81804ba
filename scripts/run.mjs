/** node scripts/run.mjs FILE [ARGUMENT…]: runs a TypeScript file of this project under the pinned Node, packages installed. */
import { run } from './bootstrap.mjs';

const [file, ...args] = process.argv.slice(2);
if (file === undefined) {
  process.stderr.write('usage: node scripts/run.mjs FILE [ARGUMENT…]\n');
  process.exitCode = 2;
} else {
  await run(file, args);
}
