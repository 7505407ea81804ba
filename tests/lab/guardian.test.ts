import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Timeline } from '#src/fleet/contract/incidents.ts';
import { HostGuardian, type GuardedServer } from '#src/fleet/contract/guardian.ts';
import { type LabElepherd, startElepherd, until } from '#tests/support/lab/elepherd.ts';
import type { LabCluster } from '#tests/support/lab/lab-cluster.ts';
import { whyNoLab } from '#tests/support/lab/machine.ts';
import { startWriter } from '#tests/support/lab/writer.ts';

const why = whyNoLab();
test.runIf(why !== undefined)(`the lab is skipped: ${why ?? ''}`, () => undefined);

const GB = 1e9;

describe.skipIf(why !== undefined)('a host whose disk fills up', () => {
  let elepherd: LabElepherd;
  let cluster: LabCluster;
  let hostId: string;
  const host = () => elepherd.lab.hosts[0]!;
  const guardian = () => elepherd.ask('GET', `/fleet/hosts/${hostId}/guardian`, HostGuardian);
  const server = async (): Promise<GuardedServer | undefined> => (await guardian()).servers[0];
  const untilStage = (stage: GuardedServer['stage'], seconds: number, also?: (s: GuardedServer) => boolean) =>
    until(`the guardian is not at ${stage}`, seconds, async () => {
      const seen = await server();
      const isThere = seen?.stage === stage && (also?.(seen) ?? true);
      return isThere || `${seen?.stage ?? '-'} with ${seen?.freeBytes ?? '-'} free`;
    });
  /** Leaves so many bytes free. */
  const leaveFree = async (bytes: number) => {
    const { stdout } = await host().run(['df', '--output=avail', '--block-size=1', '/']);
    const take = Number(stdout.split('\n')[1]) - bytes;
    await host().run(['fallocate', '--length', String(Math.round(take)), '/others-files']);
  };
  const makeRoom = () => host().run(['rm', '--force', '/others-files']);

  beforeAll(async () => {
    elepherd = await startElepherd({ name: 'guardian', hosts: 1, diskBytes: 6e9 });
    hostId = await elepherd.hostId('lab-1');
    cluster = await elepherd.createCluster({ name: 'full', hostIds: [hostId], members: 1 });
  });
  afterAll(() => elepherd?.destroy());

  test('is guarded from the start, with a reserve beside the data', async () => {
    await untilStage('calm', 70, (seen) => seen.reserveBytes > 0);
    const seen = await server();
    expect(seen).toMatchObject({ readOnly: false, causes: [], answers: true });
    expect(seen!.sizeBytes).toBeGreaterThan(5 * GB);
    const listed = await host().run(['sh', '-c', 'ls -A /var/lib/postgresql/17']);
    expect(listed.stdout).toContain('.elepherd-reserve-');
  });

  test('fills under writes: reserve, then read-only, without a lost row; with room again writes come back by themselves', async () => {
    const before = (await server())!;
    await leaveFree(before.thresholds.warnBytes + 50e6);
    const writer = await startWriter(elepherd.lab, cluster.target);
    // Elepherd itself is away while it happens: the agent acts alone.
    await elepherd.kill('server');
    // An application that never stops writing much.
    const url = cluster.target;
    const bulk = `create table if not exists bulk (t text); alter table bulk alter t set storage plain;
      insert into bulk select repeat(md5(n::text), 60) from generate_series(1, 4000) n`;
    const loop = host().run(
      [
        'sh',
        '-c',
        `for i in $(seq 1 400); do psql -XAtq -h 127.0.0.1 -p ${url.port} -U ${url.user} -d app -c "${bulk}" || { echo refused $i; sleep 1; exit 0; }; done`,
      ],
      { mayFail: true, timeoutSeconds: 300, env: { PGPASSWORD: url.password, PGSSLMODE: 'require' } },
    );
    const refused = await loop;
    expect(refused.stderr).toMatch(/read-only transaction|canceling statement|terminating connection/);
    await sleep(3000);
    // Nothing but the guardian stopped it: PostgreSQL never met the end of its disk, and reading goes on.
    const crashes = await host().run(
      [
        'sh',
        '-c',
        'grep -r "PANIC\\|No space left" /var/log/postgresql /var/lib/postgresql/17/*/log | head -3',
      ],
      { mayFail: true },
    );
    expect(crashes.stdout).toBe('');
    const read = (sql: string) => cluster.psql(urlOf(cluster), sql);
    const counted = await read('select count(*) > 0 from bulk');
    expect(counted.stdout.trim()).toBe('t');
    expect((await read('show elepherd.read_only_because')).stdout).toContain('nearly full');
    // The superuser goes on writing, to make room.
    expect(
      await cluster.sqlOn(
        host(),
        'create table made_by_superuser (n int); drop table made_by_superuser; select 1',
      ),
    ).toContain('1');

    await elepherd.start('server');
    await untilStage('read-only', 60, (seen) => seen.readOnly && seen.reserveBytes === 0);
    const noted = (await server())!;
    expect(noted.freeBytes).toBeLessThan(noted.thresholds.recoverBytes);

    // The only manual step there is: room is made.
    await makeRoom();
    const ack = await writer.nextAcknowledgement(60);
    expect(ack.host).toBe(host().ip);
    await untilStage('calm', 30, (seen) => !seen.readOnly && seen.reserveBytes > 0);
    const report = await writer.finish();
    console.log(`acknowledged ${report.acknowledged.length}, failed ${report.failed.length}`);
    expect(report.lost).toEqual([]);
    expect(report.failed.length).toBeGreaterThan(0);
    const leftOver = await cluster.sqlOn(
      host(),
      `select current_setting('default_transaction_read_only') || coalesce(current_setting('elepherd.read_only_because', true), '')
         || (select count(*) from pg_db_role_setting s join pg_roles r on r.oid = s.setrole where r.rolname = 'postgres')`,
    );
    expect(leftOver).toBe('off0');

    // What happened while Elepherd was away is told all the same.
    const { entries } = await elepherd.ask('GET', '/fleet/clusters/full/timeline', Timeline);
    const stages = entries.filter((one) => one.kind === 'guardian').map((one) => one.detail['stage']);
    // A fast disk is past the warning between two looks.
    expect(['warned', 'reserve-released']).toContain(stages[0]);
    expect(stages).toContain('read-only');
    expect(stages.at(-1)).toBe('calm');
    expect(entries.map((one) => one.kind)).toContain('operation');
  });

  test('a person says that writes must go on, or that there is room enough', async () => {
    const { thresholds } = (await server())!;
    await leaveFree(thresholds.readOnlyBytes * 0.8);
    await untilStage('read-only', 60, (seen) => seen.readOnly);
    const write = () =>
      cluster.psql(urlOf(cluster), 'create table if not exists said (n int); drop table said');
    expect((await write()).stderr).toContain('read-only transaction');
    const confirm = (writesForMinutes: number) =>
      elepherd.ask('POST', `/fleet/hosts/${hostId}/guardian/confirm`, HostGuardian, { writesForMinutes });
    // There is no room yet: saying so changes nothing.
    expect((await confirm(0)).servers[0]).toMatchObject({ readOnly: true, stage: 'read-only' });
    expect((await confirm(5)).servers[0]).toMatchObject({ readOnly: false });
    expect((await write()).exitCode).toBe(0);
    await confirm(0);
    await untilStage('read-only', 30, (seen) => seen.readOnly);
    // Room, but less than what brings writes back by itself.
    await makeRoom();
    await leaveFree((thresholds.readOnlyBytes * 1.2 + thresholds.recoverBytes) / 2);
    expect((await server())!.stage).not.toBe('calm');
    expect((await confirm(0)).servers[0]).toMatchObject({ readOnly: false, stage: 'reserve-released' });
    expect((await write()).exitCode).toBe(0);
    await makeRoom();
    await untilStage('calm', 30, (seen) => seen.reserveBytes > 0);
  });

  test('another program takes the whole disk at once: all comes back when that is gone, without a lost row', async () => {
    const writer = await startWriter(elepherd.lab, cluster.target);
    await host().fillDisk();
    await sleep(15_000);
    await host().freeDisk();
    await writer.nextAcknowledgement(120);
    const report = await writer.finish();
    expect(report.lost).toEqual([]);
    await untilStage('calm', 60, (seen) => !seen.readOnly && seen.reserveBytes > 0);
  });

  test('leaves nothing aside when the cluster goes', async () => {
    await elepherd.deleteCluster('full');
    const { stdout } = await host().run(['ls', '-A', '/var/lib/postgresql/17']);
    expect(stdout.trim()).toBe('');
  });
});

const urlOf = (cluster: LabCluster) => {
  const { user, password, port, hosts, database } = cluster.target;
  return `postgresql://${user}:${encodeURIComponent(password)}@${hosts[0] ?? ''}:${port}/${database}?sslmode=require`;
};
