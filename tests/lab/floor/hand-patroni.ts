import { setTimeout as sleep } from 'node:timers/promises';
import type { Host } from '#tests/support/lab/host.ts';
import type { Lab } from '#tests/support/lab/lab.ts';
import { patient } from '#tests/support/lab/patience.ts';
import { waitForPrimary } from '#tests/support/lab/writer.ts';
import type { WriterTarget } from '#tests/support/lab/writer.ts';
import type { WrittenCluster } from './write-outage.ts';

/**
 * The peer of Elepherd's clusters: what a careful person makes by hand from the distribution's own packages. One etcd and one Patroni a
 * host, plain files in their standard places, the distribution's own units. Debian's patroni@.service does not restart what crashed.
 */
export interface HandPatroniOptions {
  hosts: readonly Host[];
  ttlSeconds: number;
  loopWaitSeconds: number;
  retryTimeoutSeconds: number;
  synchronousMode: boolean;
  /** PostgreSQL's settings. */
  parameters?: Readonly<Record<string, string>>;
  scope?: string;
}

export interface HandPatroni extends WrittenCluster {
  /** All in seconds since the request. */
  timings: {
    etcdReadySeconds: number;
    /** The superuser's first query. */
    firstQuerySeconds: number;
    /** The application's first query, with an account and a database that were made as soon as the superuser could. */
    applicationQuerySeconds: number;
    allStreamingSeconds: number;
  };
}

export interface ClusterMember {
  name: string;
  role: 'leader' | 'replica' | 'sync_standby' | string;
  state: string;
  lag?: number | string;
}

const unit = 'patroni@17-hand';
const superuser = { username: 'postgres', password: 'hand-superuser' };
const replicator = { username: 'replicator', password: 'hand-replicator' };

/**
 * Makes a cluster by hand on hosts that have none, one member a host, and answers once every member streams without lag.
 * Throws after two minutes with what Patroni said last.
 */
export async function makeHandPatroni(lab: Lab, options: HandPatroniOptions): Promise<HandPatroni> {
  const started = Date.now();
  const since = (at = Date.now()): number => (at - started) / 1000;
  const { hosts } = options;
  const target: WriterTarget = {
    hosts: hosts.map((host) => host.name),
    port: 5432,
    user: superuser.username,
    password: superuser.password,
    database: 'postgres',
  };
  await Promise.all(hosts.map((host) => startEtcd(host, hosts)));
  const etcdReadySeconds = since();
  const firstPrimary = waitForPrimary(lab, target, 120);
  await Promise.all(hosts.map((host) => startPatroni(host, options)));
  try {
    const { primary, at } = await firstPrimary;
    const firstQuerySeconds = since(at);
    await makeApplication(lab.host(primary));
    const application = { ...target, user: 'app', password: 'hand-app', database: 'app' };
    const applicationQuerySeconds = since((await waitForPrimary(lab, application, 60)).at);
    await waitUntilStreaming(lab, hosts, 120, options.synchronousMode);
    return {
      hosts,
      target,
      getLeader: () => getLeader(lab, hosts),
      switchOver: (leader) => switchOver(lab, leader),
      recover: restartPatroni,
      waitUntilWhole: (timeoutSeconds) =>
        waitUntilStreaming(lab, hosts, timeoutSeconds, options.synchronousMode),
      timings: {
        etcdReadySeconds,
        firstQuerySeconds,
        applicationQuerySeconds,
        allStreamingSeconds: since(),
      },
    };
  } catch (error) {
    const said = await Promise.all(
      hosts.map(async (host) => `${host.name}: ${await host.journal(unit, 15)}`),
    );
    throw new Error(`the hand-made cluster did not come up\n${said.join('\n')}`, { cause: error });
  }
}

/** Stops and forgets a hand-made cluster, so that its hosts can carry the next one. */
export async function removeHandPatroni(cluster: HandPatroni): Promise<void> {
  await Promise.all(
    cluster.hosts.map(async (host) => {
      await host.run(['systemctl', 'stop', unit], { mayFail: true });
      await host.signal('/usr/lib/postgresql/17/bin/postgres', 'QUIT');
      await host.run(['systemctl', 'stop', 'etcd'], { mayFail: true });
      await host.run([
        'rm',
        '--recursive',
        '--force',
        '/var/lib/etcd/default',
        '/var/lib/postgresql/17',
        '/etc/patroni/17-hand.yml',
      ]);
    }),
  );
}

/** Starts Patroni again on a host of the cluster, as its administrator would after a crash. */
export async function restartPatroni(host: Host): Promise<void> {
  await host.run(['systemctl', 'reset-failed', unit], { mayFail: true });
  await host.run(['systemctl', 'start', 'etcd']);
  await host.run(['systemctl', 'start', unit]);
}

/** What one member's Patroni believes of the cluster; undefined when it does not answer within a second. */
export async function findMembers(lab: Lab, host: Host): Promise<ClusterMember[] | undefined> {
  try {
    const { body } = await lab.http(host.name, 8008, '/cluster', { timeoutSeconds: 1 });
    return (JSON.parse(body) as { members: ClusterMember[] }).members;
  } catch {
    return undefined;
  }
}

/** The host that every member which answers calls the leader; throws when there is none, or when they disagree. */
export async function getLeader(lab: Lab, hosts: readonly Host[]): Promise<Host> {
  const views = await Promise.all(hosts.map((host) => findMembers(lab, host)));
  const names = new Set(views.filter((view) => view !== undefined).map((view) => leaderIn(view)));
  const [name] = names;
  const host = hosts.find((candidate) => candidate.name === name);
  if (host === undefined || names.size > 1)
    throw new Error(`the members name ${[...names].join(' and ') || 'nobody'} as leader`);
  return host;
}

