#!/usr/bin/env node
/** npx elepherd …: the command line (src/main/cli.ts). */
import { run } from '../scripts/bootstrap.mjs';

await run('src/main/cli.ts', process.argv.slice(2));
