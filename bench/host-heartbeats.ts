/**
 * npm run bench -- host-heartbeats [hosts] [seconds]
 * So many hosts, each with a certificate and a TLS connection of its own, heartbeating at one server as real agents do (a long poll
 * of five seconds). Says what the server takes, how many hosts the database holds for online, and how soon an order reaches a host.
 * The hosts are simulated: they are only connections of this process. Beside it the floor: the same hosts at a bare TLS server that
 * waits as long and answers 204.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { heartbeatSeconds } from '#src/fleet/contract/agents.ts';
import { makeKeys } from '#src/fleet/server/certificates/make-keys.ts';
import { ensureTask } from '#src/fleet/server/tasks/ensure-task.ts';
import { createDb, createPool } from '#src/platform/server/db.ts';
import { startElepherd } from './support/elepherd.ts';
import { cpuSeconds, percentile, print, residentMegabytes, rounded, say } from './support/figures.ts';
import { makeHosts, type SimulatedHost } from './support/simulated-hosts.ts';

const [count = 10_000, seconds = 30] = process.argv.slice(2).map(Number);
const handshakesAtOnce = 40;
const asked = 200;

const elepherd = await startElepherd();
const db = createDb(createPool(elepherd.databaseUrl, 4));
try {
  say(`making ${count} hosts`);
  const hosts = await makeHosts(elepherd, db, count);
  await connectAll(hosts, elepherd.agentPort);
  const before = look(elepherd.pids.server, hosts);
  const orders = await askSome(hosts);
  await sleep(Math.max(0, seconds * 1000 - (performance.now() - before.at)));
  const ours = since(before, elepherd.pids.server, hosts);
  const online = await db
    .selectFrom('fleet.host')
    .select(sql<number>`count(*) filter (where connected)`.as('online'))
    .executeTakeFirstOrThrow();
  const lost = await db
    .selectFrom('platform.event')
    .select(sql<number>`count(*)`.as('count'))
    .where('fact', '=', 'fleet.host-lost')
    .executeTakeFirstOrThrow();
  const name = `host-heartbeats/${count}`;
  print({
    name: `${name}/online`,
    ours: Number(online.online),
    peer: count,
    unit: 'hosts',
    lost: Number(lost.count),
    broken: hosts.filter((host) => host.broken).length,
  });
  for (const host of hosts) host.close();
  const peer = await measureFloor(hosts);
  print({
    name: `${name}/server-cpu`,
    ours: ours.cpuPercent,
    peer: peer.cpuPercent,
    unit: '% of a core',
    beatsPerSecond: rounded(ours.beatsPerSecond),
    peerBeatsPerSecond: rounded(peer.beatsPerSecond),
  });
  print({ name: `${name}/server-memory`, ours: ours.megabytes, peer: peer.megabytes, unit: 'MB' });
  print({
    name: `${name}/order`,
    ours: percentile(orders, 50),
    unit: 'ms',
    p99: percentile(orders, 99),
    note: 'from the row to the host',
  });
} finally {
  await db.destroy();
  await elepherd.stop();
}
process.exit();

/** Opens all connections and lets them settle into their rhythm. */
async function connectAll(hosts: readonly SimulatedHost[], port: number): Promise<void> {
  const opened = performance.now();
  for (let at = 0; at < hosts.length; at += handshakesAtOnce) {
    await Promise.all(hosts.slice(at, at + handshakesAtOnce).map((host) => host.open(port)));
  }
  const openSeconds = (performance.now() - opened) / 1000;
  say(`${hosts.length} connections open after ${openSeconds.toFixed(1)} s`);
  for (const [index, host] of hosts.entries()) {
    // Spread over the interval, as hosts that started at different times are.
    setTimeout(() => host.beat(), (index / hosts.length) * heartbeatSeconds * 1000);
  }
  await sleep((heartbeatSeconds + 3) * 1000);
}

/** The same hosts at a bare TLS server that waits as long and answers 204. */
async function measureFloor(hosts: readonly SimulatedHost[]): Promise<Rate> {
  const { authority, port } = await makeKeys(db);
  const child = spawn(process.execPath, [join(import.meta.dirname, 'support/plain-heartbeats.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  try {
    child.stdin.end(JSON.stringify({ key: port.key, cert: port.certificate, ca: authority.certificate }));
    const [said] = (await once(child.stdout, 'data')) as [Buffer];
    await connectAll(hosts, Number(said.toString()));
    const before = look(child.pid ?? 0, hosts);
    await sleep(seconds * 1000);
    return since(before, child.pid ?? 0, hosts);
  } finally {
    for (const host of hosts) host.close();
    child.kill();
  }
}

interface Look {
  at: number;
  cpuSeconds: number;
  beats: number;
}

interface Rate {
  cpuPercent: number;
  beatsPerSecond: number;
  megabytes: number;
}

function look(pid: number, hosts: readonly SimulatedHost[]): Look {
  return { at: performance.now(), cpuSeconds: cpuSeconds(pid), beats: beats(hosts) };
}

function since(before: Look, pid: number, hosts: readonly SimulatedHost[]): Rate {
  const now = look(pid, hosts);
  const took = (now.at - before.at) / 1000;
  return {
    cpuPercent: ((now.cpuSeconds - before.cpuSeconds) / took) * 100,
    beatsPerSecond: (now.beats - before.beats) / took,
    megabytes: residentMegabytes(pid),
  };
}

function beats(hosts: readonly SimulatedHost[]): number {
  return hosts.reduce((sum, host) => sum + host.beats, 0);
}

/** Milliseconds from an order's row to its arrival, for some hosts one after another. */
async function askSome(hosts: readonly SimulatedHost[]): Promise<number[]> {
  const times: number[] = [];
  for (let n = 0; n < asked; n++) {
    const host = hosts[Math.floor((n / asked) * hosts.length)]!;
    const arrived = new Promise<number>((resolve) => (host.onOrder = () => resolve(performance.now())));
    const began = performance.now();
    await ensureTask(
      { db, operationId: null },
      {
        hostId: host.id,
        kind: 'control-service',
        key: String(n),
        input: { name: 'nothing', action: 'stop' },
      },
    );
    times.push((await arrived) - began);
  }
  return times;
}
