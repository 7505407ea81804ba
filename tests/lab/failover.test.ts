import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Timeline } from '#src/fleet/contract/incidents.ts';
import { type LabElepherd, seconds, startElepherd, until } from '#tests/support/lab/elepherd.ts';
import type { Host } from '#tests/support/lab/host.ts';
import type { LabCluster } from '#tests/support/lab/lab-cluster.ts';
import { whyNoLab } from '#tests/support/lab/machine.ts';
import { type Fault, measureWriteOutage } from './floor/write-outage.ts';
import { connections, type SampleProgram, samplePrograms, skippedLanguages } from './sample-programs.ts';
import { underWrites } from './under-writes.ts';

const why = whyNoLab();
/** LAB_SOAK=1 repeats what is rare: hours of a fleet's life in some minutes. */
const isSoak = process.env['LAB_SOAK'] === '1';

test.runIf(why !== undefined)(`the lab is skipped: ${why ?? ''}`, () => undefined);

describe.skipIf(why !== undefined)('a synchronous cluster of three', () => {
  let elepherd: LabElepherd;
  let cluster: LabCluster;

  const measure = async (fault: Fault) => {
    const measured = await measureWriteOutage(elepherd.lab, cluster, fault);
    console.log(`${fault}: ${JSON.stringify(measured)}`);
    expect(measured.lostRows).toBe(0);
    expect(measured.lostLocalRows ?? 0).toBe(0);
    expect(measured.acknowledgedRows).toBeGreaterThan(50);
    return measured;
  };
  const unit = (kind: string): string => `elepherd-${kind}-${cluster.made.scope}`;

  beforeAll(async () => {
    elepherd = await startElepherd({ name: 'failover', hosts: 3 });
    const began = Date.now();
    cluster = await elepherd.createCluster({ name: 'orders', members: 3, protection: 'sync' });
    console.log(`create: three members from nothing: ${seconds(began)} s`);
  });
  afterAll(() => elepherd?.destroy());

  beforeEach(() => cluster.waitUntilWhole(90));

  // How long each takes is for the bench to judge, beside Patroni run by hand.
  test('restarts Patroni and PostgreSQL that are killed on a living host, where they were', async () => {
    const { newPrimarySeconds } = await measure('kill');
    expect(newPrimarySeconds).toBe(undefined);
  });

  test('hands over under load', async () => {
    const { newPrimarySeconds } = await measure('switchover');
    expect(newPrimarySeconds).toBeDefined();
  });

  test('lives on elsewhere when the primary’s host loses its power, and every door leads there', async () => {
    const { newPrimarySeconds } = await measure('power-cut');
    expect(newPrimarySeconds).toBeDefined();
    const leader = await cluster.getLeader();
    const where = 'select host(inet_server_addr()), pg_is_in_recovery()';
    for (const kind of ['direct', 'routed', 'pooled'] as const) {
      const { stdout, stderr } = await cluster.psql(await cluster.url(kind), where);
      // HAProxy stands between: seen from a primary on its own host, the address is the loopback's.
      expect({ kind, stdout, stderr }).toMatchObject({ stdout: expect.stringMatching(/\|f\n$/), stderr: '' });
      if (kind === 'direct') expect(stdout).toContain(leader.ip);
    }
    const { stdout } = await cluster.psql(await cluster.url('read-only'), where);
    expect(stdout).toMatch(/\|t\n$/);
    // Elepherd sees it too: the next command would go to the right host.
    await until('Elepherd does not see the new primary', 30, async () => {
      const { health, members } = await cluster.get();
      return health === 'healthy' && members.find((m) => m.role === 'primary')?.hostName === leader.name;
    });
  });

  test('HAProxy and PgBouncer carry a writer over to the next primary', async () => {
    const leader = await cluster.getLeader();
    const others = cluster.hosts.filter((host) => host !== leader);
    const [routed, pooled] = await Promise.all(
      (['readWrite', 'pooler'] as const).map((door) =>
        underWrites(elepherd.lab, cluster.targetAt(door, others), async (writer) => {
          if (door === 'readWrite') await cluster.switchOver();
          else
            await until(
              'no switchover',
              60,
              async () => (await cluster.getLeader().catch(() => leader)) !== leader,
            );
          await writer.nextAcknowledgement(60);
        }),
      ),
    );
    console.log(
      `switchover behind HAProxy: ${JSON.stringify(routed)}; behind PgBouncer: ${JSON.stringify(pooled)}`,
    );
    expect(routed!.lostRows + pooled!.lostRows).toBe(0);
    expect(Math.min(routed!.acknowledgedRows, pooled!.acknowledgedRows)).toBeGreaterThan(50);
  });

  for (const language of skippedLanguages())
    test.skip(`what the page shows is not tried in ${language}`, () => undefined);

  test('what the page shows for each language works as it stands, with a host lost too', async () => {
    const way = cluster.connection.ways.find(({ kind }) => kind === 'direct')!;
    const folder = await mkdtemp(join(tmpdir(), 'elepherd-sample-'));
    const programs = samplePrograms(way.samples);
    console.log(
      `tried: ${programs.map((one) => one.language).join()}; not tried: ${skippedLanguages().join()}`,
    );
    try {
      for (const program of programs) await writeFile(join(folder, program.file), program.text);
      await writeFile(join(folder, `${cluster.made.scope}-ca.crt`), cluster.connection.authority);
      await symlink(join(import.meta.dirname, '../../node_modules'), join(folder, 'node_modules'));
      const run = async ({ argv }: SampleProgram): Promise<string> => {
        const env = { PGPASSWORD: cluster.target.password };
        return (
          await elepherd.lab.runAt('client', [...argv], { cwd: folder, env, timeoutSeconds: 60 })
        ).stdout.trim();
      };
      /** A busy machine may take longer than a sample waits for one host: what it ends with counts, not its first try. */
      const expectSoon = async (program: SampleProgram, seen: string[]): Promise<void> =>
        expect
          .poll(async () => [program.language, await run(program)], { timeout: 120_000, interval: 2000 })
          .toEqual([program.language, seen.join()]);
      for (const program of programs) await expectSoon(program, Array(connections).fill('primary'));
      const leader = await cluster.getLeader();
      // The one that confirms no commits: what comes next may not be the second fault of a moment.
      const { name } = (await cluster.viewFrom(leader))!.find(({ role }) => role === 'replica')!;
      const names = await Promise.all(cluster.hosts.map(async (host) => (await cluster.memberOn(host)).name));
      const lost = cluster.hosts[names.indexOf(name)]!;
      await lost.powerCut();
      try {
        for (const program of programs)
          await expectSoon(program, [
            ...Array(program.lostTries).fill('lost'),
            ...Array(connections - program.lostTries).fill('primary'),
          ]);
      } finally {
        // The tests after this one want three hosts.
        await lost.boot();
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  test('a primary that is stopped in its tracks is replaced, and yields when it goes on', async () => {
    const leader = await cluster.getLeader();
    const both = async (signal: string): Promise<void> => {
      await leader.signal('/usr/bin/patroni', signal);
      await leader.signal('postgres', signal);
    };
    const measured = await underWrites(elepherd.lab, cluster.target, async (writer) => {
      await both('STOP');
      await sleep(500);
      await writer.nextAcknowledgement(120);
      await both('CONT');
      await cluster.waitUntilWhole(90);
    });
    console.log(`stopped with SIGSTOP: ${JSON.stringify(measured)}`);
    expect(measured.lostRows).toBe(0);
    expect(await cluster.getLeader()).not.toBe(leader);
  });

  test('loses nothing when the primary’s cable is cut and healed', async () => {
    const { newPrimarySeconds } = await measure('cut');
    expect(newPrimarySeconds).toBeDefined();
  });

  test('loses nothing when the cable is healed two seconds after the failover', async () => {
    for (let times = 0; times < (isSoak ? 12 : 1); times += 1) await measure('flap');
  }, 1_800_000);

  test('does not care that etcd loses its leader', async () => {
    const [leader, primary] = await Promise.all([etcdLeader(), cluster.getLeader()]);
    const measured = await underWrites(elepherd.lab, cluster.target, async (writer) => {
      await leader.run(['systemctl', 'kill', '--signal=KILL', unit('etcd')]);
      await leader.run(['systemctl', 'stop', unit('etcd')]);
      await sleep(8000);
      await writer.nextAcknowledgement(60);
      await leader.run(['systemctl', 'start', unit('etcd')]);
    });
    console.log(`etcd's leader lost: ${JSON.stringify(measured)}`);
    expect(measured.lostRows).toBe(0);
    await cluster.waitUntilWhole(60);
    expect(await cluster.getLeader()).toBe(primary);
  });

  test('strict protection stops writes while no replica lives, and takes them again with the first', async () => {
    await elepherd.operate('PATCH', '/fleet/clusters/orders', { protection: 'strict' });
    const leader = await cluster.getLeader();
    const replicas = cluster.hosts.filter((host) => host !== leader);
    const control = (action: string) => (host: Host) =>
      host.run(['systemctl', action, unit('patroni')], { timeoutSeconds: 90 });
    const measured = await underWrites(elepherd.lab, cluster.target, async (writer) => {
      await Promise.all(replicas.map(control('stop')));
      await sleep(3000);
      const before = writer.acknowledged().length;
      await sleep(12_000);
      expect(writer.acknowledged().length - before).toBe(0);
      await control('start')(replicas[0]!);
      await writer.nextAcknowledgement(60);
      await control('start')(replicas[1]!);
    });
    console.log(`strict without replicas: ${JSON.stringify(measured)}`);
    expect(measured.lostRows).toBe(0);
    expect(await cluster.sqlOn(leader, 'select pg_is_in_recovery()')).toBe('f');
    await cluster.waitUntilWhole(90);
    for (const fault of isSoak
      ? (['kill', 'power-cut', 'cut', 'flap', 'switchover'] as const)
      : (['kill'] as const))
      await measure(fault);
    await elepherd.operate('PATCH', '/fleet/clusters/orders', { protection: 'sync' });
  });

  test.runIf(isSoak)(
    'loses nothing in twenty failovers of all kinds',
    async () => {
      const faults: Fault[] = ['kill', 'power-cut', 'cut', 'flap', 'switchover'];
      let rows = 0;
      for (let times = 0; times < 20; times += 1)
        rows += (await measure(faults[times % faults.length]!)).acknowledgedRows;
      console.log(`soak: 20 failovers, ${rows} rows acknowledged, none lost`);
    },
    3_600_000,
  );

  /** The host whose etcd leads; asked through the certificates that lie there. */
  async function etcdLeader(): Promise<Host> {
    for (const host of cluster.hosts) {
      const folder = `/etc/etcd/${cluster.made.scope}`;
      const keys = [`--cacert=${folder}/ca.crt`, `--cert=${folder}/server.crt`, `--key=${folder}/server.key`];
      const endpoint = `--endpoints=https://127.0.0.1:${cluster.made.ports.etcdClient}`;
      const { stdout } = await host.run([
        'etcdctl',
        endpoint,
        ...keys,
        'endpoint',
        'status',
        '--write-out=json',
      ]);
      const { header, leader } = (
        JSON.parse(stdout.replaceAll(/:(\d{16,})/g, ':"$1"')) as { Status: Status }[]
      )[0]!.Status;
      if (String(header.member_id) === String(leader)) return host;
    }
    throw new Error('no etcd says that it leads');
  }

  test('what happened stands on one line of time', async () => {
    const { entries } = await elepherd.ask('GET', '/fleet/clusters/orders/timeline', Timeline);
    const promotions = entries.filter((one) => one.kind === 'promotion');
    const timelines = promotions.map((one) => Number(one.detail['timeline']));
    // Each new primary once, whoever saw it, in the order in which they led.
    expect(timelines.length).toBeGreaterThan(2);
    expect(timelines).toEqual([...new Set(timelines)].sort((a, b) => a - b));
    const kinds = new Set(entries.map((one) => one.kind));
    for (const kind of ['operation', 'server', 'agent'] as const) expect([...kinds]).toContain(kind);
  });
});

type Status = { header: { member_id: string }; leader: string };
