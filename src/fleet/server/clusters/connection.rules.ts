import type { Connection, ConnectionWay } from '#src/fleet/contract/clusters.ts';
import { connectionText } from '#src/fleet/contract/connection.text.ts';
import { urlHost } from './files.rules.ts';
import type { Ports } from './plan.rules.ts';

/** What connection strings are written from. */
export type Door = {
  scope: string;
  addresses: readonly string[];
  ports: Ports;
  database: string;
  username: string;
  authority: string;
};

export type WayKind = ConnectionWay['kind'];

function portOf(ports: Ports, kind: WayKind): number {
  return {
    direct: ports.postgres,
    routed: ports.readWrite,
    pooled: ports.pooler,
    'read-only': ports.readOnly,
  }[kind];
}

/** libpq's parameters: two seconds for each server, so that a dead one does not hold the client up; keepalives that notice a cut within half a minute. */
function parameters(kind: WayKind, several: boolean): [string, string][] {
  const target: [string, string][] =
    kind === 'direct' && several ? [['target_session_attrs', 'read-write']] : [];
  return [
    ['sslmode', 'require'],
    ...target,
    ['connect_timeout', '2'],
    ['keepalives_idle', '10'],
    ['keepalives_interval', '5'],
    ['keepalives_count', '3'],
  ];
}

/** A libpq URL of one way in; with the password only when it is given. */
export function connectionUrl(door: Door, kind: WayKind, password?: string): string {
  const port = portOf(door.ports, kind);
  const hosts = door.addresses.map((a) => `${urlHost(a)}:${port}`).join(',');
  const user =
    encodeURIComponent(door.username) + (password === undefined ? '' : `:${encodeURIComponent(password)}`);
  const query = parameters(kind, door.addresses.length > 1)
    .map(([k, v]) => `${k}=${v}`)
    .join('&');
  return `postgresql://${user}@${hosts}/${encodeURIComponent(door.database)}?${query}`;
}

function samples(door: Door, kind: WayKind): ConnectionWay['samples'] {
  const port = portOf(door.ports, kind);
  const several = door.addresses.length > 1;
  const hosts = door.addresses.map((a) => `${urlHost(a)}:${port}`).join(',');
  const url = connectionUrl(door, kind);
  const jdbcTarget = kind === 'direct' && several ? '&targetServerType=primary' : '';
  return [
    { language: 'psql', code: `psql "${url}"` },
    {
      language: 'jdbc',
      code: `jdbc:postgresql://${hosts}/${door.database}?user=${door.username}&sslmode=require${jdbcTarget}&connectTimeout=2&loginTimeout=6&socketTimeout=60&tcpKeepAlive=true`,
    },
    { language: 'node', code: nodeSample(door, kind) },
    { language: 'python', code: `import psycopg\nconnection = psycopg.connect(\n    "${url}"\n)` },
    { language: 'go', code: `pool, err := pgxpool.New(ctx, "${url.replace(/&keepalives\w*=\d+/g, '')}")` },
  ];
}

/**
 * Node's driver takes one address and does not look for the primary. So it goes through the routers, which are on every host, and
 * each new connection through the next one: a host that is lost costs a try. A router leads to any member, so what is checked
 * is that the cluster's own authority signed the certificate, not whose it is.
 */
function nodeSample(door: Door, kind: WayKind): string {
  const port = kind === 'direct' ? door.ports.readWrite : portOf(door.ports, kind);
  const several = door.addresses.length > 1;
  const hosts = door.addresses.map((address) => `'${address}'`).join(', ');
  const lines = [
    `import fs from 'node:fs';`,
    `import pg from 'pg';`,
    ...(several
      ? [
          ``,
          `const hosts = [${hosts}];`,
          `class Client extends pg.Client {`,
          `  constructor(options) {`,
          `    super({ ...options, host: hosts[0] });`,
          `    hosts.push(hosts.shift()); // the next connection tries the next host`,
          `  }`,
          `}`,
          ``,
        ]
      : []),
    `const pool = new pg.Pool({`,
    `  ${several ? 'Client' : `host: ${hosts}`}, port: ${port}, database: '${door.database}', user: '${door.username}',`,
    `  password: process.env.PGPASSWORD,`,
    `  ssl: { ca: fs.readFileSync('${door.scope}-ca.crt'), checkServerIdentity: () => undefined },`,
    `  connectionTimeoutMillis: 4000, keepAlive: true,`,
    `});`,
    `pool.on('error', () => {}); // a broken idle connection is replaced`,
  ];
  return lines.join('\n');
}

/** Every way in, each with what survives a failover. */
export function connectionOf(door: Door): Connection {
  const way = (
    kind: WayKind,
    title: ConnectionWay['title'],
    advice: ConnectionWay['advice'],
  ): ConnectionWay => ({
    kind,
    title,
    advice,
    url: connectionUrl(door, kind),
    samples: samples(door, kind),
  });
  return {
    database: door.database,
    username: door.username,
    ways: [
      way('direct', connectionText.direct, connectionText.directAdvice),
      way('routed', connectionText.routed, connectionText.routedAdvice),
      way('pooled', connectionText.pooled, connectionText.pooledAdvice),
      way('read-only', connectionText.readOnly, connectionText.readOnlyAdvice),
    ],
    authority: door.authority,
  };
}
