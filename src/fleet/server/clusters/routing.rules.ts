import type { Service } from '#src/fleet/contract/tasks.ts';
import { hostNetwork, madeBy, serviceName, type ClusterSpec } from './files.rules.ts';

/**
 * Networks whose clients may use HAProxy and PgBouncer. PostgreSQL sees these as members of the cluster, whom it trusts to knock:
 * so each of them turns strangers away itself.
 */
function networksLetIn(spec: ClusterSpec): string[] {
  const servers = spec.members.filter((m) => m.kind === 'server').map((m) => hostNetwork(m.address));
  return ['127.0.0.1/32', '::1/128', ...servers, ...spec.networks];
}

/** HAProxy reads 64 words a line at most. */
const networksALine = 20;

/** HAProxy on one member: a port that always leads to the primary, and one that leads to replicas. */
export function routerService(spec: ClusterSpec): Service {
  const servers = spec.members.filter((m) => m.kind === 'server');
  const ca = `/etc/haproxy/${spec.scope}-ca.crt`;
  const networks = networksLetIn(spec);
  const lines = Math.ceil(networks.length / networksALine);
  const known = Array.from({ length: lines }, (_, at) =>
    ['    acl known src', ...networks.slice(at * networksALine, (at + 1) * networksALine)].join(' '),
  );
  const listen = (name: string, port: number, path: string) => [
    `listen ${name}`,
    `    bind *:${port}`,
    ...known,
    '    tcp-request connection reject unless known',
    // Asked by OPTIONS, Patroni answers with the status alone: HAProxy hangs up once it has that, and each body it does not wait
    // for would be a page of errors in Patroni's log.
    `    option httpchk OPTIONS ${path}`,
    '    http-check expect status 200',
    '    default-server inter 1s fall 2 rise 1 on-marked-down shutdown-sessions',
    ...servers.map(
      (m) =>
        `    server ${m.name} ${m.address}:${spec.ports.postgres} maxconn 1000 check port ${spec.ports.patroni} check-ssl ca-file ${ca} verify required`,
    ),
    '',
  ];
  const config = [
    madeBy.trimEnd(),
    'global',
    '    maxconn 4000',
    '',
    'defaults',
    '    mode tcp',
    '    retries 3',
    // Without it a connection that met the old primary while it stepped down waits for ever, although another has taken over.
    '    option redispatch 1',
    '    timeout connect 4s',
    '    timeout client 24h',
    '    timeout server 24h',
    '    timeout check 3s',
    '',
    ...listen('read-write', spec.ports.readWrite, '/primary'),
    ...listen('read-only', spec.ports.readOnly, servers.length > 1 ? '/replica' : '/read-only'),
  ].join('\n');
  return {
    name: serviceName.router(spec.scope),
    title: `HAProxy of cluster ${spec.name}`,
    program: 'haproxy',
    args: ['-W', '-db', '-f', `/etc/haproxy/${spec.scope}.cfg`],
    user: 'haproxy',
    killMode: 'mixed',
    reloadSignal: 'SIGUSR2',
    files: [
      { path: ca, content: spec.authority, mode: '0644', owner: 'root' },
      { path: `/etc/haproxy/${spec.scope}.cfg`, content: config, mode: '0644', owner: 'root' },
    ],
    directories: [],
  };
}

/** PgBouncer on one member; it asks the primary, through the router, for who may sign in. */
export function poolerService(spec: ClusterSpec): Service {
  const directory = `/etc/patroni/${spec.scope}`;
  const users = `/etc/pgbouncer/${spec.scope}.users`;
  const hba = `/etc/pgbouncer/${spec.scope}.hba`;
  const config = [
    madeBy.trimEnd().replace('#', ';'),
    '[databases]',
    `* = host=127.0.0.1 port=${spec.ports.readWrite} auth_user=pgbouncer`,
    '',
    '[pgbouncer]',
    'listen_addr = *',
    `listen_port = ${spec.ports.pooler}`,
    // For its own user alone, whom PgBouncer lets into its console: so that its figures can be read without a password.
    'unix_socket_dir = /var/run/postgresql',
    'unix_socket_mode = 0700',
    'auth_type = hba',
    `auth_hba_file = ${hba}`,
    `auth_file = ${users}`,
    'auth_user = pgbouncer',
    'auth_query = select username, verifier from pgbouncer.find_user($1)',
    'client_tls_sslmode = require',
    `client_tls_cert_file = ${directory}/server.crt`,
    `client_tls_key_file = ${directory}/server.key`,
    'server_tls_sslmode = require',
    'pool_mode = transaction',
    'max_client_conn = 2000',
    'default_pool_size = 20',
    'reserve_pool_size = 5',
    'max_prepared_statements = 200',
    'ignore_startup_parameters = extra_float_digits,options',
    'server_login_retry = 1',
    'query_wait_timeout = 60',
    'log_connections = 0',
    'log_disconnections = 0',
    '',
  ].filter((line) => !line.startsWith('max_prepared_statements') || spec.pgVersion >= 17);
  return {
    name: serviceName.pooler(spec.scope),
    title: `PgBouncer of cluster ${spec.name}`,
    program: 'pgbouncer',
    args: [`/etc/pgbouncer/${spec.scope}.ini`],
    user: 'postgres',
    killMode: 'mixed',
    reloadSignal: 'SIGHUP',
    files: [
      { path: users, content: `"pgbouncer" "${spec.passwords.pooler}"\n`, mode: '0600', owner: 'postgres' },
      {
        path: hba,
        content: [
          ...networksLetIn(spec).map((network) => `hostssl all all ${network} scram-sha-256`),
          'host all all 0.0.0.0/0 reject',
          'host all all ::/0 reject',
          '',
        ].join('\n'),
        mode: '0640',
        owner: 'postgres',
      },
      {
        path: `/etc/pgbouncer/${spec.scope}.ini`,
        content: config.join('\n'),
        mode: '0640',
        owner: 'postgres',
      },
    ],
    directories: [],
  };
}
