import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ClusterBackups, Policy, Repository, RepositoryKey } from '#src/fleet/contract/backups.ts';
import { Started } from '#src/fleet/contract/clusters.ts';
import { type LabElepherd, seconds, startElepherd, until } from '#tests/support/lab/elepherd.ts';
import type { Host } from '#tests/support/lab/host.ts';
import type { LabCluster } from '#tests/support/lab/lab-cluster.ts';
import { whyNoLab } from '#tests/support/lab/machine.ts';
import { startS3Store, type S3Store } from '#tests/support/s3-store.ts';
import { startSshStore, type SshStore } from '#tests/support/ssh-store.ts';

const why = whyNoLab();
/** LAB_SOAK=1 lets the archive be gone for ten minutes. */
const isSoak = process.env['LAB_SOAK'] === '1';
const goneSeconds = isSoak ? 600 : 25;

/** The second repository is on SFTP where this machine has an SSH server: `npm test` installs one. */
const hasSsh = existsSync('/usr/sbin/sshd');

test.runIf(why !== undefined)(`the lab is skipped: ${why ?? ''}`, () => undefined);
test.skipIf(hasSsh)(
  'SFTP is skipped, the second repository is an object store too: apt-get install openssh-server',
  () => expect(hasSsh).toBe(true),
);

