/**
 * node plain-reads.ts: the floor under api-reads. The same rows by the same queries through a pool of the same size, as JSON over node:http:
 * no routes, no sign-in, no permissions, no schemas, no log. Prints its port.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createPool } from '#src/platform/server/db.ts';

const pool = createPool(process.env['DATABASE_URL'] ?? '', 12);

async function listClusters(): Promise<unknown> {
  const { rows: clusters } = await pool.query<{ id: string }>(
    `select id, name, scope, pg_version, phase, protection, recovery, slot, networks, deletion_protected, delete_after, created_at
       from fleet.cluster where phase <> 'deleted' order by name limit 51`,
  );
  const ids = clusters.map(({ id }) => id);
  const { rows: members } = await pool.query(
    `select m.id, m.cluster_id, m.name, m.kind, m.phase, m.has_etcd, m.host_id, h.name as host_name, h.connected, h.address,
            h.failure_domain, h.servers
       from fleet.member m join fleet.host h on h.id = m.host_id
      where m.cluster_id = any ($1) and m.phase <> 'gone' order by m.created_at, m.name`,
    [ids],
  );
  const { rows: operations } = await pool.query(
    `select distinct on (subject_id) id, subject_id from platform.operation
      where subject_id = any ($1) order by subject_id, created_at desc`,
    [ids],
  );
  return { clusters, members, operations };
}

async function listOperations(): Promise<unknown> {
  const { rows: operations } = await pool.query<{ id: string }>(
    `select id, kind, subject_id, state, step, reason, started_by, created_at, ended_at, deadline_at
       from platform.operation order by created_at desc, id desc limit 51`,
  );
  const { rows: steps } = await pool.query(
    `select operation_id, name, state, started_at, ended_at from platform.operation_step
      where operation_id = any ($1) order by operation_id, started_at`,
    [operations.map(({ id }) => id)],
  );
  return { operations, steps };
}

const server = createServer((request, response) => {
  void answer(request, response);
});

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const isClusters = request.url?.startsWith('/clusters') === true;
  const body = JSON.stringify(await (isClusters ? listClusters() : listOperations()));
  response.setHeader('content-type', 'application/json');
  response.setHeader('content-length', Buffer.byteLength(body));
  response.end(body);
}

server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${String((server.address() as AddressInfo).port)}\n`);
});
