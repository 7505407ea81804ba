import { mkdtemp } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { incidentText } from '#src/fleet/contract/incidents.text.ts';
import { Annotations, PanelData, TableUses } from '#src/fleet/contract/metrics-panels.ts';
import { noteHappenings } from '#src/fleet/server/incidents/note-happenings.ts';
import { fleet } from '#src/fleet/server/room.ts';
import { rebuildMember } from '#src/fleet/server/members/rebuild-member.operation.ts';
import { inTransaction } from '#src/platform/server/context.ts';
import { knowOperations } from '#src/platform/server/operations/queries.ts';
import { startOperation } from '#src/platform/server/operations/start-operation.ts';
import { setMetricsStore } from '#src/platform/server/metrics/metrics-store.ts';
import { createVault, setVault } from '#src/platform/server/secrets.ts';
import { testApi } from '#tests/support/api.ts';
import { database, testContext } from '#tests/support/context.ts';
import { readyCluster } from '#tests/support/fake-clusters.ts';
import { startVictoriaMetrics } from '#tests/support/victoria-metrics.ts';

const metrics = await startVictoriaMetrics();
const api = testApi([fleet]);
const hour = 3600;
const week = 7 * 86_400;
/** A moment on every grid of an hour. */
const now = Math.floor(Date.now() / 1000 / 60) * 60 - 60;