describe.skipIf(why !== undefined)('backups of a cluster of three into an object store', () => {
  let elepherd: LabElepherd;
  let cluster: LabCluster;
  let store: S3Store;
  let ssh: SshStore | undefined;
  const path = '/fleet/clusters/orders/backups';

  const look = () => elepherd.ask('POST', `${path}/look`, ClusterBackups);
  const run = async (body: object): Promise<string> =>
    (await elepherd.ask('POST', path, Started, body)).operationId;
  const leader = () => cluster.getLeader();
  const sql = async (text: string) => cluster.sqlOn(await leader(), text, 'app');
  const bare = async (host: Host, ...argv: string[]) =>
    (await host.run(['pgbackrest', `--stanza=${cluster.made.scope}`, ...argv], { user: 'postgres' })).stdout;
  /** Waits until the running backup has begun to copy. */
  const untilCopying = (host: Host) =>
    until(
      'no backup began',
      60,
      async () => (await host.run(['pgrep', '-f', 'pgbackrest.* backup'], { mayFail: true })).exitCode === 0,
      20,
    );

  beforeAll(async () => {
    if (!hasSsh) console.log('no SSH server here: the second repository is an object store too');
    [elepherd, store] = await Promise.all([
      startElepherd({ name: 'backups', hosts: 3 }),
      startS3Store(['elepherd']),
    ]);
    await elepherd.lab.expose(store.port, store.port);
    ssh = hasSsh ? await startSshStore() : undefined;
    if (ssh) await elepherd.lab.expose(ssh.port, ssh.port);
    cluster = await elepherd.createCluster({ name: 'orders', members: 3 });
    await sql(
      'create table t as select g as n, md5(g::text) || repeat(md5((g * 7)::text), 8) as x from generate_series(1, 300000) g',
    );
    // Or every page is written once more when it is next read.
    await sql('vacuum (freeze) t');
    await sql('checkpoint').catch(() => undefined);
  });
  afterAll(async () => {
    await elepherd?.destroy();
    await store?.stop();
    await ssh?.stop();
  });

  test('are enabled without a restart, into two repositories, and the bare tool knows them', async () => {
    const onS3 = (name: string) => ({
      name,
      place: {
        kind: 's3',
        endpoint: `elepherd:${String(store.port)}`,
        bucket: store.bucket,
        path: `/${name}`,
        authority: store.authority,
      },
      accessKeyId: store.accessKeyId,
      secretAccessKey: store.secretAccessKey,
    });
    const onSsh = ({ port, username, path: folder, fingerprint, privateKey }: SshStore) => ({
      name: 'far',
      place: { kind: 'sftp', host: 'elepherd', port, username, path: folder, hostFingerprint: fingerprint },
      privateKey,
    });
    await elepherd.ask('POST', '/fleet/repositories', Repository, onS3('near'));
    await elepherd.ask('POST', '/fleet/repositories', Repository, ssh ? onSsh(ssh) : onS3('far'));
    await elepherd.ask('POST', '/fleet/backup-policies', Policy, {
      name: 'daily',
      archiveTimeoutSeconds: 10,
      compression: 'lz4',
    });
    const startedAt = await sql('select pg_postmaster_start_time()');
    const began = Date.now();
    await elepherd.operate('POST', `${path}/enable`, { policy: 'daily', repositories: ['near', 'far'] });
    console.log(`backups enabled after ${seconds(began)} s`);
    const { plan } = await elepherd.ask('GET', path, ClusterBackups);
    expect(plan).toMatchObject({ state: 'on', repositories: [{ name: 'near' }, { name: 'far' }] });
    await elepherd.waitForOperation(plan!.operationId!);
    expect(await sql('select pg_postmaster_start_time()')).toBe(startedAt);
    const { backups, archive } = await look();
    expect(backups.map((b) => `${b.repositoryName} ${b.type}`).sort()).toEqual(['far full', 'near full']);
    expect(backups[0]!.databaseBytes).toBeGreaterThan(80_000_000);
    expect(archive.map((a) => a.repositoryName)).toEqual(expect.arrayContaining(['far', 'near']));
    for (const host of cluster.hosts) {
      const said = await bare(host, 'info');
      expect(said).toContain('status: ok');
      expect(said.match(/full backup/g)?.length).toBeGreaterThan(0);
      // The keys are in the file that postgres alone reads, and nowhere else.
      const file = `/etc/pgbackrest/conf.d/${cluster.made.scope}.conf`;
      expect((await host.run(['stat', '--format=%a %U', file])).stdout.trim()).toBe('640 postgres');
    }
    const key = await elepherd.ask('POST', '/fleet/repositories/near/key', RepositoryKey);
    const config = await (await leader()).readFile(`/etc/pgbackrest/conf.d/${cluster.made.scope}.conf`);
    expect(config).toContain(`repo1-cipher-pass=${key.passphrase}`);
  });

  test('a changed row costs a changed block, and old backups go by the policy', async () => {
    await sql('update t set n = n where n < 100');
    await elepherd.waitForOperation(await run({ type: 'incr' }));
    const { backups } = await look();
    const incr = backups.find((b) => b.type === 'incr' && b.repositoryName === 'near')!;
    const full = backups.find((b) => b.type === 'full' && b.repositoryName === 'near')!;
    expect(incr.prior).toBe(full.label);
    expect(incr.repositoryBytes).toBeLessThan(full.repositoryBytes / 5);
    expect(await bare(cluster.hosts[0]!, 'info')).toContain(incr.label);
  });

  test(
    'the store is gone and comes back: nobody loses a write, it is said, and no WAL is missing',
    async () => {
      await elepherd.lab.hide(store.port);
      const end = Date.now() + goneSeconds * 1000;
      let rows = 0;
      while (Date.now() < end) {
        await sql(
          `insert into t select g, repeat('x', 200) from generate_series(1, 20000) g; select pg_switch_wal()`,
        );
        rows += 20_000;
        await sleep(isSoak ? 5000 : 2000);
      }
      await until(
        'nobody says that archiving fails',
        60,
        async () => {
          const { plan } = await elepherd.ask('GET', path, ClusterBackups);
          return (
            (plan?.archive.failing !== null && (plan?.archive.waitingFiles ?? 0) > 3) ||
            JSON.stringify(plan?.archive)
          );
        },
        500,
      );
      await elepherd.lab.expose(store.port, store.port);
      const last = await sql('select pg_walfile_name(pg_switch_wal())');
      await until(
        'the last file did not arrive',
        120,
        async () => {
          const { archive, plan } = await look();
          return (
            archive.every((a) => a.walLast >= last) ||
            JSON.stringify([archive.map((a) => a.walLast), plan?.archive])
          );
        },
        1000,
      );
      const { archive } = await look();
      // One unbroken range in each repository: nothing is missing between the first file and the last.
      expect(archive.map((a) => a.repositoryName).sort()).toEqual(['far', 'near']);
      expect(Number(await sql('select count(*) from t'))).toBe(300_000 + rows);
      await until(
        'it still says that archiving fails',
        60,
        async () => {
          const { plan } = await elepherd.ask('GET', path, ClusterBackups);
          return plan?.archive.failing === null || JSON.stringify(plan?.archive);
        },
        500,
      );
    },
    (goneSeconds + 300) * 1000,
  );

  test('agent, worker and server are killed while it runs, and it ends well and once', async () => {
    const before = (await look()).backups.length;
    const primary = await leader();
    const operationId = await run({ type: 'full', repository: 'near' });
    await untilCopying(primary);
    const [{ stdout: pid }] = await Promise.all([
      primary.run(['pgrep', '-of', 'pgbackrest.* backup']),
      primary.run(['systemctl', 'kill', '--signal=KILL', 'elepherd-agent']),
      elepherd.restart('worker'),
      elepherd.restart('server'),
    ]);
    expect(pid.trim()).not.toBe('');
    await elepherd.waitForOperation(operationId);
    const { backups } = await look();
    expect(backups.length).toBe(before + 1);
    expect((await elepherd.logOf(operationId)).some((l) => l.level === 'warning')).toBe(false);
  });

  test('cancelled, it stops cleanly and the next one goes on', async () => {
    const primary = await leader();
    const before = (await look()).backups.length;
    const operationId = await run({ type: 'full', repository: 'near' });
    await expect(run({ type: 'incr' })).rejects.toThrow(/running/);
    await untilCopying(primary);
    await elepherd.ask(
      'POST',
      `/platform/operations/${operationId}/cancel`,
      Started.partial().loose().nullable(),
    );
    await expect(elepherd.waitForOperation(operationId)).rejects.toThrow(/is cancelled/);
    const { exitCode } = await primary.run(['pgrep', '-f', 'pgbackrest.* backup'], { mayFail: true });
    expect(exitCode).not.toBe(0);
    expect((await look()).backups.length).toBe(before);
    await elepherd.waitForOperation(await run({ type: 'diff', repository: 'near' }));
    expect((await look()).backups.length).toBe(before + 1);
  });

  test('after a switchover the new primary archives and backs up, and the timelines join', async () => {
    const old = await leader();
    await cluster.switchOver(old);
    await cluster.waitUntilWhole(60);
    expect((await leader()).name).not.toBe(old.name);
    await sql('insert into t values (0, 0); select pg_switch_wal()');
    await elepherd.waitForOperation(await run({ type: 'incr', repository: 'far' }));
    const { backups, archive } = await look();
    const newest = backups.find((b) => b.repositoryName === 'far')!;
    expect(newest.type).toBe('incr');
    expect(newest.walStop?.startsWith('00000002')).toBe(true);
    const far = archive.filter((a) => a.repositoryName === 'far');
    expect(far.map((a) => a.timeline)).toEqual([1, 2]);
    // The new timeline begins in the file in which the old one ended, or in the next.
    const number = (wal: string) => Number.parseInt(wal.slice(8, 16) + wal.slice(22), 16);
    expect(number(far[1]!.walFirst) - number(far[0]!.walLast)).toBeLessThanOrEqual(1);
  });

  test('disabled, nothing is archived and the backups stay', async () => {
    await elepherd.operate('POST', `${path}/disable`);
    expect(await sql('show archive_command')).toBe('/bin/true');
    const { plan, backups } = await elepherd.ask('GET', path, ClusterBackups);
    expect(plan?.state).toBe('off');
    expect(backups.length).toBeGreaterThan(0);
    await expect(run({})).rejects.toThrow(/not enabled/);
  });
});
