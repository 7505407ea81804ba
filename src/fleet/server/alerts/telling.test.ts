import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { fleet } from '#src/fleet/server/room.ts';
import { readConfig } from '#src/platform/server/config.ts';
import { inTransaction, systemContext, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { createLog } from '#src/platform/server/log.ts';
import { testApi } from '#tests/support/api.ts';
import { database, testContext } from '#tests/support/context.ts';
import { someHost } from '#tests/support/hosts.ts';
import { getAlert, listAlerts } from './queries.ts';
import { raiseAlert, resolveAlerts } from './raise-alert.ts';
import { fingerprintOf } from './rules.ts';
import { tellAlerts } from './tell-alerts.job.ts';
import { tendAlerts } from './tend-alerts.job.ts';
import { whenOperationOverdue } from './when-operation-overdue.ts';
import { whenRequestFailed } from './when-request-failed.ts';

const { db } = database;
const log = createLog('test', 'silent');
const job = { db, log, config: readConfig({}) };
const api = testApi([fleet]);
let ctx: Context;
beforeEach(async () => {
  ctx = await testContext({ may: ['*'] });
});

const raise = (more: { host?: string; hostId?: string; rule?: string } = {}) =>
  inTransaction(systemContext(db, ctx.actor.orgId), (tx) =>
    raiseAlert(tx, {
      rule: more.rule ?? 'host-silent',
      severity: 'critical',
      labels: { host: more.host ?? 'db-1' },
      value: 0,
      source: 'engine',
      hostId: more.hostId ?? null,
    }),
  );
const end = (host = 'db-1') =>
  inTransaction(systemContext(db, ctx.actor.orgId), (tx) =>
    resolveAlerts(tx, { fingerprint: fingerprintOf('host-silent', { host }) }),
  );
async function tell(): Promise<string[]> {
  await tellAlerts.run(job, { orgId: ctx.actor.orgId } as never);
  const mails = await db
    .selectFrom('platform.mail')
    .select(['recipient', 'subject'])
    .where('org_id', '=', ctx.actor.orgId)
    .orderBy('created_at')
    .execute();
  return mails.map(({ recipient, subject }) => `${recipient.replace(/^.{36}/, 'owner')} ${subject}`);
}
const older = (id: string, minutes: number) =>
  sql`update fleet.alert set started_at = started_at - make_interval(mins => ${minutes}) where id = ${id}`.execute(
    db,
  );
const call = async (method: string, path: string, body?: unknown): Promise<Record<string, never>> => {
  const answer = await api.call(ctx, method, `/api/fleet/${path}`, body);
  expect(answer.ok, await answer.clone().text()).toBe(true);
  return answer.status === 204 ? {} : ((await answer.json()) as Record<string, never>);
};

test('one trouble is one alert, however often and from how many mouths it is said at once', async () => {
  const ids = await Promise.all(Array.from({ length: 20 }, () => raise()));
  expect(new Set(ids).size).toBe(1);
  expect((await getAlert(ctx, ids[0]!)).events.map(({ kind }) => kind)).toEqual(['fired']);
});

test('what flaps goes on as one alert; once its end was told the next is another', async () => {
  const first = await raise();
  await end();
  expect(await raise()).toBe(first);
  expect(await tell()).toHaveLength(1);
  await end();
  expect(await tell()).toHaveLength(2);
  expect(await raise()).not.toBe(first);
});

test('nobody is told of what begins and ends before anybody was told', async () => {
  await raise();
  await end();
  expect(await tell()).toEqual([]);
});

test('the way up: channel at once, whoever is on call after ten minutes, owners after thirty, until somebody acknowledges', async () => {
  const channel = await call('POST', 'alert-channels', {
    name: 'Team',
    kind: 'mail',
    recipients: ['team@example.com'],
  });
  const other = await testContext({ may: ['*'], orgId: ctx.actor.orgId });
  await sql`update identity.account set email = 'bo@example.com', name = 'Bo' where id = ${other.actor.id}`.execute(
    db,
  );
  const rota = await call('POST', 'on-call', {
    name: 'Databases',
    timeZone: 'Asia/Shanghai',
    handOver: '09:00',
    turnDays: 7,
    startsOn: '2026-01-05',
    accountIds: [other.actor.id],
  });
  const step = (afterMinutes: number, channelIds: string[], rotaIds: string[], owners = false) => ({
    afterMinutes,
    channelIds,
    rotaIds,
    owners,
  });
  await call('PATCH', 'on-call/policy', {
    steps: [step(0, [channel['id'] ?? ''], []), step(10, [], [rota['id'] ?? '']), step(30, [], [], true)],
  });
  const id = await raise();
  expect(await tell()).toEqual(['team@example.com [Critical] db-1 is silent']);
  await older(id, 11);
  expect((await tell()).slice(1)).toEqual(['bo@example.com [Critical] db-1 is silent']);
  expect(await tell()).toHaveLength(2);
  await call('POST', `alerts/${id}/acknowledge`);
  await older(id, 60);
  expect(await tell()).toHaveLength(2);
  await end();
  expect((await tell()).slice(2).toSorted()).toEqual([
    'bo@example.com [Over] db-1 is silent',
    'team@example.com [Over] db-1 is silent',
  ]);
  const unheard = await raise({ host: 'db-9' });
  await older(unheard, 31);
  expect((await tell()).slice(4).toSorted()).toEqual([
    'bo@example.com [Critical] db-9 is silent',
    'owner@example.com [Critical] db-9 is silent',
    'team@example.com [Critical] db-9 is silent',
  ]);
});

test('a silenced alert is seen and not told; told when the silence ends and it still stands', async () => {
  const hostId = await someHost(ctx, 'db-quiet');
  const silence = await call('POST', 'silences', { reason: 'New disks', hostId, minutes: 60 });
  const id = await raise({ host: 'db-quiet', hostId });
  await raise({ host: 'db-loud' });
  expect(await tell()).toEqual(['owner@example.com [Critical] db-loud is silent']);
  expect((await getAlert(ctx, id)).silencedBecause).toBe('New disks');
  await call('DELETE', `silences/${silence['id']}`);
  expect((await tell()).slice(1)).toEqual(['owner@example.com [Critical] db-quiet is silent']);
});

test('engine-silent: while the judge is dead nothing ends by itself, and that it is dead is an alert; once it lives it is quiet, and what it does not name ends', async () => {
  await someHost(ctx, 'db-blind');
  await sql`update fleet.host set created_at = now() - interval '1 hour'`.execute(db);
  await raise();
  await sql`update fleet.alert set last_seen_at = now() - interval '1 hour'`.execute(db);
  await sql`delete from fleet.alert_engine`.execute(db);
  await tendAlerts.run(job, {} as never);
  const rules = async () => (await listAlerts(ctx, { limit: 50 })).items.map(({ rule }) => rule).toSorted();
  expect(await rules()).toEqual(['engine-silent', 'host-silent']);
  await sql`insert into fleet.alert_engine default values`.execute(db);
  await tendAlerts.run(job, {} as never);
  expect(await rules()).toEqual([]);
});

test('operation-overdue: one past its deadline is an alert until it ends, and quiet then; a request that failed is one of the first organisation', async () => {
  const { id } = await db
    .insertInto('platform.operation')
    .values({
      org_id: ctx.actor.orgId,
      kind: 'fleet.build-cluster',
      step: 'install',
      deadline_at: new Date(0),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const fact = { id: 1, fact: 'platform.operation-overdue', subjectId: id, payload: {} };
  await whenOperationOverdue.run(db, fact, log);
  await whenOperationOverdue.run(db, fact, log);
  const open = async () => (await listAlerts(ctx, { limit: 50 })).items.map(({ rule }) => rule);
  expect(await open()).toEqual(['operation-overdue']);
  await sql`update platform.operation set state = 'succeeded', ended_at = now() where id = ${id}`.execute(db);
  await sql`insert into fleet.alert_engine default values on conflict do nothing`.execute(db);
  await tendAlerts.run(job, {} as never);
  expect(await open()).toEqual([]);

  await whenRequestFailed.run(
    db,
    {
      id: 2,
      fact: 'platform.request-failed',
      subjectId: null,
      payload: { method: 'GET', path: '/api/x/{id}' },
    },
    log,
  );
  const { rows } = await sql<{ name: string; first: boolean }>`select a.labels ->> 'path' as name,
    a.org_id = (select id from identity.organisation order by created_at, id limit 1) as first
    from fleet.alert a where rule = 'request-failed'`.execute(db);
  expect(rows).toEqual([{ name: '/api/x/{id}', first: true }]);
});

test('request-failed: an unforeseen error is stated once a minute for each kind of request; all is quiet about one that is refused', async () => {
  const broken = testApi([]);
  broken.app.get('/api/fleet/breaks/:id', () => {
    throw new Error('unforeseen');
  });
  broken.app.get('/api/fleet/refuses', () => {
    throw new AppError('not_found', { en: 'There is none.', 'zh-CN': '没有。' });
  });
  expect((await broken.call(null, 'GET', '/api/fleet/refuses')).status).toBe(404);
  for (const id of ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222']) {
    expect((await broken.call(null, 'GET', `/api/fleet/breaks/${id}`)).status).toBe(500);
  }
  await expect
    .poll(async () => {
      const { rows } =
        await sql`select payload from platform.event where fact = 'platform.request-failed'`.execute(db);
      return rows;
    })
    .toEqual([{ payload: { method: 'GET', path: '/api/fleet/breaks/{id}' } }]);
});

test('drill-failed, drill-old: a drill that found a bad backup is an alert until one passes, and quiet then; so is that none has passed for twice its interval', async () => {
  await sql`insert into fleet.alert_engine default values on conflict do nothing`.execute(db);
  const hostId = await someHost(ctx, 'db-drill');
  const { orgId } = ctx.actor;
  const { rows } = await sql<{ id: string }>`insert into fleet.cluster
    (org_id, name, scope, pg_version, phase, protection, recovery, slot, authority, secrets)
    values (${orgId}, 'drilled', 'drilled-1', 17, 'ready', 'async', 'normal', 0, '', '') returning id`.execute(
    db,
  );
  const cluster = rows[0]!.id;
  await sql`insert into fleet.drill_plan (cluster_id, org_id, interval_hours, next_at, created_at)
    values (${cluster}, ${orgId}, 24, now(), now() - interval '40 hours')`.execute(db);
  const open = async () => {
    await tendAlerts.run(job, {} as never);
    return (await listAlerts(ctx, { limit: 50 })).items.map(({ rule }) => rule).toSorted();
  };
  expect(await open()).toEqual([]);
  await sql`update fleet.drill_plan set created_at = now() - interval '50 hours'`.execute(db);
  expect(await open()).toEqual(['drill-old']);
  // A drill points to much that does not matter here.
  const drill = (state: string) =>
    db.transaction().execute(async (tx) => {
      await sql`set local session_replication_role = replica`.execute(tx);
      await sql`insert into fleet.drill (org_id, cluster_id, plan_id, planned, state, label, repository_id, needs_bytes,
        host_id, directory, port, started_by, ended_at) values (${orgId}, ${cluster}, gen_random_uuid(), true, ${state}, 'x',
        gen_random_uuid(), 1, ${hostId}, '/x', 1, 'Test', clock_timestamp())`.execute(tx);
    });
  await drill('backup-bad');
  // That none could be made says nothing about the backup.
  await drill('infrastructure-failed');
  expect(await open()).toEqual(['drill-failed', 'drill-old']);
  await drill('passed');
  expect(await open()).toEqual([]);
});