/**
 * Waits until every member says that one, the same, leads and all others stream without lag (one of them synchronously, when
 * that is wanted). One opinion is not enough: a primary
 * just back from a cut still believes that all is as it left it.
 */
export async function waitUntilStreaming(
  lab: Lab,
  hosts: readonly Host[],
  timeoutSeconds: number,
  isSynchronous = false,
): Promise<void> {
  const began = Date.now();
  let views: (ClusterMember[] | undefined)[] = [];
  while (Date.now() < began + patient(timeoutSeconds) * 1000) {
    views = await Promise.all(hosts.map((host) => findMembers(lab, host)));
    const leaders = new Set(views.map((view) => leaderIn(view)));
    const areWhole = views.every((view) => view !== undefined && isWhole(view, hosts.length, isSynchronous));
    if (areWhole && leaders.size === 1) return;
    await sleep(50);
  }
  throw new Error(`not all members stream after ${String(timeoutSeconds)} s: ${JSON.stringify(views)}`);
}

function isWhole(members: readonly ClusterMember[], count: number, isSynchronous: boolean): boolean {
  const streaming = members.filter((member) => member.state === 'streaming' && member.lag === 0);
  const hasPartner =
    !isSynchronous || count === 1 || members.some((member) => member.role === 'sync_standby');
  return leaderIn(members) !== undefined && streaming.length === count - 1 && hasPartner;
}

function leaderIn(members: readonly ClusterMember[] | undefined): string | undefined {
  return members?.find((member) => member.role === 'leader' && member.state === 'running')?.name;
}

/** Asks Patroni to give the lead to whichever member it finds fit, and waits for its answer. */
export async function switchOver(lab: Lab, leader: Host): Promise<void> {
  const json = { leader: leader.name };
  const { status, body } = await lab.http(leader.name, 8008, '/switchover', {
    method: 'POST',
    json,
    timeoutSeconds: 60,
  });
  if (status !== 200) throw new Error(`switchover was refused with ${String(status)}: ${body}`);
}

async function makeApplication(primary: Host): Promise<void> {
  const statements = [`create role app login password 'hand-app'`, 'create database app owner app'];
  const argv = ['/usr/lib/postgresql/17/bin/psql', '-X', ...statements.flatMap((sql) => ['-c', sql])];
  await primary.run(argv, { user: 'postgres' });
}

async function startEtcd(host: Host, hosts: readonly Host[]): Promise<void> {
  const settings = {
    ETCD_NAME: host.name,
    ETCD_LISTEN_CLIENT_URLS: `http://${host.ip}:2379,http://127.0.0.1:2379`,
    ETCD_ADVERTISE_CLIENT_URLS: `http://${host.ip}:2379`,
    ETCD_LISTEN_PEER_URLS: `http://${host.ip}:2380`,
    ETCD_INITIAL_ADVERTISE_PEER_URLS: `http://${host.ip}:2380`,
    ETCD_INITIAL_CLUSTER: hosts.map((member) => `${member.name}=http://${member.ip}:2380`).join(','),
    ETCD_INITIAL_CLUSTER_STATE: 'new',
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}\n`);
  await host.writeFile('/etc/default/etcd', lines.join(''));
  // The unit is of type notify: it has started once there is a quorum.
  await host.run(['systemctl', 'start', 'etcd']);
}

async function startPatroni(host: Host, options: HandPatroniOptions): Promise<void> {
  await host.writeFile(
    '/etc/patroni/17-hand.yml',
    JSON.stringify(patroniSettings(host, options), null, 2),
    'postgres',
    '0600',
  );
  await host.run(['systemctl', 'start', unit]);
}

function patroniSettings(host: Host, options: HandPatroniOptions): object {
  return {
    scope: options.scope ?? '17-hand',
    name: host.name,
    restapi: { listen: `${host.ip}:8008`, connect_address: `${host.ip}:8008` },
    etcd3: { hosts: options.hosts.map((member) => `${member.ip}:2379`) },
    bootstrap: {
      dcs: {
        ttl: options.ttlSeconds,
        loop_wait: options.loopWaitSeconds,
        retry_timeout: options.retryTimeoutSeconds,
        synchronous_mode: options.synchronousMode,
        maximum_lag_on_failover: 1048576,
        postgresql: { use_pg_rewind: true, use_slots: true, parameters: { ...options.parameters } },
      },
      initdb: ['data-checksums', { encoding: 'UTF8' }, { locale: 'C.UTF-8' }],
    },
    postgresql: {
      listen: `${host.ip},127.0.0.1:5432`,
      connect_address: `${host.ip}:5432`,
      data_dir: '/var/lib/postgresql/17/hand',
      bin_dir: '/usr/lib/postgresql/17/bin',
      authentication: { superuser, replication: replicator },
      parameters: { unix_socket_directories: '/var/run/postgresql' },
      // As ours: a copy that waits for a spread checkpoint begins some ten seconds later.
      basebackup: [{ checkpoint: 'fast' }],
      pg_hba: [
        'local all all peer',
        'host all all 127.0.0.1/32 scram-sha-256',
        'host all all samenet scram-sha-256',
        // Patroni asks its own server over loopback; without this line a replica joins about ten seconds later.
        `host replication ${replicator.username} 127.0.0.1/32 scram-sha-256`,
        `host replication ${replicator.username} samenet scram-sha-256`,
      ],
    },
  };
}
