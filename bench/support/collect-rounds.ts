/**
 * node bench/support/collect-rounds.ts SOCKET-FOLDER PORT PSQL ROUNDS STEP: the agent's own collector against one PostgreSQL, so many
 * rounds with a clock that goes on STEP seconds each. Prints its processor seconds, those of its psql counted in.
 */
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { Sheet } from '#src/fleet/agent/metrics/sheet.ts';
import { PostgresTarget } from '#src/fleet/agent/metrics/targets.ts';

const [socketDirectory = '', port = '', psql = '', rounds = '100', step = '15'] = process.argv.slice(2);
let seconds = 1_000_000;
const target = new PostgresTarget(
  'bench',
  { psql, socketDirectory, port: Number(port) },
  () => seconds * 1000,
);
const oneRound = async (): Promise<string> => {
  const sheets = [new Sheet(), new Sheet()] as const;
  await target.collect(sheets[0]);
  if (seconds % 60 < Number(step)) await target.visit(sheets[1]);
  const text = sheets.map((sheet) => sheet.text).join('\n');
  gzipSync(JSON.stringify({ groups: [{ atMs: Date.now(), scope: 'bench', text }] }), { level: 1 });
  seconds += Number(step);
  return text;
};
// What a program costs to start is paid once in months.
for (let warm = 0; warm < 5; warm++) await oneRound();
await sleep(500);
process.stdout.write('warm\n');
await sleep(1000);
const began = ownSeconds();
let last = '';
for (let round = 0; round < Number(rounds); round++) {
  last = await oneRound();
  await sleep(20);
}
target.close();
// Its last psql is counted once it has been waited for.
await sleep(300);
const series = last.split('\n').length;
const failed = last.split('\n').filter((line) => /^elepherd_probe_success.* 0$/.test(line));
process.stdout.write(`${JSON.stringify({ cpuSeconds: ownSeconds() - began, series, failed })}\n`);
process.exit();

function ownSeconds(): number {
  const stat = readFileSync('/proc/self/stat', 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return [11, 12, 13, 14].reduce((sum, at) => sum + Number(fields[at]), 0) / 100;
}
