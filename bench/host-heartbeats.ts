/**
 * npm run bench -- host-heartbeats [hosts] [seconds]
 * So many hosts, each with a certificate and a TLS connection of its own, heartbeating at one server as real agents do (a long poll
 * of five seconds). Says what the server takes, how many hosts the database holds for online, and how soon an order reaches a host.
 * The hosts are simulated: they are only connections of this process.
 */
import { createHash, randomUUID } from 'node:crypto';
import { connect, type TLSSocket } from 'node:tls';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { certificateRequest, newKey } from '#src/fleet/agent/certificate-request.ts';
import { agentsPortName, heartbeatSeconds } from '#src/fleet/contract/agents.ts';
import { makeKeys } from '#src/fleet/server/certificates/make-keys.ts';
import { ensureTask } from '#src/fleet/server/tasks/ensure-task.ts';
import { createDb, createPool } from '#src/platform/server/db.ts';
import { createVault, setVault } from '#src/platform/server/secrets.ts';
import { fingerprintOf, readCertificateRequest, signCertificate } from '#src/platform/server/x509.ts';
import { startElepherd } from './support/elepherd.ts';
import { cpuSeconds, percentile, print, residentMegabytes, say } from './support/figures.ts';

const [count = 10_000, seconds = 30] = process.argv.slice(2).map(Number);
const handshakesAtOnce = 40;
const asked = 200;

const elepherd = await startElepherd();
const db = createDb(createPool(elepherd.databaseUrl, 4));
try {
  setVault(await createVault(elepherd.home));
  const { authority } = await makeKeys(db);
  say(`making ${count} hosts`);
  const key = newKey();
  const hosts = await makeHosts(key);
  say('opening their connections');
  const opened = performance.now();
  for (let at = 0; at < hosts.length; at += handshakesAtOnce) {
    await Promise.all(
      hosts.slice(at, at + handshakesAtOnce).map((host) => host.open(authority.certificate, key)),
    );
  }
  const openSeconds = (performance.now() - opened) / 1000;
  say(`open after ${openSeconds.toFixed(1)} s; heartbeating for ${seconds} s`);
  for (const [index, host] of hosts.entries()) {
    // Spread over the interval, as hosts that started at different times are.
    setTimeout(() => host.beat(true), (index / hosts.length) * heartbeatSeconds * 1000);
  }
  await sleep((heartbeatSeconds + 3) * 1000);
  const before = { cpu: cpuSeconds(elepherd.pids.server), beats: beats(hosts), at: performance.now() };
  const orders = await askSome(hosts);
  await sleep(Math.max(0, seconds * 1000 - (performance.now() - before.at)));
  const took = (performance.now() - before.at) / 1000;
  const online = await db
    .selectFrom('fleet.host')
    .select(sql<number>`count(*) filter (where connected)`.as('online'))
    .executeTakeFirstOrThrow();
  const lost = await db
    .selectFrom('platform.event')
    .select(sql<number>`count(*)`.as('count'))
    .where('fact', '=', 'fleet.host-lost')
    .executeTakeFirstOrThrow();
  const cpu = ((cpuSeconds(elepherd.pids.server) - before.cpu) / took) * 100;
  const name = `host-heartbeats/${count}`;
  print({
    name: `${name}/online`,
    ours: Number(online.online),
    peer: count,
    unit: 'hosts',
    lost: Number(lost.count),
    broken: hosts.filter((host) => host.broken).length,
  });
  print({
    name: `${name}/server-cpu`,
    ours: cpu,
    unit: '% of a core',
    beatsPerSecond: (beats(hosts) - before.beats) / took,
  });
  print({ name: `${name}/server-memory`, ours: residentMegabytes(elepherd.pids.server), unit: 'MB' });
  print({
    name: `${name}/order`,
    ours: percentile(orders, 50),
    unit: 'ms',
    p99: percentile(orders, 99),
    note: 'from the row to the host',
  });
  for (const host of hosts) host.close();
} finally {
  await db.destroy();
  await elepherd.stop();
}
process.exit();

type Host = {
  id: string;
  open(authority: string, key: string): Promise<void>;
  beat(resync: boolean): void;
  close(): void;
  beats: number;
  broken: boolean;
  refusals: number;
  onOrder: (() => void) | undefined;
};

async function makeHosts(key: string): Promise<Host[]> {
  const { authority } = await makeKeys(db);
  const publicKey = await readCertificateRequest(certificateRequest(key, 'bench'));
  const { org_id: orgId } = await db
    .selectFrom('identity.membership')
    .select('org_id')
    .limit(1)
    .executeTakeFirstOrThrow();
  const made: Host[] = [];
  for (let at = 0; at < count; at += 500) {
    const batch = await Promise.all(
      Array.from({ length: Math.min(500, count - at) }, async (_, n) => {
        const id = randomUUID();
        const wish = { commonName: id, validMs: 86_400_000, usages: ['client'] as const };
        return { id, name: `bench-${at + n}`, signed: await signCertificate(authority, publicKey, wish) };
      }),
    );
    await db
      .insertInto('fleet.host')
      .values(batch.map(({ id, name }) => ({ id, name, org_id: orgId, address: '10.0.0.1' })))
      .execute();
    await db
      .insertInto('fleet.certificate')
      .values(
        batch.map(({ id, signed }) => ({
          serial: signed.serial,
          host_id: id,
          fingerprint: fingerprintOf(signed.certificate),
          not_before: signed.notBefore,
          not_after: signed.notAfter,
        })),
      )
      .execute();
    made.push(...batch.map(({ id, signed }) => simulate(id, signed.certificate)));
  }
  return made;
}

/** One host: a connection that asks again as soon as it was answered. Requests are written by hand, so that this process stays the lighter one. */
function simulate(id: string, certificate: string): Host {
  let socket: TLSSocket;
  let answer = '';
  const bootId = createHash('md5').update(id).digest('hex');
  const host: Host = {
    id,
    beats: 0,
    broken: false,
    refusals: 0,
    onOrder: undefined,
    open: (authority, key) =>
      new Promise((resolve, reject) => {
        socket = connect({
          host: '127.0.0.1',
          port: elepherd.agentPort,
          servername: agentsPortName,
          ca: authority,
          cert: certificate,
          key,
          minVersion: 'TLSv1.3',
        });
        socket.once('secureConnect', resolve);
        socket.once('error', reject);
        socket.on('close', () => (host.broken = true));
        socket.setEncoding('utf8');
        socket.on('data', (chunk: string) => {
          answer += chunk;
          const head = answer.indexOf('\r\n\r\n');
          if (head < 0) return;
          const length = Number(/content-length: (\d+)/i.exec(answer)?.[1] ?? 0);
          if (answer.length < head + 4 + length) return;
          if (!answer.startsWith('HTTP/1.1 200')) host.refusals++;
          if (answer.includes('"orders":[{')) host.onOrder?.();
          answer = '';
          host.beats++;
          host.beat(false);
        });
      }),
    beat(resync) {
      const body = JSON.stringify({
        bootId,
        agentVersion: 'source',
        waitSeconds: heartbeatSeconds,
        clockMs: Date.now(),
        known: [],
        resync,
      });
      socket.write(
        `POST /agent/heartbeat HTTP/1.1\r\nhost: bench\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
      );
    },
    close: () => socket.destroy(),
  };
  return host;
}

function beats(hosts: readonly Host[]): number {
  return hosts.reduce((sum, host) => sum + host.beats, 0);
}

/** Milliseconds from an order's row to its arrival, for some hosts one after another. */
async function askSome(hosts: readonly Host[]): Promise<number[]> {
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
