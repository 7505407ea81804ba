import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ClusterPreview, RoleSecret, Started } from '#src/fleet/contract/clusters.ts';
import { Operation } from '#src/platform/contract/operations.ts';
import { type LabElepherd, seconds, startElepherd, until } from '#tests/support/lab/elepherd.ts';
import { whyNoLab } from '#tests/support/lab/machine.ts';

const why = whyNoLab();
const isSoak = process.env['LAB_SOAK'] === '1';
/** Each death costs the up to 15 s until another takes the work over; LAB_SOAK=1 has one at every step. */
const killedAt = ['startEtcd', 'addReplicas', 'startRouters'];

test.runIf(why !== undefined)(`the lab is skipped: ${why ?? ''}`, () => undefined);

describe.skipIf(why !== undefined)('building a cluster', () => {
  let elepherd: LabElepherd;

  beforeAll(async () => {
    elepherd = await startElepherd({ name: 'build', hosts: isSoak ? 4 : 3 });
  });
  afterAll(() => elepherd?.destroy());

  let workers = 0;
  /** Kills the worker that runs, with another beside it to take over. */
  const killWorker = async (): Promise<void> => {
    await elepherd.start(`worker-${workers + 1}`);
    await elepherd.kill(workers === 0 ? 'worker' : `worker-${workers}`);
    workers += 1;
  };

  /** Calls `act` at each step the operation is seen to enter, until it has ended; answers the steps. */
  const atEachStep = async (id: string, act: (step: string) => Promise<void>): Promise<string[]> => {
    const seen: string[] = [];
    for (;;) {
      const operation = await elepherd
        .ask('GET', `/platform/operations/${id}`, Operation)
        .catch(() => undefined);
      if (operation !== undefined && operation.state !== 'running') return seen;
      if (operation !== undefined && !seen.includes(operation.step)) {
        seen.push(operation.step);
        await act(operation.step);
      }
      await sleep(20);
    }
  };

  test('goes on when its worker is killed again and again: another takes over, and nothing is done twice', async () => {
    const began = Date.now();
    const { operationId } = await elepherd.requestCluster({ name: 'sturdy', members: 3, protection: 'sync' });
    const steps = await atEachStep(operationId!, async (step) => {
      if (killedAt.includes(step) || isSoak) await killWorker();
    });
    await elepherd.waitForOperation(operationId!);
    console.log(
      `worker killed at ${(isSoak ? steps : killedAt).join(', ')}: ready after ${seconds(began)} s`,
    );
    expect(workers).toBeGreaterThanOrEqual(killedAt.length);
    const cluster = await elepherd.openCluster('sturdy');
    await cluster.waitUntilWhole(60);
    // Each thing was said once: a step that ran again found its work done.
    const said = (await elepherd.logOf(operationId!)).filter((line) => line.level === 'info');
    expect(said.filter((line) => line.text.en.includes('takes writes'))).toHaveLength(1);
    expect((await cluster.psql(await cluster.url(), 'select 1')).stdout).toBe('1\n');
  });

  test('a cluster being deleted keeps its data until the grace is over, and comes back with it', async () => {
    const cluster = await elepherd.openCluster('sturdy');
    const url = await cluster.url();
    await cluster.psql(url, 'create table kept as select 42 as n');
    await elepherd.ask('DELETE', '/fleet/clusters/sturdy', Started, { confirm: 'sturdy', graceHours: 1 });
    await until('it does not wait out the grace', 90, async () => {
      const { operationId } = await cluster.get();
      return (await elepherd.ask('GET', `/platform/operations/${operationId!}`, Operation)).step === 'grace';
    });
    expect((await cluster.psql(url, 'select n from kept')).exitCode).not.toBe(0);
    const began = Date.now();
    const { operationId } = await elepherd.ask('POST', '/fleet/clusters/sturdy/undelete', Started);
    await until('it does not come back', 120, async () => (await cluster.get()).phase === 'ready');
    console.log(`undeleted: back after ${seconds(began)} s`);
    // It serves again before the operation has ended.
    const stateOf = async () =>
      (await elepherd.ask('GET', `/platform/operations/${operationId}`, Operation)).state;
    await expect.poll(stateOf, { timeout: 60_000 }).toBe('cancelled');
    await cluster.waitUntilWhole(60);
    expect((await cluster.psql(url, 'select n from kept')).stdout).toBe('42\n');
  });

  test('a deleted cluster leaves nothing on its hosts', async () => {
    const { made } = await elepherd.openCluster('sturdy');
    await elepherd.deleteCluster('sturdy');
    for (const host of elepherd.lab.hosts) {
      const { stdout } = await host.run(
        [
          'sh',
          '-c',
          `find /etc /var/lib /run /tmp -path /var/lib/elepherd-agent -prune -o -name '*${made.scope}*' -print; pgrep -u postgres,etcd,haproxy -a; systemctl list-units --all --plain --no-legend 'elepherd-*${made.scope}*'`,
        ],
        { mayFail: true },
      );
      expect({ host: host.name, stdout }).toEqual({ host: host.name, stdout: '' });
    }
  });

  test('goes on when agents are killed in the middle of their tasks, and the server in between', async () => {
    const began = Date.now();
    const { operationId } = await elepherd.requestCluster({ name: 'calm', members: 3, protection: 'async' });
    let killed = 0;
    const steps = await atEachStep(operationId!, async (step) => {
      // Some milliseconds later the tasks of this step are under way.
      await sleep(150);
      for (const host of elepherd.lab.hosts) killed += await host.signal('current run --home', 'KILL');
      if (step === 'createPrimary' || step === 'addReplicas') await elepherd.restart('server');
    });
    await elepherd.waitForOperation(operationId!);
    console.log(
      `${killed} agents killed at ${steps.join(', ')}, server killed twice: ready after ${seconds(began)} s`,
    );
    expect(killed).toBeGreaterThanOrEqual(9);
    const cluster = await elepherd.openCluster('calm');
    await cluster.waitUntilWhole(60);
    expect((await cluster.psql(await cluster.url('pooled'), 'select 1')).stdout).toBe('1\n');
  });

  test.runIf(isSoak)(
    'every other operation goes on when its worker is killed at each of its steps',
    async () => {
      const path = '/fleet/clusters/calm';
      const through = async (
        method: 'POST' | 'PATCH' | 'DELETE',
        at: string,
        body?: object,
      ): Promise<void> => {
        const { operationId } = await elepherd.ask(method, at, z.object({ operationId: z.string() }), body);
        const before = workers;
        const steps = await atEachStep(operationId, killWorker);
        const { kind } = await elepherd.waitForOperation(operationId);
        console.log(`${kind}: worker killed ${workers - before} times, at ${steps.join(', ')}`);
      };
      let cluster = await elepherd.openCluster('calm');
      const leader = await cluster.getLeader();
      const replica = cluster.hosts.find((host) => host !== leader)!;
      const memberOf = async (host: typeof leader) => (await cluster.memberOn(host)).id;

      await through('POST', `${path}/switchover`, { memberId: await memberOf(replica) });
      await cluster.waitUntilWhole(90);
      expect(await cluster.getLeader()).toBe(replica);
      await through('POST', `${path}/restart`, {});
      await cluster.waitUntilWhole(90);
      await through('POST', `${path}/members/${await memberOf(leader)}/rebuild`);
      await cluster.waitUntilWhole(90);
      await through('PATCH', `${path}/settings`, { settings: { max_connections: '77' }, restart: true });
      await cluster.waitUntilWhole(90);
      for (const host of cluster.hosts) expect(await cluster.sqlOn(host, 'show max_connections')).toBe('77');
      const role = await elepherd.ask('POST', `${path}/roles`, RoleSecret, { name: 'clerk' });
      await atEachStep(role.operationId, killWorker);
      await elepherd.waitForOperation(role.operationId);
      await through('POST', `${path}/databases`, { name: 'ledger', owner: 'clerk' });
      await through('POST', `${path}/members`, { hostId: await elepherd.hostId('lab-4') });
      cluster = await cluster.refreshed();
      await cluster.waitUntilWhole(90);
      expect(cluster.hosts).toHaveLength(4);
      await through('DELETE', `${path}/members/${await memberOf(replica)}`);
      cluster = await cluster.refreshed();
      await cluster.waitUntilWhole(90);
      expect(cluster.hosts.map((host) => host.name)).not.toContain(replica.name);
      expect(await cluster.sqlOn(await cluster.getLeader(), 'select 1', 'ledger')).toBe('1');
      await through('DELETE', path, { confirm: 'calm', graceHours: 0 });
      // The agent's own sessions end with its next round.
      for (const host of elepherd.lab.hosts)
        await until(`nothing runs on ${host.name}`, 40, async () => {
          const left = await host.run(['pgrep', '-u', 'postgres,etcd,haproxy', '-a'], { mayFail: true });
          return left.stdout === '' || left.stdout;
        });
    },
    1_800_000,
  );

  test('several members are refused, with the reason, where Patroni is too old for them; one is not', async () => {
    const old = elepherd.lab.host('lab-3');
    const status = '/var/lib/dpkg/status';
    await old.run(['cp', status, '/root/status']);
    await old.run(['sed', '-i', '/^Package: patroni$/,/^$/s/^Version: .*/Version: 3.0.2-1/', status]);
    await old.run(['systemctl', 'restart', 'elepherd-agent']);
    await elepherd.untilHosts((hosts) =>
      hosts.some((host) => host.facts?.parts['patroni']?.installed === '3.0.2-1'),
    );
    const preview = async (hosts: string[]) => {
      const hostIds = await Promise.all(hosts.map((name) => elepherd.hostId(name)));
      return elepherd.ask('POST', '/fleet/clusters/preview', ClusterPreview, { name: 'aged', hostIds });
    };
    const several = await preview(['lab-1', 'lab-2', 'lab-3']);
    const blockers = several.findings.filter((finding) => finding.level === 'blocker');
    expect(blockers.map((finding) => finding.check)).toEqual(['patroni']);
    expect(blockers[0]!.text.en).toMatch(/lab-3.*3\.0\.2.*4\.0\.7/);
    await expect(
      elepherd.requestCluster({
        name: 'aged',
        hostIds: await Promise.all(['lab-1', 'lab-2', 'lab-3'].map((n) => elepherd.hostId(n))),
      }),
    ).rejects.toThrow(/4\.0\.7/);
    const alone = await preview(['lab-3']);
    expect(alone.findings.filter((finding) => finding.level === 'blocker')).toEqual([]);
    await old.run(['mv', '/root/status', status]);
  });
});
