/**
 * node launch.ts CGROUP… -- PROGRAM ARGUMENT…
 * Moves itself into the control groups named and becomes the program, so that the program and all it starts are in them from the first
 * instruction: ending a lab is then ending its control group, whatever else was forgotten.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const at = process.argv.indexOf('--');
const groups = process.argv.slice(2, at);
const [file, ...args] = process.argv.slice(at + 1);
if (at < 0 || file === undefined || process.execve === undefined) {
  throw new Error('usage: node launch.ts CGROUP… -- /PROGRAM ARGUMENT…  (Node 24)');
}
for (const group of groups) writeFileSync(join(group, 'cgroup.procs'), String(process.pid));
process.execve(file, [file, ...args], process.env as Record<string, string>);
