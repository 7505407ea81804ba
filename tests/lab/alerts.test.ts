// Over 300 lines: one lab, whose troubles are made at once because each is waited for.
import { chmod, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LockTree, LogTail } from '#src/fleet/contract/activity.ts';
import { Alert, AlertDetail, AlertOverview, AlertRule } from '#src/fleet/contract/alerts.ts';
import { ClusterBackups, Policy, Repository } from '#src/fleet/contract/backups.ts';
import { Started } from '#src/fleet/contract/clusters.ts';
import type { ShippedKey } from '#src/fleet/contract/shipped-alerts.text.ts';
import { page } from '#src/platform/contract/pages.ts';
import { freePort } from '#src/platform/server/setup/preflight.ts';
import {
  flush,
  hasEngine,
  startTestEngine,
  startTestStore,
  type TestStore,
} from '#tests/support/alert-engine.ts';
import { type LabElepherd, startElepherd, until } from '#tests/support/lab/elepherd.ts';
import type { Host } from '#tests/support/lab/host.ts';
import type { LabCluster } from '#tests/support/lab/lab-cluster.ts';
import { movedClockLibrary, whyNoLab } from '#tests/support/lab/machine.ts';

const why = whyNoLab() ?? (hasEngine ? undefined : 'victoria-metrics is not installed');
test.runIf(why !== undefined)(`the lab is skipped: ${why ?? ''}`, () => undefined);

/** What goes wrong for real, and how it is put right. Without an end the alert is about what happened, and stands for a while. */
type Trouble = { make: () => Promise<unknown>; mend?: () => Promise<unknown> };
type Troubles = Partial<Record<ShippedKey, Trouble>>;

