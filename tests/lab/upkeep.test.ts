import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { Contents, RoleSecret, SettingRow } from '#src/fleet/contract/clusters.ts';
import { type LabElepherd, startElepherd, until } from '#tests/support/lab/elepherd.ts';
import type { LabCluster } from '#tests/support/lab/lab-cluster.ts';
import { whyNoLab } from '#tests/support/lab/machine.ts';
import { measureWriteOutage } from './floor/write-outage.ts';
import { underWrites } from './under-writes.ts';

const why = whyNoLab();

test.runIf(why !== undefined)(`the lab is skipped: ${why ?? ''}`, () => undefined);

describe.skipIf(why !== undefined)('a cluster of two hosts and a witness', () => {
  let elepherd: LabElepherd;
  let cluster: LabCluster;
  const path = '/fleet/clusters/pair';
  const run = async (url: string, sql: string) => {
    const { stdout, stderr, exitCode } = await cluster.psql(url, sql);
    return { stdout: stdout.trim(), stderr, exitCode };
  };

  beforeAll(async () => {
    elepherd = await startElepherd({ name: 'upkeep', hosts: 4 });
    const [one, two, three] = await Promise.all(
      ['lab-1', 'lab-2', 'lab-3'].map((name) => elepherd.hostId(name)),
    );
    const wish = {
      name: 'pair',
      hostIds: [one!, two!],
      witnessHostId: three!,
      protection: 'sync' as const,
      networks: [],
    };
    cluster = await elepherd.createCluster(wish);
    await cluster.waitUntilWhole(60);
  });
  afterAll(() => elepherd?.destroy());

  test('nobody comes in from a network that was not let in', async () => {
    for (const kind of ['direct', 'routed', 'pooled', 'read-only'] as const) {
      const { stderr, exitCode } = await run(await cluster.url(kind), 'select 1');
      // HAProxy and PgBouncer knock as members of the cluster, and may not be anybody's way around the rule.
      expect({ kind, exitCode, stderr }).toMatchObject({
        exitCode: 2,
        stderr: expect.stringMatching(
          /pg_hba.conf rejects connection|no pg_hba entry|login rejected|closed the connection|reset by peer/,
        ),
      });
    }
  });

  test('a network that was let in comes in by every door, over TLS and with a SCRAM password only', async () => {
    const client = `${elepherd.lab.addressOf('client')}/32`;
    const { operationId } = await elepherd.ask('PATCH', path, z.object({ operationId: z.string() }), {
      networks: [client],
    });
    await elepherd.waitForOperation(operationId);
    for (const kind of ['direct', 'routed', 'pooled', 'read-only'] as const) {
      const url = await cluster.url(kind);
      const ask = 'select count(*) from pg_stat_ssl s where s.pid = pg_backend_pid() and s.ssl';
      expect({ kind, ...(await run(url, ask)) }).toMatchObject({ kind, stdout: '1', stderr: '' });
      const plain = await run(url.replace('sslmode=require', 'sslmode=disable'), 'select 1');
      expect(plain.stderr).toMatch(/no encryption|SSL required|server closed/);
      const wrong = await run(url.replace(/:[^:@]+@/, ':wrong@'), 'select 1');
      expect(wrong.stderr).toMatch(/password authentication failed|SASL authentication failed/);
    }
    const leader = await cluster.getLeader();
    expect(
      await cluster.sqlOn(
        leader,
        "select rolpassword like 'SCRAM-SHA-256$%' from pg_authid where rolname = 'app'",
      ),
    ).toBe('t');
    // Nobody becomes the superuser over the network.
    const superuser = (await cluster.url()).replace(/\/\/[^@]+@/, '//postgres:any@');
    expect((await run(superuser, 'select 1')).stderr).toMatch(/rejects connection|authentication failed/);
  });

  test('databases, roles and extensions are made, used and dropped', async () => {
    const role = await elepherd.ask('POST', `${path}/roles`, RoleSecret, { name: 'clerk' });
    await elepherd.waitForOperation(role.operationId);
    await elepherd.operate('POST', `${path}/databases`, { name: 'ledger', owner: 'clerk' });
    await elepherd.operate('POST', `${path}/extensions`, { database: 'ledger', name: 'pg_trgm' });
    const signIn = (secret: string, url: string): string => url.replace(/\/\/[^@]+@/, `//clerk:${secret}@`);
    const url = signIn(role.password, await cluster.url('direct', 'ledger'));
    expect(
      await run(url, "create table t (n int); insert into t values (1); select similarity('abc', 'abc')"),
    ).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/1$/),
    });
    const pooled = signIn(role.password, await cluster.url('pooled', 'ledger'));
    expect((await run(pooled, 'select n from t')).stdout).toBe('1');
    // Another role of the same cluster has no business in this database.
    expect((await run(await cluster.url('direct', 'ledger'), 'select 1')).stderr).toContain(
      'permission denied',
    );
    const secret = await elepherd.ask('POST', `${path}/roles/clerk/password`, RoleSecret);
    await elepherd.waitForOperation(secret.operationId);
    expect((await run(url, 'select 1')).stderr).toContain('password authentication failed');
    expect(
      (await run(signIn(secret.password, await cluster.url('direct', 'ledger')), 'select 1')).stdout,
    ).toBe('1');
    const contents = await elepherd.ask('GET', `${path}/contents?database=ledger`, Contents);
    expect(contents.databases).toContainEqual(expect.objectContaining({ name: 'ledger', owner: 'clerk' }));
    expect(contents.extensions.map((one) => one.name)).toContain('pg_trgm');
    await elepherd.operate('DELETE', `${path}/extensions/pg_trgm?database=ledger`);
    await elepherd.operate('DELETE', `${path}/databases/ledger`, { confirm: 'ledger' });
    await elepherd.operate('DELETE', `${path}/roles/clerk`);
    expect(
      await cluster.sqlOn(await cluster.getLeader(), "select count(*) from pg_roles where rolname = 'clerk'"),
    ).toBe('0');
  });

  test('settings that need a restart are applied in an order that keeps replicas alive, up and down', async () => {
    const running = async (name: string): Promise<string[]> =>
      Promise.all(cluster.hosts.map((host) => cluster.sqlOn(host, `show ${name}`)));
    const before = Number((await running('max_connections'))[0]);
    const apply = async (settings: Record<string, string | null>): Promise<void> => {
      const measured = await underWrites(elepherd.lab, cluster.target, async () => {
        await elepherd.operate('PATCH', `${path}/settings`, { settings, restart: true });
      });
      console.log(`${JSON.stringify(settings)} with restart: ${JSON.stringify(measured)}`);
      expect(measured.lostRows).toBe(0);
    };
    await apply({ max_connections: String(before + 50) });
    expect(await running('max_connections')).toEqual(cluster.hosts.map(() => String(before + 50)));
    // Given back, it goes down again: then the primary must be first, or replicas would refuse to follow.
    await apply({ max_connections: null, work_mem: '9MB' });
    expect(await running('max_connections')).toEqual(cluster.hosts.map(() => String(before)));
    expect(await running('work_mem')).toEqual(cluster.hosts.map(() => '9MB'));
    const rows = await elepherd.ask('GET', `${path}/settings`, z.array(SettingRow));
    expect(rows.find((row) => row.name === 'work_mem')).toMatchObject({
      source: 'person',
      value: '9MB',
      needsRestart: false,
    });
    await expect(
      elepherd.operate('PATCH', `${path}/settings`, { settings: { work_mem: 'lots' } }),
    ).rejects.toThrow('work_mem');
  });

  test('restarts one member, then all, and loses no acknowledged row', async () => {
    const startedAt = () =>
      Promise.all(cluster.hosts.map((host) => cluster.sqlOn(host, 'select pg_postmaster_start_time()')));
    const leader = await cluster.getLeader();
    const replica = cluster.hosts.find((host) => host !== leader)!;
    const at = cluster.hosts.indexOf(replica);
    const before = await startedAt();
    const measured = await underWrites(elepherd.lab, cluster.target, async () => {
      await elepherd.operate('POST', `${path}/restart`, { memberId: (await cluster.memberOn(replica)).id });
      const between = await startedAt();
      expect(between.map((time, n) => time !== before[n])).toEqual(before.map((_, n) => n === at));
      await elepherd.operate('POST', `${path}/restart`, {});
      const after = await startedAt();
      expect(after.map((time, n) => time !== between[n])).toEqual([true, true]);
    });
    console.log(`restarts: ${JSON.stringify(measured)}`);
    expect(measured.lostRows).toBe(0);
    await cluster.waitUntilWhole(60);
  });

  test('loses its witness, and then nothing', async () => {
    const witness = elepherd.lab.host('lab-3');
    const primary = await cluster.getLeader();
    const measured = await underWrites(elepherd.lab, cluster.target, async (writer) => {
      await witness.powerCut();
      await sleep(5000);
      await writer.nextAcknowledgement(60);
    });
    console.log(`witness lost: ${JSON.stringify(measured)}`);
    expect(measured).toMatchObject({ lostRows: 0, lastHost: primary.ip });
    await until('Elepherd does not notice', 30, async () => (await cluster.get()).health === 'degraded');
    await witness.boot();
    await until('Elepherd does not see it back', 60, async () => (await cluster.get()).health === 'healthy');
  });

  test('loses the primary’s host, and the other one with the witness decides', async () => {
    await cluster.waitUntilWhole(60);
    const measured = await measureWriteOutage(elepherd.lab, cluster, 'power-cut');
    console.log(`one of two hosts lost: ${JSON.stringify(measured)}`);
    expect(measured.lostRows).toBe(0);
    expect(measured.newPrimarySeconds).toBeDefined();
  });

  test('grows by a member, rebuilds one, and shrinks by the primary', async () => {
    const measured = await underWrites(elepherd.lab, cluster.target, async () => {
      await elepherd.operate('POST', `${path}/members`, { hostId: await elepherd.hostId('lab-4') });
      cluster = await cluster.refreshed();
      await cluster.waitUntilWhole(60);
    });
    console.log(`a member joined: ${JSON.stringify(measured)}`);
    expect(measured.lostRows).toBe(0);
    expect(cluster.hosts.map((host) => host.name).sort()).toEqual(['lab-1', 'lab-2', 'lab-4']);

    const leader = await cluster.getLeader();
    const replica = cluster.hosts.find((host) => host !== leader)!;
    const dataOf = () =>
      replica.run(['stat', '--format=%i', `/var/lib/postgresql/17/${cluster.made.scope}/PG_VERSION`]);
    const inode = (await dataOf()).stdout;
    await elepherd.operate('POST', `${path}/members/${(await cluster.memberOn(replica)).id}/rebuild`);
    await cluster.waitUntilWhole(60);
    expect((await dataOf()).stdout).not.toBe(inode);

    const leaving = await cluster.getLeader();
    const shrunk = await underWrites(elepherd.lab, cluster.target, async () => {
      await elepherd.operate('DELETE', `${path}/members/${(await cluster.memberOn(leaving)).id}`);
    });
    console.log(`the primary left: ${JSON.stringify(shrunk)}`);
    expect(shrunk.lostRows).toBe(0);
    cluster = await cluster.refreshed();
    expect(cluster.hosts).toHaveLength(2);
    expect(cluster.hosts).not.toContain(leaving);
    await cluster.waitUntilWhole(60);
    const left = await leaving.run(['pgrep', '-u', 'postgres,etcd,haproxy', '-a'], { mayFail: true });
    expect(left.stdout).toBe('');
    expect((await run(await cluster.url('routed'), 'select 1')).stdout).toBe('1');
  });
});
