/**
 * npm run bench -- server-memory [hosts] [seconds]
 * Memory of server and worker together while so many hosts heartbeat, two people read pages and a program reads the API: the most that
 * was seen, and what it was at the end. The hosts are simulated: they are only connections of this process.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { createDb, createPool } from '#src/platform/server/db.ts';
import { ensureWebBuild } from '#src/platform/server/setup/web-build.ts';
import { startElepherd } from './support/elepherd.ts';
import { cpuSeconds, print, residentMegabytes, rounded, say } from './support/figures.ts';
import { insertFleet } from './support/fleet.ts';
import { signIn } from './support/sign-in.ts';
import { makeHosts } from './support/simulated-hosts.ts';

const [count = 100, seconds = 60] = process.argv.slice(2).map(Number);
const readEveryMs = 250;
const pages = ['/clusters', '/hosts', '/operations', '/clusters/cluster-1', '/audit', '/'];
const reads = ['/api/fleet/clusters', '/api/fleet/hosts?limit=100', '/api/platform/operations'];

await ensureWebBuild((line) => say(line.en));
const elepherd = await startElepherd();
const db = createDb(createPool(elepherd.databaseUrl, 2));
const { server, worker } = elepherd.pids;
try {
  const idle = { server: residentMegabytes(server), worker: residentMegabytes(worker) };
  const hosts = await makeHosts(elepherd, db, count);
  await insertFleet(elepherd, 10);
  for (const host of hosts) await host.open(elepherd.agentPort);
  for (const host of hosts) host.beat();
  const cookie = await signIn(elepherd);
  const began = performance.now();
  const before = cpuSeconds(server) + cpuSeconds(worker);
  const most = { server: 0, worker: 0, together: 0 };
  let asked = 0;
  for (let turn = 0; performance.now() - began < seconds * 1000; turn += 1) {
    const started = performance.now();
    await read(pages[turn % pages.length]!, { cookie, accept: 'text/html' });
    await read(reads[turn % reads.length]!, { authorization: `Bearer ${elepherd.token}` });
    asked += 2;
    const now = { server: residentMegabytes(server), worker: residentMegabytes(worker) };
    most.server = Math.max(most.server, now.server);
    most.worker = Math.max(most.worker, now.worker);
    most.together = Math.max(most.together, now.server + now.worker);
    await sleep(Math.max(0, readEveryMs - (performance.now() - started)));
  }
  const cpu = cpuSeconds(server) + cpuSeconds(worker) - before;
  print({
    name: `server-memory/${count}`,
    ours: most.together,
    unit: 'MB',
    bar: 500,
    server: rounded(most.server),
    worker: rounded(most.worker),
    serverIdle: rounded(idle.server),
    workerIdle: rounded(idle.worker),
    seconds,
    reads: asked,
    cpuPercent: rounded((cpu / (performance.now() - began)) * 100_000),
    brokenHosts: hosts.filter((host) => host.broken).length,
  });
  for (const host of hosts) host.close();
} finally {
  await db.destroy();
  await elepherd.stop();
}

async function read(path: string, headers: Record<string, string>): Promise<void> {
  const answer = await fetch(`${elepherd.url}${path}`, { headers, redirect: 'manual' });
  await answer.arrayBuffer();
  if (answer.status >= 400) throw new Error(`${path} answered ${answer.status}`);
}
