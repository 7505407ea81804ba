/**
 * npm run bench -- agent-idle [minutes]
 * What a real agent takes on lab hosts while nothing is asked of it: on a host with nothing on it, and on one that carries a
 * PostgreSQL under Patroni, which the agent looks at every five seconds. Programs the agent runs are counted with it.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Host } from '#tests/support/lab/host.ts';
import { print, say } from './support/figures.ts';
import { makeCluster, startLab } from './support/lab.ts';

const [minutes = 10] = process.argv.slice(2).map(Number);
/** Enrolment, first facts and the build are over by then. */
const settleSeconds = 30;
const sampleSeconds = 10;
const ticksPerSecond = 100;

const elepherd = await startLab('idle', 2);
try {
  const [busy, idle] = elepherd.lab.hosts as [Host, Host];
  await makeCluster(elepherd, { name: 'bench', hostIds: [await elepherd.hostId(busy.name)] });
  await sleep(settleSeconds * 1000);
  say(`watching for ${minutes} minutes`);
  const watched = await Promise.all([watch(busy), watch(idle)]);
  for (const [index, name] of ['with-postgres', 'empty'].entries()) {
    const { megabytes, cpuPercent } = watched[index]!;
    print({ name: `agent-idle/${name}/memory`, ours: megabytes, unit: 'MB', bar: 100, minutes });
    print({ name: `agent-idle/${name}/cpu`, ours: cpuPercent, unit: '% of a core', bar: 1, minutes });
  }
} finally {
  await elepherd.destroy();
}

async function watch(host: Host): Promise<{ megabytes: number; cpuPercent: number }> {
  const pid = (await host.run(['pgrep', '--full', 'current run'])).stdout.trim();
  const began = { at: Date.now(), seconds: await cpuSecondsOf(host, pid) };
  let most = 0;
  while (Date.now() - began.at < minutes * 60_000) {
    await sleep(sampleSeconds * 1000);
    const status = await host.readFile(`/proc/${pid}/status`);
    most = Math.max(most, Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024);
  }
  const seconds = (await cpuSecondsOf(host, pid)) - began.seconds;
  return { megabytes: most, cpuPercent: (seconds / ((Date.now() - began.at) / 1000)) * 100 };
}

/** Its own processor time and that of programs it ran and that have ended. */
async function cpuSecondsOf(host: Host, pid: string): Promise<number> {
  const stat = await host.readFile(`/proc/${pid}/stat`);
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return [11, 12, 13, 14].reduce((sum, at) => sum + Number(fields[at]), 0) / ticksPerSecond;
}