describe.skipIf(why !== undefined)('alerts about real servers', () => {
  let store: TestStore;
  let engine: { stop(): Promise<void> };
  let elepherd: LabElepherd;
  let cluster: LabCluster;
  let storage: string;
  let leader: Host;
  let second: Host;
  let third: Host;

  beforeAll(async () => {
    storage = await mkdtemp(join(tmpdir(), 'elepherd-storage-'));
    await chmod(storage, 0o777);
    store = await startTestStore();
    const intakePort = await freePort('127.0.0.1');
    const token = 'a token of the laboratory';
    elepherd = await startElepherd({
      name: 'alerts',
      hosts: 3,
      env: { METRICS_URL: store.url, ALERT_PORT: String(intakePort), ALERT_TOKEN: token },
      sharedFolders: { [storage]: '/mnt/backup' },
    });
    const folder = join(elepherd.home, 'alert-rules');
    engine = startTestEngine({ store, folder, intakePort, token });
    cluster = await elepherd.createCluster({ name: 'watched', members: 3, protection: 'sync' });
    leader = await cluster.getLeader();
    [second, third] = cluster.hosts.filter((host) => host !== leader) as [Host, Host];
    // What takes hours in life is asked for at once, as an organisation may.
    const sooner: Partial<Record<ShippedKey, object>> = {
      'slot-inactive': { threshold: 1, forSeconds: 0 },
      'lock-queue': { threshold: 3, forSeconds: 0 },
      'pool-waiting': { forSeconds: 0 },
      'part-down': { forSeconds: 0 },
      'member-without-data': { forSeconds: 0 },
      'host-silent': { forSeconds: 5 },
      'cluster-paused': { forSeconds: 0 },
      'restart-pending': { forSeconds: 0 },
      'etcd-space': { threshold: 0.5, forSeconds: 0 },
      'clock-skew': { forSeconds: 0 },
    };
    for (const [rule, wish] of Object.entries(sooner)) await set(rule, wish);
    await until('the judge is not heard', 120, async () => (await overview()).engineAlive, 1000);
    await until('not all is measured', 120, async () => {
      const up = await store.store.query('count(up{job="postgres"} == 1)');
      return up[0]?.points[0]?.[1] === 3;
    });
    // The judge has read the rules as they are now, and judged each.
    await sleep(45_000);
  });
  afterAll(async () => {
    await engine?.stop();
    await elepherd?.destroy();
    await store?.stop();
    await rm(storage, { recursive: true, force: true });
  });

  const overview = () => elepherd.ask('GET', '/fleet/alerts/overview', AlertOverview);
  const set = (rule: string, wish: object) =>
    elepherd.ask('PATCH', `/fleet/alert-rules/${rule}`, AlertRule, wish);
  const open = async () => (await elepherd.ask('GET', '/fleet/alerts', page(Alert))).items;
  const openOf = async (rules: readonly string[]) =>
    [...new Set((await open()).map(({ rule }) => rule))].filter((rule) => rules.includes(rule)).toSorted();
  /** Waits until of these rules exactly the wished ones have an open alert. */
  const untilOpen = (about: readonly string[], wished: readonly string[], seconds: number) =>
    until(
      `not open: ${wished.join(', ')}`,
      seconds,
      async () => {
        const now = await openOf(about);
        return JSON.stringify(now) === JSON.stringify(wished.toSorted()) || now.join(', ');
      },
      1000,
    );

  /** Each rule by its name: nothing is open about it, its trouble is made, it is told; the trouble ends, and so does the alert. */
  function raised(where: string, troubles: Troubles, more?: () => Promise<void>): void {
    const rules = Object.keys(troubles);
    const name = `${rules.join(', ')}: raised about ${where}, quiet before, over once it is well`;
    test(
      name,
      async () => {
        expect(await openOf(rules)).toEqual([]);
        for (const { make } of Object.values(troubles)) await make();
        await untilOpen(rules, rules, 300);
        await more?.();
        for (const { mend } of Object.values(troubles)) await mend?.();
        const lasting = rules.filter((rule) => troubles[rule as ShippedKey]?.mend === undefined);
        await untilOpen(rules, lasting, 400);
      },
      1_200_000,
    );
  }

  const backupsPath = '/fleet/clusters/watched/backups';
  const asSuperuser = (sql: string) => cluster.sqlOn(leader, sql);
  const restartAgent = (host: Host) => host.run(['systemctl', 'restart', 'elepherd-agent']);
  const asPostgres = (host: Host, ...argv: string[]) =>
    host.run(argv, { user: 'postgres', timeoutSeconds: 90 });
  const patroni = (...argv: string[]) =>
    asPostgres(leader, 'patronictl', '-c', `/etc/patroni/${cluster.made.scope}.yml`, ...argv);
  const patroniFile = () => `/etc/patroni/${cluster.made.scope}.yml`;
  const etcd = async (script: string) => {
    const folder = `/etc/etcd/${cluster.made.scope}`;
    const env = {
      ETCDCTL_CACERT: `${folder}/ca.crt`,
      ETCDCTL_CERT: `${folder}/server.crt`,
      ETCDCTL_KEY: `${folder}/server.key`,
      ETCDCTL_ENDPOINTS: `https://127.0.0.1:${cluster.made.ports.etcdClient}`,
    };
    return (await leader.run(['sh', '-ec', script], { env, timeoutSeconds: 120 })).stdout;
  };
  /** The console of the leader's PgBouncer. */
  const pooler = (command: string) => {
    const where = ['-h', '/var/run/postgresql', '-p', String(cluster.made.ports.pooler)];
    return asPostgres(leader, 'psql', '-X', ...where, '-U', 'pgbouncer', '-d', 'pgbouncer', '-c', command);
  };
  /** Asks through the leader's PgBouncer; ended with the test at the latest. */
  const throughPooler = async (sql: string) => {
    const { user, password } = cluster.target;
    const address = `${leader.ip}:${cluster.made.ports.pooler}`;
    return cluster.psql(`postgresql://${user}:${password}@${address}/app?sslmode=require`, sql);
  };
  const paths = {
    clock: '/etc/systemd/system/elepherd-agent.service.d/clock.conf',
    library: '/usr/lib/moved-clock.so',
  };
  const setClock = async (host: Host, seconds: number) => {
    if (seconds === 0) await host.run(['rm', paths.clock]);
    else {
      await host.writeFile(paths.library, await readFile(movedClockLibrary));
      const lines = [
        '[Service]',
        `Environment=LD_PRELOAD=${paths.library}`,
        `Environment=FAKETIME=${seconds}s`,
        'Environment=FAKETIME_DONT_FAKE_MONOTONIC=1',
      ];
      await host.writeFile(paths.clock, `${lines.join('\n')}\n`);
    }
    await host.run(['systemctl', 'daemon-reload']);
    await restartAgent(host);
  };
  const enableBackups = async () => {
    await elepherd.ask('POST', '/fleet/repositories', Repository, {
      name: 'shared',
      place: { kind: 'path', path: '/mnt/backup/repository' },
    });
    await elepherd.ask('POST', '/fleet/backup-policies', Policy, { name: 'daily' });
    await elepherd.operate('POST', `${backupsPath}/enable`, { policy: 'daily', repositories: ['shared'] });
    const { plan } = await elepherd.ask('GET', backupsPath, ClusterBackups);
    await elepherd.waitForOperation(plan!.operationId!);
    // An agent asks pgBackRest when it begins, and every five minutes.
    for (const host of cluster.hosts) await restartAgent(host);
  };

  let isPoolFull = false;
  let holders: Promise<unknown>[] = [];
  raised(
    'one cluster',
    {
      // Nobody has enabled backups; a day of that is a minute here.
      'backup-missing': { make: () => set('backup-missing', { forSeconds: 0 }), mend: async () => {} },
      'slot-inactive': {
        async make() {
          await asSuperuser("select pg_create_physical_replication_slot('forgotten', true)");
          await asSuperuser('create table wal as select generate_series(1, 100000) as n');
        },
        mend: () => asSuperuser("select pg_drop_replication_slot('forgotten')"),
      },
      'lock-queue': {
        async make() {
          await asSuperuser('create table seats (id int primary key); insert into seats values (1)');
          const change = (then: string) =>
            cluster.sqlOn(leader, `begin; update seats set id = 1; ${then}; commit`).catch(() => '');
          // One holds the row, the other waits for it: begun together, the other could be done first.
          holders = [change('select pg_sleep(900)')];
          const sleeps = `select exists (select from pg_stat_activity where query like '%update seats%' and wait_event = 'PgSleep')`;
          await until('nobody holds the row', 60, async () => (await asSuperuser(sleeps)) === 't');
          holders.push(change('select 1'));
        },
        async mend() {
          await asSuperuser(
            "select pg_terminate_backend(pid) from pg_stat_activity where query like '%update seats%' and pid <> pg_backend_pid()",
          );
          await Promise.all(holders);
        },
      },
      'pool-waiting': {
        async make() {
          for (const name of ['default_pool_size = 1', 'reserve_pool_size = 0']) await pooler(`set ${name}`);
          isPoolFull = true;
          const keep = async (sql: string) => {
            while (isPoolFull) await throughPooler(sql);
          };
          void keep('select pg_sleep(50)');
          void keep('select 1');
        },
        async mend() {
          isPoolFull = false;
          await pooler('set default_pool_size = 20');
        },
      },
      'part-down': {
        make: () => second.signal('/usr/sbin/pgbouncer', 'STOP'),
        mend: () => second.signal('/usr/sbin/pgbouncer', 'CONT'),
      },
      'clock-skew': { make: () => setClock(second, -9), mend: () => setClock(second, 0) },
      // Without the file nobody knows where to measure, and the server goes on.
      'member-without-data': {
        async make() {
          await third.run(['mv', patroniFile(), `${patroniFile()}.away`]);
          await restartAgent(third);
        },
        async mend() {
          await third.run(['mv', `${patroniFile()}.away`, patroniFile()]);
          await restartAgent(third);
        },
      },
      'etcd-space': {
        make: () =>
          etcd(
            'for n in $(seq 1 25); do head -c 700000 /dev/urandom | base64 -w0 | etcdctl put filler-$n > /dev/null; done',
          ),
        async mend() {
          await etcd('etcdctl del --prefix filler- > /dev/null');
          const status = await etcd('etcdctl endpoint status --write-out=json');
          await etcd(`etcdctl compaction ${/"revision":(\d+)/.exec(status)?.[1]}`);
          await etcd('etcdctl defrag --cluster');
        },
      },
      'restart-pending': {
        make: () => patroni('edit-config', '--force', '--quiet', '--pg', 'max_connections=277'),
        mend: () => patroni('edit-config', '--force', '--quiet', '--pg', 'max_connections=null'),
      },
      'cluster-paused': {
        make: () => patroni('pause', '--wait'),
        async mend() {
          await patroni('resume', '--wait');
          await enableBackups();
        },
      },
    },
    async () => {
      const { sessions } = await elepherd.ask('GET', '/fleet/clusters/watched/locks', LockTree);
      const queue = sessions.filter(({ statement }) => statement?.includes('update seats'));
      expect(queue.map(({ depth, holdsUp, waitsFor }) => [depth, holdsUp, waitsFor !== ''])).toEqual([
        [0, 1, false],
        [1, 0, true],
      ]);
      expect(queue[1]?.statement).toContain('update seats set id = ?');
      const { lines } = await elepherd.ask('GET', '/fleet/clusters/watched/log?only=all', LogTail);
      expect(lines.length).toBeGreaterThan(3);
      const slot = (await open()).find(({ rule }) => rule === 'slot-inactive');
      const told = await elepherd.ask('GET', `/fleet/alerts/${slot?.id ?? ''}`, AlertDetail);
      expect(told.summary.en).toContain('forgotten');
      expect(told.cluster?.name).toBe('watched');
      expect(told.explanation.nextStep.en).toContain('pg_drop_replication_slot');
    },
  );

  raised('a repository that is gone and a host that fell silent', {
    'host-silent': {
      make: () => third.run(['systemctl', 'stop', 'elepherd-agent']),
      mend: () => third.run(['systemctl', 'start', 'elepherd-agent']),
    },
    'backup-failed': {
      async make() {
        await rename(join(storage, 'repository'), join(storage, 'elsewhere'));
        await restartAgent(leader);
      },
      async mend() {
        await rename(join(storage, 'elsewhere'), join(storage, 'repository'));
        await restartAgent(leader);
      },
    },
  });

  raised('a backup that grew old', {
    'backup-stale': {
      // A day and a half is a part of the minutes it is old.
      async make() {
        const { plan } = await elepherd.ask('GET', backupsPath, ClusterBackups);
        await set('backup-stale', { threshold: plan!.backupAgeSeconds! / 2 / 3600, forSeconds: 0 });
      },
      async mend() {
        const { operationId } = await elepherd.ask('POST', backupsPath, Started, { type: 'incr' });
        await elepherd.waitForOperation(operationId);
        for (const host of cluster.hosts) await restartAgent(host);
      },
    },
  });

  describe('hosts that lose their power', () => {
    /** A quarter of an hour in which nothing happened is written down as if it had been: it is what the judge looks back at. */
    beforeAll(async () => {
      const series = await store.store.query('patroni_postgres_timeline');
      expect(series).toHaveLength(3);
      const now = Math.floor(Date.now() / 1000);
      const lines = series.flatMap(({ labels, points }) => {
        const own = Object.entries(labels).map(([name, value]) => `${name}="${value}"`);
        const name = `patroni_postgres_timeline{${own.filter((one) => !one.startsWith('__name__')).join()}}`;
        return Array.from(
          { length: 60 },
          (_, at) => `${name} ${points[0]![1]} ${(now - 60 - at * 30) * 1000}`,
        );
      });
      await store.store.write(`${lines.join('\n')}\n`);
      await flush(store);
      await sleep(45_000);
    });

    raised(
      'a cluster whose primary went, without that of a cluster nobody leads',
      { 'failover-happened': { make: () => leader.powerCut() } },
      async () => {
        await sleep(60_000);
        expect(await openOf(['cluster-without-leader'])).toEqual([]);
      },
    );

    raised('a cluster of which one of three is left', {
      'cluster-without-leader': {
        make: async () => (await cluster.getLeader()).powerCut(),
        async mend() {
          for (const host of cluster.hosts) if (!(await host.isOn())) await host.boot();
          await cluster.waitUntilWhole(180);
        },
      },
    });
  });
});