describe.skipIf(metrics === undefined)('figures', async () => {
  setVault(await createVault(await mkdtemp(join(tmpdir(), 'elepherd-figures-'))));
  const { ctx, subjectId, hostIds } = await readyCluster(2);
  const org = ctx.actor.orgId;
  const theirs = await testContext({ may: ['*'] });
  const address = (what: string, from: number, to: number, more = '') =>
    `/api/fleet/metrics/${what}?cluster=orders&from=${from}&to=${to}${more}`;

  const lines: string[] = [];
  const note = (name: string, labels: string, value: number, at: number, member = 'orders-1', owner = org) =>
    lines.push(
      `${name}{org="${owner}",cluster_id="${subjectId}",cluster="orders",member="${member}"${labels}} ${value} ${at * 1000}`,
    );

  beforeAll(async () => {
    setMetricsStore(metrics!.store);
    for (let at = 0; at <= 240; at++) {
      note('pg_locks_waiting', '', 100 + at, now - hour + at * 15);
      note('pg_locks_waiting', '', at, now - hour + at * 15 - week);
    }
    const table = (name: string, at: number, bytes: number, bloat: number, member?: string) => {
      const labels = `,datname="app",schemaname="public",relname="${name}"`;
      note('pg_table_size_bytes', labels, bytes, at, member);
      note('pg_table_bloat_bytes', labels, bloat, at, member);
    };
    for (let number = 1; number <= 25; number++) {
      table(`t${number}`, now - 300, number * 1000, 0);
      // A replica says the same of the same tables.
      table(`t${number}`, now - 200, number * 1000, 0, 'orders-2');
    }
    table('t25', now - 6 * hour - 60, 4000, 0);
    table('shrunk \\"one\\"', now - 300, 500, 400);
    table('shrunk \\"one\\"', now - 6 * hour - 60, 900, 100);
    table('airy', now - 300, 90, 30);
    table('dropped', now - 2 * hour, 9e9, 8e9);
    const shrunk = ',datname="app",schemaname="public",relname="shrunk \\"one\\""';
    note('pg_stat_user_tables_n_live_tup', shrunk, 70, now - 60);
    note('pg_stat_user_tables_n_dead_tup', shrunk, 30, now - 60);
    note('pg_stat_user_tables_n_dead_tup', shrunk, 0, now - 60, 'orders-2');
    note('pg_stat_user_tables_last_vacuum', shrunk, now - 9000, now - 60);
    note('pg_stat_user_tables_last_autovacuum', shrunk, now - 5000, now - 60);
    // Somebody who writes the same id gets nothing in.
    note(
      'pg_table_size_bytes',
      ',datname="x",schemaname="x",relname="x"',
      1e12,
      now - 60,
      'x',
      theirs.actor.orgId,
    );
    await metrics!.store.write(`${lines.join('\n')}\n`);
    await metrics!.flush();
  });
  afterAll(async () => {
    setMetricsStore(undefined);
    await metrics!.stop();
  });

  test('beside each figure stands the one of the same moment a week earlier', async () => {
    const read = async (more: string) => {
      const answer = await api.call(ctx, 'GET', address('panels/lock-waits', now - hour, now, more));
      return PanelData.parse(await answer.json());
    };
    const { series, earlier, from, step, points } = await read('&compare=week');
    expect({ from, step, points }).toEqual({ from: now - hour, step: 15, points: 241 });
    const waiting = (list: typeof series | null) => list?.find(({ kind }) => kind === 'waiting');
    expect(waiting(series)?.values).toEqual(Array.from({ length: 241 }, (_, at) => 100 + at));
    expect(waiting(earlier)?.values).toEqual(Array.from({ length: 241 }, (_, at) => at));
    expect(waiting(earlier)?.name).toBe(waiting(series)?.name);
    expect((await read('')).earlier).toBeNull();
    // Where nothing was measured a week earlier there is nothing, not today's figures.
    const before = await api.call(
      ctx,
      'GET',
      address('panels/lock-waits', now - week - hour, now - week, '&compare=week'),
    );
    const old = PanelData.parse(await before.json());
    expect(waiting(old.series)?.values[240]).toBe(240);
    expect(old.earlier).toEqual([]);
  });

  test('the largest tables come first, with how they grew; what was dropped is gone', async () => {
    const read = async (by: string) => {
      const answer = await api.call(ctx, 'GET', address('tables', now - 6 * hour, now, `&by=${by}`));
      return TableUses.parse(await answer.json()).items;
    };
    const largest = await read('size');
    expect(largest.map(({ table, bytes }) => [table, bytes])).toEqual(
      Array.from({ length: 20 }, (_, at) => [`t${25 - at}`, (25 - at) * 1000]),
    );
    expect(largest[0]).toEqual({
      database: 'app',
      schema: 'public',
      table: 't25',
      bytes: 25_000,
      grownBytes: 21_000,
      bloatBytes: 0,
      liveRows: null,
      deadRows: null,
      vacuumedAt: null,
    });
    expect(largest[1]!.grownBytes).toBeNull();
    expect(await read('bloat')).toEqual([
      {
        database: 'app',
        schema: 'public',
        table: 'shrunk "one"',
        bytes: 500,
        grownBytes: -400,
        bloatBytes: 400,
        liveRows: 70,
        deadRows: 30,
        vacuumedAt: now - 5000,
      },
      expect.objectContaining({ table: 'airy', bloatBytes: 30 }),
    ]);
    expect((await api.call(theirs, 'GET', address('tables', now - hour, now))).status).toBe(404);
    const reader = await testContext({ may: ['fleet.cluster.read'] });
    expect((await api.call(reader, 'GET', address('tables', now - hour, now))).status).toBe(403);
  });

  test('operations and failovers of a cluster are told in the order of time, of others nothing', async () => {
    knowOperations([rebuildMember]);
    const [begun, over] = [now - 700, now - 400];
    const rebuilt = await inTransaction(ctx, (tx) => startOperation(tx, rebuildMember, subjectId));
    const change = (values: { state: 'succeeded' | 'failed' }) =>
      database.db
        .updateTable('platform.operation')
        .set({ ...values, created_at: new Date(begun * 1000), ended_at: new Date(over * 1000) })
        .where('id', '=', rebuilt)
        .execute();
    await change({ state: 'succeeded' });
    const { scope } = await database.db
      .selectFrom('fleet.cluster')
      .select('scope')
      .where('id', '=', subjectId)
      .executeTakeFirstOrThrow();
    const tell = (kind: 'promotion' | 'kernel', at: number, server: string | null) => ({
      id: randomUUID(),
      at: new Date(at * 1000).toISOString(),
      kind,
      severity: 'warning' as const,
      server,
      key: null,
      text: kind === 'promotion' ? incidentText.promoted('orders-2', 2) : incidentText.kernelOom('x'),
      detail: {},
    });
    const [host] = hostIds;
    await noteHappenings(database.db, host!, [
      tell('promotion', begun - 1800, `patroni-${scope}`),
      tell('promotion', begun - 9000, `patroni-${scope}`),
      tell('kernel', begun - 1200, null),
    ]);
    const read = async (who: typeof ctx, about: string) => {
      const answer = await api.call(
        who,
        'GET',
        `/api/fleet/metrics/annotations?${about}from=${begun - hour}&to=${over + 60}`,
      );
      return Annotations.parse(await answer.json()).items;
    };
    const promotion = {
      at: begun - 1800,
      until: null,
      kind: 'failover',
      severity: 'warning',
      title: incidentText.promoted('orders-2', 2),
      operationId: null,
    };
    expect(await read(ctx, 'cluster=orders&')).toEqual([
      promotion,
      {
        at: begun,
        until: over,
        kind: 'operation',
        severity: 'info',
        title: rebuildMember.title,
        operationId: rebuilt,
      },
    ]);
    // The host's own page tells what was seen on it, the fleet's everything.
    const onHost = await read(ctx, `host=${host}&`);
    expect(onHost.map(({ kind, at }) => [kind, at])).toEqual([
      ['failover', begun - 1800],
      ['incident', begun - 1200],
    ]);
    expect((await read(ctx, '')).map(({ kind }) => kind)).toEqual(['failover', 'incident', 'operation']);
    // An operation that failed is a warning.
    await change({ state: 'failed' });
    expect((await read(ctx, 'cluster=orders&')).at(-1)).toMatchObject({ severity: 'warning' });
    expect(await read(theirs, '')).toEqual([]);
    expect((await api.call(theirs, 'GET', '/api/fleet/metrics/annotations?cluster=orders')).status).toBe(404);
  });
});
