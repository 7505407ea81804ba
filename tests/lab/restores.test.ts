// Over 300 lines: one lab, whose scenarios share the workload that was recorded in it.
import { randomInt } from 'node:crypto';
import { chmod, mkdtemp, open, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ClusterBackups, Policy, Repository } from '#src/fleet/contract/backups.ts';
import { Drill, DrillStarted, type RunDrill } from '#src/fleet/contract/drills.ts';
import {
  Restore,
  RestorePreview,
  RestoreStarted,
  RestoreWindow,
  type StartRestore,
} from '#src/fleet/contract/restores.ts';
import { type LabElepherd, startElepherd, until } from '#tests/support/lab/elepherd.ts';
import type { Host } from '#tests/support/lab/host.ts';
import type { LabCluster } from '#tests/support/lab/lab-cluster.ts';
import { whyNoLab } from '#tests/support/lab/machine.ts';

const why = whyNoLab();

test.runIf(why !== undefined)(`the lab is skipped: ${why ?? ''}`, () => undefined);

const points = process.env['LAB_SOAK'] === '1' ? 100 : 3;

describe.skipIf(why !== undefined)('a cluster of two hosts that backs up to storage they share', () => {
  let elepherd: LabElepherd;
  let cluster: LabCluster;
  let storage: string;
  /** Rows of the workload: each was committed between two moments, in milliseconds of the epoch. */
  let recorded: { n: number; from: number; to: number }[] = [];
  const path = '/fleet/clusters/ledger';

  beforeAll(async () => {
    storage = await mkdtemp(join(tmpdir(), 'elepherd-storage-'));
    await chmod(storage, 0o777);
    elepherd = await startElepherd({
      name: 'restore',
      hosts: 3,
      sharedFolders: { [storage]: '/mnt/backup' },
    });
    const [one, two, three] = await Promise.all(
      ['lab-1', 'lab-2', 'lab-3'].map((name) => elepherd.hostId(name)),
    );
    cluster = await elepherd.createCluster({
      name: 'ledger',
      hostIds: [one!, two!],
      witnessHostId: three!,
    });
    await elepherd.ask('POST', '/fleet/repositories', Repository, {
      name: 'shared',
      place: { kind: 'path', path: '/mnt/backup/repository' },
    });
    await elepherd.ask('POST', '/fleet/backup-policies', Policy, { name: 'often', archiveTimeoutSeconds: 5 });
    await elepherd.operate('POST', `${path}/backups/enable`, { policy: 'often', repositories: ['shared'] });
    await until('the first full backup is not there', 120, async () => {
      const { backups } = await elepherd.ask('GET', `${path}/backups`, ClusterBackups);
      return backups.length > 0;
    });
  });
  afterAll(async () => {
    await elepherd?.destroy();
    await rm(storage, { recursive: true, force: true });
  });

  const start = async (wish: StartRestore) => {
    const begun = await elepherd.ask('POST', `${path}/restores`, RestoreStarted, wish);
    await elepherd.waitForOperation(begun.operationId, 300);
    return elepherd.ask('GET', `/fleet/restores/${begun.id}`, Restore);
  };
  const lookAt = () => elepherd.ask('GET', `${path}/restore-window`, RestoreWindow);
  const expectedAt = (at: Date) => recorded.filter((row) => row.to <= at.getTime()).map((row) => row.n);
  const numbers = (said: string) => (said === '' ? [] : said.split('\n').map(Number));
  const rowsSql = 'select n from work order by n';

  test('a workload is recorded, and the window reaches over it', async () => {
    const leader = await cluster.getLeader();
    await cluster.sqlOn(
      leader,
      'create table work (n int primary key, began timestamptz, before_ended timestamptz)',
      'app',
    );
    const loop = `do $$ declare ended timestamptz; begin
      for i in 1..1500 loop
        insert into work values (i, clock_timestamp(), ended);
        commit;
        ended := clock_timestamp();
        perform pg_sleep(0.02);
      end loop; end $$`;
    await cluster.sqlOn(leader, loop, 'app');
    const said = await cluster.sqlOn(
      leader,
      `select n, extract(epoch from began) * 1000, extract(epoch from lead(before_ended) over (order by n)) * 1000
       from work order by n`,
      'app',
    );
    recorded = said.split('\n').map((line) => {
      const [n, from, to] = line.split('|').map(Number);
      return { n: n!, from: from!, to: to || Number.POSITIVE_INFINITY };
    });
    expect(recorded).toHaveLength(1500);
    const last = new Date(recorded.at(-1)!.from);
    await until('the window does not reach over the workload', 120, async () => {
      await elepherd.ask('POST', `${path}/backups/look`, ClusterBackups);
      const { ranges } = await lookAt();
      if (ranges.some((range) => new Date(range.to) > last)) return true;
      await sleep(2000);
      return JSON.stringify(ranges);
    });
    const { gaps } = await lookAt();
    expect(gaps).toEqual([]);
  }, 180_000);

  /** A moment within the workload at which no commit was under way. */
  const randomMoment = () => {
    for (;;) {
      const at = randomInt(Math.ceil(recorded[0]!.to), Math.floor(recorded.at(-1)!.from));
      if (!recorded.some((row) => row.from <= at && at <= row.to)) return new Date(at);
    }
  };

  test(
    `restores to ${points} random moments hold exactly the rows committed by then`,
    async () => {
      const host = elepherd.lab.host('lab-2');
      const hostId = await elepherd.hostId('lab-2');
      for (let i = 0; i < points; i++) {
        const at = randomMoment();
        const restore = await start({
          target: { at: at.toISOString() },
          place: { kind: 'scratch', hostId, hours: 1 },
        });
        const { directory, port } = restore.scratch!;
        const ask = ['psql', '-XAt', '-h', directory, '-p', String(port), '-d', 'app', '-c'];
        const said = (await host.run([...ask, rowsSql], { user: 'postgres' })).stdout.trim();
        expect({ at: at.toISOString(), rows: numbers(said) }).toEqual({
          at: at.toISOString(),
          rows: expectedAt(at),
        });
        const archives = await host.run([...ask, 'show archive_mode'], { user: 'postgres' });
        expect(archives.stdout.trim()).toBe('off');
        await elepherd.operate('POST', `/fleet/restores/${restore.id}/clean`);
        expect((await host.run(['ls', '/var/lib/postgresql/17'])).stdout).not.toContain('scratch-');
      }
    },
    60_000 + points * 60_000,
  );

  test('one table, and one database, come back beside the living ones through a scratch server on the primary’s host', async () => {
    const leader = await cluster.getLeader();
    const at = randomMoment();
    const restore = await start({
      target: { at: at.toISOString() },
      place: { kind: 'scratch', hostId: await elepherd.hostId(leader.name), hours: 1 },
    });
    const take = (body: object) => elepherd.operate('POST', `/fleet/restores/${restore.id}/take`, body);
    await cluster.sqlOn(leader, 'alter table work rename to work_now', 'app');
    await take({ database: 'app', table: 'work', into: 'one_table' });
    expect(numbers(await cluster.sqlOn(leader, rowsSql, 'one_table'))).toEqual(expectedAt(at));
    await take({ database: 'app' });
    expect(numbers(await cluster.sqlOn(leader, rowsSql, 'app_restored'))).toEqual(expectedAt(at));
    await cluster.sqlOn(leader, 'alter table work_now rename to work', 'app');
    // What is there already is nobody's to overwrite, and a failure leaves nothing.
    await expect(take({ database: 'app' })).rejects.toThrow(/already exists/);
    expect(numbers(await cluster.sqlOn(leader, rowsSql, 'app_restored'))).toEqual(expectedAt(at));
    await expect(take({ database: 'app', table: 'nothing', into: 'none' })).rejects.toThrow(
      /no matching tables/,
    );
    expect(await cluster.sqlOn(leader, "select count(*) from pg_database where datname = 'none'")).toBe('0');
    await elepherd.operate('POST', `/fleet/restores/${restore.id}/clean`);
    for (const name of ['one_table', 'app_restored']) await cluster.sqlOn(leader, `drop database ${name}`);
  }, 180_000);

  test('agent, worker and server are killed while a restore copies, and it ends well and once', async () => {
    const host = elepherd.lab.host('lab-2');
    const at = randomMoment();
    const begun = await elepherd.ask('POST', `${path}/restores`, RestoreStarted, {
      target: { at: at.toISOString() },
      place: { kind: 'scratch', hostId: await elepherd.hostId('lab-2'), hours: 1 },
    });
    await until(
      'no restore began',
      60,
      async () => (await host.run(['pgrep', '-f', 'pgbackrest.* restore'], { mayFail: true })).exitCode === 0,
      20,
    );
    await Promise.all([
      host.run(['systemctl', 'kill', '--signal=KILL', 'elepherd-agent']),
      elepherd.restart('worker'),
      elepherd.restart('server'),
    ]);
    await elepherd.waitForOperation(begun.operationId, 300);
    const restore = await elepherd.ask('GET', `/fleet/restores/${begun.id}`, Restore);
    const { directory, port } = restore.scratch!;
    const ask = ['psql', '-XAt', '-h', directory, '-p', String(port), '-d', 'app', '-c', rowsSql];
    expect(numbers((await host.run(ask, { user: 'postgres' })).stdout.trim())).toEqual(expectedAt(at));
    expect((await host.run(['ls', '/var/lib/postgresql/17'])).stdout.match(/scratch-/g)).toHaveLength(1);
    await elepherd.operate('POST', `/fleet/restores/${begun.id}/clean`);
  }, 180_000);

  test('the data of all servers is destroyed; it is restored to the second and the replica is built anew', async () => {
    const at = randomMoment();
    const preview = await elepherd.ask('POST', `${path}/restore-preview`, RestorePreview, {
      target: { at: at.toISOString() },
      place: { kind: 'in-place' },
    });
    expect(preview).toMatchObject({ possible: true, measured: true });
    await Promise.all(cluster.hosts.map((host) => destroyData(host, cluster.made.scope)));
    const restore = await start({
      target: { at: at.toISOString() },
      place: { kind: 'in-place' },
      confirm: 'ledger',
    });
    expect(restore.state).toBe('done');
    await cluster.waitUntilWhole(60);
    for (const host of cluster.hosts)
      expect(numbers(await cluster.sqlOn(host, rowsSql, 'app'))).toEqual(expectedAt(at));
    // Applications come in with the password they have.
    expect((await cluster.psql(await cluster.url('routed'), 'select count(*) from work')).stderr).toContain(
      'permission denied',
    );
    const leader = await cluster.getLeader();
    const timeline = await cluster.sqlOn(leader, 'select timeline_id from pg_control_checkpoint()');
    expect(Number(timeline)).toBeGreaterThan(1);
    await until('no full backup on the new timeline', 120, async () => {
      const { backups } = await elepherd.ask('GET', `${path}/backups`, ClusterBackups);
      return backups.some((b) => b.type === 'full' && !b.walStart?.startsWith('00000001'));
    });
    await leader.run(['pgbackrest', `--stanza=${cluster.made.scope}`, 'check'], {
      user: 'postgres',
      timeoutSeconds: 120,
    });
  }, 300_000);

  test('what was written before the restore, and left behind by it, becomes a cluster of its own that never archives to the old one', async () => {
    const at = randomMoment();
    const hostIds = [await elepherd.hostId('lab-3')];
    const networks = [`${elepherd.lab.addressOf('client').split('.').slice(0, 3).join('.')}.0/24`];
    const restore = await start({
      target: { at: at.toISOString() },
      place: {
        kind: 'new-cluster',
        cluster: { name: 'copy', hostIds, networks, deletionProtected: false },
      },
    });
    expect(restore.targetClusterId).not.toBeNull();
    const copy = await elepherd.openCluster('copy');
    const [host] = copy.hosts;
    expect(numbers(await copy.sqlOn(host!, rowsSql, 'app'))).toEqual(expectedAt(at));
    expect(await copy.sqlOn(host!, 'show archive_command')).not.toContain(cluster.made.scope);
    // Applications come in through every door with the password of the copy, and are the account of before.
    for (const door of ['direct', 'pooled', 'routed'] as const)
      expect({
        door,
        said: (await copy.psql(await copy.url(door), 'select current_user')).stdout.trim(),
      }).toEqual({
        door,
        said: 'app',
      });
    const config = await host!.run(['ls', '/etc/pgbackrest/conf.d'], { mayFail: true });
    expect(config.stdout).not.toContain(cluster.made.scope);
  }, 180_000);

  test('in place with the data of before kept: a confirmation removes it', async () => {
    const restore = await start({ place: { kind: 'in-place' }, confirm: 'ledger' });
    expect(restore.asideUntil).not.toBeNull();
    const list = async () => (await cluster.hosts[0]!.run(['ls', '/var/lib/postgresql/17'])).stdout;
    expect(await list()).toContain('-before-');
    await elepherd.operate('POST', `/fleet/restores/${restore.id}/clean`);
    expect(await list()).not.toContain('-before-');
    await cluster.waitUntilWhole(60);
  }, 180_000);

  const drill = async (wish: RunDrill = {}) => {
    const { id, operationId } = await elepherd.ask('POST', `${path}/drills`, DrillStarted, wish);
    await elepherd.waitForOperation(operationId, 300);
    return elepherd.ask('GET', `/fleet/drills/${id}`, Drill);
  };
  const document = async (at: string) => {
    const token = (await readFile(join(elepherd.home, 'admin-token'), 'utf8')).trim();
    const answer = await fetch(`${elepherd.url}/api${at}`, { headers: { authorization: `Bearer ${token}` } });
    expect(answer.status).toBe(200);
    return Buffer.from(await answer.arrayBuffer());
  };

  /** A moment to which a drill went and passed. */
  let sound = '';
  test('a drill passes, with every commit it should hold, and leaves nothing behind', async () => {
    // Two known commits: the drill goes just before the second, and looks for the first.
    let at = '';
    for (let marks = 0; marks < 2; marks += 1) {
      const since = new Date().toISOString();
      await elepherd.runJob('fleet.mark-clusters');
      await until('the window does not reach until now', 150, async () => {
        await elepherd.ask('POST', `${path}/backups/look`, ClusterBackups);
        const { ranges } = await lookAt();
        const ends = ranges.filter((range) => range.to > range.from).map((range) => range.to);
        at = ends.toSorted().at(-1) ?? '';
        return at > since || sleep(2000, at);
      });
    }
    const passed = await drill({ at });
    sound = at;
    expect(passed).toMatchObject({ state: 'passed', reason: null, hasEvidence: true });
    expect(passed.results).toMatchObject({
      pagesSound: true,
      marks: { missing: 0, tooNew: 0 },
      uncounted: [],
    });
    expect(passed.results.uncompared).toBeUndefined();
    expect(passed.recoverySeconds).toBeGreaterThan(0);
    const app = passed.results.databases?.find((one) => one.name === 'app');
    const rows = Number(await cluster.sqlOn(await cluster.getLeader(), 'select count(*) from work', 'app'));
    expect(rows).toBeGreaterThan(0);
    expect(app).toMatchObject({ tables: 1, rows, known: { tables: 1, missing: [] } });
    expect(app?.known?.rows).toBeGreaterThan(0);
    const [html, pdf] = await Promise.all(
      ['html', 'pdf'].map((form) => document(`/fleet/drills/${passed.id}/evidence.${form}?lang=zh-CN`)),
    );
    expect(html!.toString()).toContain('通过');
    expect(pdf!.subarray(0, 5).toString()).toBe('%PDF-');
    for (const host of elepherd.lab.hosts)
      expect((await host.run(['ls', '/var/lib/postgresql/17'], { mayFail: true })).stdout).not.toContain(
        'scratch-',
      );
  }, 300_000);

  test('a byte flipped in a backup is found by the drill; put right again, the next one passes', async () => {
    const { backups } = await elepherd.ask('GET', `${path}/backups`, ClusterBackups);
    const folder = join(storage, 'repository/backup', cluster.made.scope);
    for (const { label } of backups) await flipByte(join(folder, label, 'bundle/1'));
    const found = await drill({ at: sound });
    // With its reason, which says why when it is not as it should be.
    expect([found.state, found.reason?.en]).toEqual([
      'backup-bad',
      expect.stringMatching(/checksum|damaged/),
    ]);
    expect(found.hasEvidence).toBe(true);
    for (const { label } of backups) await flipByte(join(folder, label, 'bundle/1'));
    const again = await drill({ at: sound });
    expect([again.state, again.reason]).toEqual(['passed', null]);
  }, 240_000);

  test('storage that is gone is the trouble of the drill, never of the backup', async () => {
    await rename(join(storage, 'repository'), join(storage, 'elsewhere'));
    const failed = await drill();
    await rename(join(storage, 'elsewhere'), join(storage, 'repository'));
    expect(failed.state).toBe('infrastructure-failed');
  }, 120_000);

  test('the recovery card brings the cluster back without any Elepherd', async () => {
    const card = (await document(`${path}/recovery-card?lang=en`)).toString();
    const { backups } = await elepherd.ask('POST', `${path}/backups/look`, ClusterBackups);
    const backup = backups.toSorted((a, b) => b.endedAt.localeCompare(a.endedAt))[0]!;
    const leader = await cluster.getLeader();
    await cluster.sqlOn(leader, `create table kept (n int); insert into kept values (1)`, 'app');
    const moment = await cluster.sqlOn(leader, 'select clock_timestamp()');
    await cluster.sqlOn(leader, 'drop table kept', 'app');
    await cluster.sqlOn(leader, 'select pg_switch_wal()');
    await sleep(8000);
    await elepherd.kill('server');
    await elepherd.kill('worker');
    const blocks = [...card.matchAll(/<pre>([^<]*)<\/pre>/g)].map(([, text]) => unescapeHtml(text!));
    const [look, momentBlock, stop, aside, copy, replay, forget, begin, fresh] = blocks;
    const shell = (host: Host, script: string, timeoutSeconds = 120) =>
      host.run(['bash', '-ec', script], { timeoutSeconds });
    const replicas = cluster.hosts.filter((host) => host !== leader);
    const seen = (await shell(leader, look!)).stdout;
    expect(seen).toContain(backup.label);
    const given = momentBlock!
      .replace(/MOMENT=.*/, `MOMENT='${moment}'`)
      .replace(/BACKUP=.*/, `BACKUP=${backup.label}`);
    for (const host of [...replicas, leader]) await shell(host, stop!);
    for (const host of cluster.hosts) await shell(host, aside!);
    await shell(leader, `${given}\n${copy!}\n${replay!}\n${forget!}\n${begin!}`, 240);
    await until('the restored one does not lead', 60, async () => {
      const members = (await cluster.viewFrom(leader)) ?? [];
      return members.some((m) => m.role === 'leader' && m.state === 'running');
    });
    for (const host of replicas) await shell(host, begin!);
    await cluster.waitUntilWhole(90);
    for (const host of cluster.hosts)
      expect(await cluster.sqlOn(host, 'select n from kept', 'app')).toBe('1');
    await shell(leader, fresh!);
  }, 400_000);
});

/** What a mistaken command or a dying disk leaves: no data, and programs that still run. */
async function destroyData(host: Host, scope: string): Promise<void> {
  await host.run(
    ['sh', '-c', `rm -rf /var/lib/postgresql/17/${scope}; pkill -9 -u postgres -x postgres; true`],
    {
      mayFail: true,
    },
  );
}

/** Changes one byte in the middle of a file; done twice it is as it was. */
async function flipByte(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    const { size } = await file.stat();
    const byte = Buffer.alloc(1);
    const at = Math.floor(size / 2);
    await file.read(byte, 0, 1, at);
    byte[0]! ^= 0xff;
    await file.write(byte, 0, 1, at);
  } finally {
    await file.close();
  }
}

const unescapeHtml = (text: string) =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
