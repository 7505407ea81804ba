import { stringify } from 'yaml';
import { recoveryTimes, type Protection, type Recovery } from '#src/fleet/contract/clusters.ts';
import type { PlacedFile, Service } from '#src/fleet/contract/tasks.ts';
import type { KeyPair } from '#src/platform/server/x509.ts';
import type { Ports } from './plan.rules.ts';

/** What the files of a cluster are written from. */
export type ClusterSpec = {
  name: string;
  scope: string;
  pgVersion: number;
  protection: Protection;
  recovery: Recovery;
  networks: readonly string[];
  ports: Ports;
  settings: Readonly<Record<string, string>>;
  authority: string;
  passwords: { replication: string; rewind: string; patroni: string; pooler: string };
  members: readonly MemberSpec[];
  /** Where WAL goes; absent as long as no backups are wished. */
  archive?: { stanza: string; timeoutSeconds: number };
};
export type MemberSpec = { name: string; address: string; kind: 'server' | 'witness'; hasEtcd: boolean };

/** While a cluster is being built Patroni looks every two seconds, so that replicas join at once; the profile is set at the end. */
export const buildLoopWait = 2;

/** Patroni reads YAML 1.1, where `on`, `12:30` and `<<` are no texts: every text is quoted, so that no value becomes something else. */
const yaml = (value: unknown) =>
  stringify(value, { lineWidth: 0, defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN' });
export const madeBy = '# Written by Elepherd; it writes it again when the cluster changes.\n';

export const serviceName = {
  etcd: (scope: string) => `etcd-${scope}`,
  patroni: (scope: string) => `patroni-${scope}`,
  pooler: (scope: string) => `pgbouncer-${scope}`,
  router: (scope: string) => `haproxy-${scope}`,
};

/** Where the data of a cluster's servers lies, as Debian lays it out. */
export const dataDirectory = (spec: Pick<ClusterSpec, 'pgVersion' | 'scope'>) =>
  `/var/lib/postgresql/${spec.pgVersion}/${spec.scope}`;
/** Where Patroni leaves the password for replication; it writes it itself. */
export const pgpassFile = (scope: string) => `/var/lib/postgresql/.pgpass-${scope}`;
export const etcdDirectory = (spec: Pick<ClusterSpec, 'scope'>) => `/var/lib/etcd/${spec.scope}`;

/** Packages a member needs, under their Debian names. */
export function packagesOf(kind: MemberSpec['kind'], hasEtcd: boolean, pgVersion: number): string[] {
  const etcd = hasEtcd ? ['etcd-server', 'etcd-client'] : [];
  if (kind === 'witness') return etcd;
  // python3-etcd by name, or apt may take another store's client and Patroni finds no store at all.
  // python3-idna because Debian 12's TLS for Python needs it without saying so.
  return [
    `postgresql-${pgVersion}`,
    `postgresql-client-${pgVersion}`,
    'patroni',
    'python3-etcd',
    'python3-idna',
    ...etcd,
    'pgbouncer',
    'haproxy',
    'pgbackrest',
  ];
}

/** An address as it stands in a URL. */
export const urlHost = (address: string) => (address.includes(':') ? `[${address}]` : address);

function certificateFiles(
  directory: string,
  owner: PlacedFile['owner'],
  spec: ClusterSpec,
  pair: KeyPair,
): PlacedFile[] {
  return [
    { path: `${directory}/ca.crt`, content: spec.authority, mode: '0644', owner },
    { path: `${directory}/server.crt`, content: pair.certificate, mode: '0644', owner },
    { path: `${directory}/server.key`, content: pair.key, mode: '0600', owner },
  ];
}

/** The etcd of one member. `state` is new for the first members and existing for one that joins later. */
export function etcdService(
  spec: ClusterSpec,
  member: MemberSpec,
  pair: KeyPair,
  state: 'new' | 'existing',
): Service {
  const directory = `/etc/etcd/${spec.scope}`;
  const peer = (m: MemberSpec) => `https://${urlHost(m.address)}:${spec.ports.etcdPeer}`;
  const transport = {
    'cert-file': `${directory}/server.crt`,
    'key-file': `${directory}/server.key`,
    'trusted-ca-file': `${directory}/ca.crt`,
    'client-cert-auth': true,
  };
  const config = {
    name: member.name,
    'data-dir': etcdDirectory(spec),
    'listen-client-urls': `https://0.0.0.0:${spec.ports.etcdClient}`,
    'advertise-client-urls': `https://${urlHost(member.address)}:${spec.ports.etcdClient}`,
    'listen-peer-urls': `https://0.0.0.0:${spec.ports.etcdPeer}`,
    'initial-advertise-peer-urls': peer(member),
    'initial-cluster': spec.members
      .filter((m) => m.hasEtcd)
      .map((m) => `${m.name}=${peer(m)}`)
      .join(','),
    'initial-cluster-state': state,
    'initial-cluster-token': spec.scope,
    'client-transport-security': transport,
    'peer-transport-security': transport,
    // Read from a file, etcd 3.4 leaves this off, and Patroni then finds no API at all.
    'enable-grpc-gateway': true,
    // Without compaction etcd grows to its quota and then refuses every write.
    'auto-compaction-mode': 'periodic',
    'auto-compaction-retention': '1h',
    'log-level': 'warn',
    logger: 'zap',
  };
  return {
    name: serviceName.etcd(spec.scope),
    title: `etcd of cluster ${spec.name}`,
    program: 'etcd',
    args: ['--config-file', `${directory}/etcd.yml`],
    user: 'etcd',
    killMode: 'mixed',
    files: [
      ...certificateFiles(directory, 'etcd', spec, pair),
      { path: `${directory}/etcd.yml`, content: madeBy + yaml(config), mode: '0644', owner: 'etcd' },
    ],
    directories: [{ path: etcdDirectory(spec), mode: '0700', owner: 'etcd' }],
  };
}

/** The network of one address; a name stays a name. */
export const hostNetwork = (address: string) =>
  /^[0-9.]+$/.test(address) ? `${address}/32` : address.includes(':') ? `${address}/128` : address;

/** Who may connect: members replicate, applications come over TLS from the given networks, everybody else is refused. */
export function hbaLines(spec: ClusterSpec): string[] {
  const servers = spec.members.filter((m) => m.kind === 'server').map((m) => hostNetwork(m.address));
  return [
    'local all postgres peer',
    'local replication postgres peer',
    'local all all scram-sha-256',
    // Patroni's own replication connection, by which a replica tells its timeline: without it, on the address that `localhost`
    // is there, a replica joins ten seconds later, and none may take over any more once the timeline has changed.
    'host replication replicator 127.0.0.1/32 scram-sha-256',
    'host replication replicator ::1/128 scram-sha-256',
    ...servers.flatMap((s) => [
      `hostssl replication replicator ${s} scram-sha-256`,
      `hostssl all rewinder ${s} scram-sha-256`,
    ]),
    'host all postgres all reject',
    'host replication all all reject',
    'hostssl all all 127.0.0.1/32 scram-sha-256',
    'hostssl all all ::1/128 scram-sha-256',
    ...servers.map((s) => `hostssl all all ${s} scram-sha-256`),
    ...spec.networks.map((n) => `hostssl all all ${n} scram-sha-256`),
    'host all all all reject',
  ];
}

/**
 * How WAL is archived. Archiving itself is always on, because only a restart switches it: without backups every file counts as
 * archived at once.
 */
const archiveSettings = ({ archive }: Pick<ClusterSpec, 'archive'>) => ({
  archive_mode: 'on',
  // A stop of PostgreSQL waits for three tries of this: a repository that is gone must not hold a switchover up.
  archive_command: archive
    ? `pgbackrest --stanza=${archive.stanza} --archive-timeout=10 archive-push "%p"`
    : '/bin/true',
  archive_timeout: archive ? `${archive.timeoutSeconds}s` : '0',
});

/** Patroni's dynamic configuration: what all members share and keep in etcd. */
export function dynamicConfig(spec: ClusterSpec, loopWait: number = recoveryTimes[spec.recovery].loopWait) {
  const times = recoveryTimes[spec.recovery];
  return {
    ttl: times.ttl,
    loop_wait: loopWait,
    retry_timeout: times.retryTimeout,
    maximum_lag_on_failover: 1024 * 1024,
    failsafe_mode: true,
    check_timeline: true,
    synchronous_mode: spec.protection !== 'async',
    synchronous_mode_strict: spec.protection === 'strict',
    postgresql: {
      use_pg_rewind: true,
      use_slots: true,
      parameters: { ...spec.settings, ...archiveSettings(spec) },
      // A replica that fell behind what its primary still has takes the rest from the archive.
      ...(spec.archive
        ? {
            recovery_conf: {
              restore_command: `pgbackrest --stanza=${spec.archive.stanza} --io-timeout=5 --archive-timeout=10 archive-get %f "%p"`,
            },
          }
        : {}),
      pg_hba: hbaLines(spec),
    },
  };
}

/** Patroni, and through it PostgreSQL, on one member. Only Patroni starts PostgreSQL. */
export function patroniService(spec: ClusterSpec, member: MemberSpec, pair: KeyPair): Service {
  const directory = `/etc/patroni/${spec.scope}`;
  const tls = { sslmode: 'verify-ca', sslrootcert: `${directory}/ca.crt` };
  const config = {
    scope: spec.scope,
    namespace: '/elepherd/',
    name: member.name,
    restapi: {
      listen: `0.0.0.0:${spec.ports.patroni}`,
      connect_address: `${urlHost(member.address)}:${spec.ports.patroni}`,
      certfile: `${directory}/server.crt`,
      keyfile: `${directory}/server.key`,
      cafile: `${directory}/ca.crt`,
      authentication: { username: 'elepherd', password: spec.passwords.patroni },
    },
    ctl: {
      cacert: `${directory}/ca.crt`,
      certfile: `${directory}/server.crt`,
      keyfile: `${directory}/server.key`,
    },
    etcd3: {
      hosts: spec.members
        .filter((m) => m.hasEtcd)
        .map((m) => `${urlHost(m.address)}:${spec.ports.etcdClient}`),
      protocol: 'https',
      cacert: `${directory}/ca.crt`,
      cert: `${directory}/server.crt`,
      key: `${directory}/server.key`,
    },
    bootstrap: {
      // Applied once, when the first member makes the database; later changes go through Patroni's own interface.
      dcs: dynamicConfig(spec, buildLoopWait),
      initdb: [{ encoding: 'UTF8' }, { locale: 'C.UTF-8' }, 'data-checksums'],
    },
    postgresql: {
      listen: `*:${spec.ports.postgres}`,
      connect_address: `${urlHost(member.address)}:${spec.ports.postgres}`,
      data_dir: dataDirectory(spec),
      bin_dir: `/usr/lib/postgresql/${spec.pgVersion}/bin`,
      pgpass: pgpassFile(spec.scope),
      use_unix_socket: true,
      authentication: {
        superuser: { username: 'postgres' },
        replication: { username: 'replicator', password: spec.passwords.replication, ...tls },
        rewind: { username: 'rewinder', password: spec.passwords.rewind, ...tls },
      },
      parameters: {
        unix_socket_directories: '/var/run/postgresql',
        cluster_name: spec.scope,
        ssl: 'on',
        ssl_cert_file: `${directory}/server.crt`,
        ssl_key_file: `${directory}/server.key`,
        ssl_ca_file: `${directory}/ca.crt`,
      },
      basebackup: [{ checkpoint: 'fast' }],
    },
    tags: {},
  };
  return {
    name: serviceName.patroni(spec.scope),
    title: `PostgreSQL ${spec.pgVersion} of cluster ${spec.name} under Patroni`,
    program: 'patroni',
    args: [`/etc/patroni/${spec.scope}.yml`],
    user: 'postgres',
    killMode: 'process',
    reloadSignal: 'SIGHUP',
    files: [
      ...certificateFiles(directory, 'postgres', spec, pair),
      {
        path: `/etc/patroni/${spec.scope}.yml`,
        content: madeBy + yaml(config),
        mode: '0600',
        owner: 'postgres',
      },
    ],
    directories: [{ path: dataDirectory(spec), mode: '0700', owner: 'postgres' }],
  };
}
