import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ClusterBackups, Policy, Repository, RepositoryKey } from '#src/fleet/contract/backups.ts';
import { type LabElepherd, startElepherd, until } from '#tests/support/lab/elepherd.ts';
import type { LabCluster } from '#tests/support/lab/lab-cluster.ts';
import { whyNoLab } from '#tests/support/lab/machine.ts';

const why = whyNoLab();
test.runIf(why !== undefined)(`the lab is skipped: ${why ?? ''}`, () => undefined);

describe.skipIf(why !== undefined)('Elepherd is lost with its backup', () => {
  let elepherd: LabElepherd;
  let cluster: LabCluster;
  const path = '/fleet/clusters/orders';

  beforeAll(async () => {
    elepherd = await startElepherd({ name: 'rebuild', hosts: 1 });
    cluster = await elepherd.createCluster({ name: 'orders', members: 1 });
    await elepherd.ask('POST', '/fleet/repositories', Repository, {
      name: 'local',
      place: { kind: 'path', path: '/var/lib/pgbackrest/rebuild' },
    });
    await elepherd.ask('POST', '/fleet/backup-policies', Policy, {
      name: 'often',
      archiveTimeoutSeconds: 10,
    });
    await elepherd.operate('POST', `${path}/backups/enable`, { policy: 'often', repositories: ['local'] });
    const { plan } = await elepherd.ask('GET', `${path}/backups`, ClusterBackups);
    await elepherd.waitForOperation(plan!.operationId!);
  });
  afterAll(() => elepherd?.destroy());

  test('a new one takes the cluster back from what its host knows: nothing restarts, the account fits, and backups go on', async () => {
    const [host] = cluster.hosts;
    await elepherd.runJob('fleet.give-passports');

    const found = async () =>
      (
        await host!.run(['find', '/', '-xdev', '-name', `${cluster.made.scope}.json`, '-path', '*passports*'])
      ).stdout.trim();
    await until('the host keeps no passport', 60, async () => (await found()) !== '', 500);
    const file = await found();
    expect((await host!.run(['stat', '--format=%a %U', file])).stdout.trim()).toBe('600 root');
    const before = {
      url: await cluster.url(),
      startedAt: await cluster.sqlOn(host!, 'select pg_postmaster_start_time()'),
      key: await elepherd.ask('POST', '/fleet/repositories/local/key', RepositoryKey),
      backups: (await elepherd.ask('GET', `${path}/backups`, ClusterBackups)).backups.map(
        ({ label }) => label,
      ),
    };
    expect(before.backups).toHaveLength(1);

    await elepherd.loseEverything();
    expect(await elepherd.listHosts()).toEqual([]);
    await elepherd.enrol();
    await elepherd.operate('POST', '/fleet/take-back');

    const again = await elepherd.openCluster('orders');
    expect(again.made.id).toBe(cluster.made.id);
    expect(await again.url()).toBe(before.url);
    expect((await again.psql(before.url, 'select current_user')).stdout.trim()).toBe('app');
    await until('the primary is not seen', 60, async () => {
      const { health, members } = await elepherd.getCluster('orders');
      return (health === 'healthy' && members[0]?.role === 'primary') || health;
    });
    expect(await again.sqlOn(host!, 'select pg_postmaster_start_time()')).toBe(before.startedAt);
    const key = await elepherd.ask('POST', '/fleet/repositories/local/key', RepositoryKey);
    expect(key.passphrase).toBe(before.key.passphrase);
    const { backups } = await elepherd.ask('POST', `${path}/backups/look`, ClusterBackups);
    expect(backups.map(({ label }) => label)).toEqual(before.backups);
    await elepherd.operate('POST', `${path}/backups`, { type: 'incr' });
    expect((await elepherd.ask('GET', `${path}/backups`, ClusterBackups)).backups).toHaveLength(2);
    // And it is ruled as before: a setting goes through Patroni with the password that was taken back.
    await elepherd.operate('PATCH', `${path}/settings`, { settings: { work_mem: '7MB' } });
    await until(
      'the setting does not come',
      30,
      async () => (await again.sqlOn(host!, 'show work_mem')) === '7MB',
    );
  }, 300_000);
});
