import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { z } from 'zod';
import { findUser, lastWords, run } from '../programs.ts';
import { labelsFrom, labelsOf, type Sheet } from './sheet.ts';
import type { PsqlLine } from './psql-line.ts';

type Tls = { ca: string; cert?: string; key?: string };

/** A page of metrics of a program on this host; throws when it does not come in time. */
export async function fetchPage(where: {
  port: number;
  path: string;
  tls: Tls | undefined;
  seconds: number;
}): Promise<string> {
  const { port, path, tls, seconds } = where;
  return new Promise((resolve, reject) => {
    const asking = (tls === undefined ? httpRequest : httpsRequest)({
      host: '127.0.0.1',
      port,
      path,
      agent: false,
      signal: AbortSignal.timeout(seconds * 1000),
      // The certificate names the address other members use; that it is this cluster's own is what counts here.
      ...(tls === undefined ? {} : { ...tls, checkServerIdentity: () => undefined }),
    });
    asking.on('error', reject);
    asking.on('response', (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        body += chunk;
        if (body.length > 4 * 1024 * 1024) asking.destroy(new Error('the page is too long'));
      });
      response.on('error', reject);
      response.on('end', () =>
        response.statusCode === 200 ? resolve(body) : reject(new Error(`HTTP ${response.statusCode}`)),
      );
    });
    asking.end();
  });
}

/** What a page of metrics says under the names that are wanted; comments and timestamps are left out. */
export function linesOf(page: string, wanted: RegExp): string[] {
  return page.split('\n').flatMap((line) => {
    const [, figure, name] = /^(([a-zA-Z_:][\w:]*)(?:\{[^}]*\})? [^\s]+)/.exec(line) ?? [];
    return figure !== undefined && wanted.test(name!) ? [figure] : [];
  });
}

export const patroniNames = /^patroni_/;
export const etcdNames =
  /^etcd_(?:server_(?:has_leader|is_leader|leader_changes_seen_total|proposals_(?:pending|failed_total)|quota_backend_bytes)|mvcc_db_total_size_in(?:_use_in)?_bytes|disk_(?:wal_fsync|backend_commit)_duration_seconds_(?:sum|count|bucket)|network_peer_round_trip_time_seconds_(?:sum|count))$/;

/** The certificates of a member, as its programs read them. */
export async function readTls(directory: string): Promise<Tls> {
  const [ca, cert, key] = await Promise.all(
    ['ca.crt', 'server.crt', 'server.key'].map((name) => readFile(`${directory}/${name}`, 'utf8')),
  );
  return { ca: ca!, cert: cert!, key: key! };
}

/** When a certificate ends; nothing when there is none to read. */
export function certificateFigure(sheet: Sheet, certificate: string, pemOrPath: string): void {
  try {
    const pem = pemOrPath.startsWith('/') ? readFileSync(pemOrPath) : pemOrPath;
    const end = new X509Certificate(pem).validToDate.getTime() / 1000;
    sheet.add('elepherd_certificate_expiry_timestamp_seconds', end, labelsOf({ certificate }));
  } catch {
    // The host has no such certificate.
  }
}

const pools: Record<string, [name: string, factor: number]> = {
  cl_active: ['pgbouncer_pools_client_active_connections', 1],
  cl_waiting: ['pgbouncer_pools_client_waiting_connections', 1],
  sv_active: ['pgbouncer_pools_server_active_connections', 1],
  sv_idle: ['pgbouncer_pools_server_idle_connections', 1],
  sv_used: ['pgbouncer_pools_server_used_connections', 1],
  maxwait: ['pgbouncer_pools_client_maxwait_seconds', 1],
};
const stats: Record<string, [name: string, factor: number]> = {
  total_query_count: ['pgbouncer_stats_queries_pooled_total', 1],
  total_xact_count: ['pgbouncer_stats_sql_transactions_pooled_total', 1],
  total_query_time: ['pgbouncer_stats_queries_duration_seconds_total', 1e-6],
  total_wait_time: ['pgbouncer_stats_client_wait_seconds_total', 1e-6],
  total_received: ['pgbouncer_stats_received_bytes_total', 1],
  total_sent: ['pgbouncer_stats_sent_bytes_total', 1],
};

/** What PgBouncer's own console says. Its columns differ between releases, so they are found by their names. */
export async function askPooler(line: PsqlLine, sheet: Sheet, seconds: number): Promise<void> {
  for (const [command, labels, wanted] of [
    ['show pools', ['database', 'user'], pools],
    ['show stats', ['database'], stats],
  ] as const) {
    const [columns = [], ...rows] = await line.query(command, seconds);
    for (const row of rows) {
      const text = labelsFrom(
        labels,
        labels.map((label) => row[columns.indexOf(label)]),
      );
      for (const [column, [name, factor]] of Object.entries(wanted)) {
        const value = row[columns.indexOf(column)];
        if (value !== null && value !== undefined) sheet.add(name, Number(value) * factor, text);
      }
    }
  }
  sheet.add('pgbouncer_up', 1);
}

const Stanzas = z.array(
  z.object({
    name: z.string(),
    status: z.object({ code: z.number() }),
    repo: z.array(z.object({ key: z.number(), status: z.object({ code: z.number() }) })).default([]),
    backup: z
      .array(
        z.object({
          type: z.string(),
          error: z.boolean().nullish(),
          timestamp: z.object({ stop: z.number() }),
          info: z.object({ size: z.number() }),
        }),
      )
      .default([]),
  }),
);

/** What pgBackRest knows of a stanza, as JSON. It is asked by name: its repositories stand in its own section, and no other way leads there. */
export async function readBackups(stanza: string, timeoutSeconds: number): Promise<string> {
  const user = findUser('postgres');
  const result = await run(['pgbackrest', `--stanza=${stanza}`, '--output=json', 'info'], {
    timeoutSeconds,
    ...(user && process.getuid?.() === 0 ? { as: { uid: user.uid, gid: user.gid } } : {}),
  });
  if (result.code !== 0) throw new Error(lastWords(result, 1));
  return result.stdout;
}

/** Figures of `pgbackrest info`. */
export function backupFigures(json: string, nowSeconds: number): string[] {
  return Stanzas.parse(JSON.parse(json)).flatMap(({ name, status, repo, backup }) => {
    const lines = [
      `pgbackrest_stanza_status{${labelsOf({ stanza: name })}} ${status.code}`,
      ...repo.map(
        (one) =>
          `pgbackrest_repo_status{${labelsOf({ stanza: name, repo_key: String(one.key) })}} ${one.status.code}`,
      ),
    ];
    for (const type of ['full', 'diff', 'incr']) {
      // A full backup serves whoever wanted a smaller one.
      const serves = backup.filter((one) => type === 'incr' || one.type === 'full' || one.type === type);
      const last = serves.at(-1);
      if (!last) continue;
      const labels = labelsOf({ stanza: name, backup_type: type });
      lines.push(
        `pgbackrest_backup_since_last_completion_seconds{${labels}} ${Math.max(0, nowSeconds - last.timestamp.stop)}`,
        `pgbackrest_backup_last_size_bytes{${labels}} ${last.info.size}`,
        `pgbackrest_backup_last_error_status{${labels}} ${last.error ? 1 : 0}`,
      );
    }
    return lines;
  });
}
