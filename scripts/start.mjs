/** npm start: installs what is missing and starts Elepherd on this machine (src/main/start.ts). */
import { run } from './bootstrap.mjs';

await run('src/main/start.ts', process.argv.slice(2));
