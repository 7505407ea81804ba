import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ChannelKind, NewAlertChannel } from '#src/fleet/contract/alerts.ts';
import { fleet } from '#src/fleet/server/room.ts';
import { readConfig } from '#src/platform/server/config.ts';
import type { Context } from '#src/platform/server/context.ts';
import { createLog } from '#src/platform/server/log.ts';
import { setOutgoingNetworks } from '#src/platform/server/outgoing.ts';
import { createVault, setVault } from '#src/platform/server/secrets.ts';
import { testApi } from '#tests/support/api.ts';
import { database, testContext } from '#tests/support/context.ts';
import { type Robots, startRobots } from '#tests/support/robots.ts';
import { listAlerts } from '../alerts/queries.ts';
import { raiseAlert, resolveAlerts } from '../alerts/raise-alert.ts';
import { fingerprintOf } from '../alerts/rules.ts';
import { tellAlerts } from '../alerts/tell-alerts.job.ts';
import { inTransaction, systemContext } from '#src/platform/server/context.ts';
import { deliverMessage } from './deliver-message.job.ts';

const { db } = database;
const api = testApi([fleet]);
const job = {
  db,
  log: createLog('test', 'silent'),
  config: readConfig({ PUBLIC_URL: 'https://pg.example.com' }),
};
let robots: Robots;
let ctx: Context;

beforeAll(async () => {
  const home = await mkdtemp(join(tmpdir(), 'elepherd-channels-'));
  setVault(await createVault(home));
  robots = await startRobots();
  return () => rm(home, { recursive: true, force: true });
});
afterAll(async () => {
  setOutgoingNetworks('');
  await robots.stop();
});
beforeEach(async () => {
  setOutgoingNetworks('127.0.0.0/8');
  robots.taken.length = 0;
  robots.disturb.length = 0;
  ctx = await testContext({ may: ['*'] });
});

async function addChannel(kind: Exclude<ChannelKind, 'mail'>, language = 'en'): Promise<NewAlertChannel> {
  const key = kind === 'wecom' ? undefined : robots.keys[kind];
  const url = robots.addresses[kind];
  const answer = await api.call(ctx, 'POST', '/api/fleet/alert-channels', {
    name: `${kind} ${language}`,
    kind,
    url,
    key,
    language,
  });
  expect(answer.status, await answer.clone().text()).toBe(201);
  return (await answer.json()) as NewAlertChannel;
}

const labelsOf = (index: number) => ({ host: `db-${index}`, mountpoint: '/data' });
async function raise(count: number, org = ctx): Promise<void> {
  await inTransaction(systemContext(db, org.actor.orgId), async (tx) => {
    for (let i = 0; i < count; i++) {
      await raiseAlert(tx, {
        rule: 'disk-nearly-full',
        severity: 'critical',
        labels: labelsOf(i),
        value: 3.4,
        source: 'engine',
      });
    }
  });
}

/** Tells, and hands over whatever waits, once. */
async function tell(): Promise<void> {
  await tellAlerts.run(job, { orgId: ctx.actor.orgId } as never);
  const waiting = await db
    .selectFrom('fleet.alert_delivery')
    .select('id')
    .where('org_id', '=', ctx.actor.orgId)
    .where('state', '=', 'queued')
    .execute();
  for (const { id } of waiting) await deliverMessage.run(job, { id } as never);
}

const deliveries = () =>
  db
    .selectFrom('fleet.alert_delivery')
    .select(['state', 'attempts', 'last_error'])
    .where('org_id', '=', ctx.actor.orgId)
    .orderBy('created_at')
    .execute();

test.each(['webhook', 'dingtalk', 'wecom', 'feishu'] as const)(
  '%s takes a test and one message for two hundred alerts, in its own form, signed, within its size',
  async (kind) => {
    const channel = await addChannel(kind, 'zh-CN');
    const answer = await api.call(ctx, 'POST', `/api/fleet/alert-channels/${channel.id}/test`);
    expect(await answer.json()).toEqual({ sent: true, error: null });
    await raise(200);
    await tell();
    expect(robots.taken.map((one) => one.kind)).toEqual([kind, kind]);
    const news = robots.taken[1]!;
    if (kind === 'webhook') {
      expect(news.body).toMatchObject({ type: 'alert.news', data: { firing: 200, resolved: 0, more: 188 } });
    } else {
      expect(news.text).toContain('200 条告警');
      expect(news.text).toMatch(/另有 1\d\d 条/);
      expect(news.text).toContain('https://pg.example.com/alerts');
    }
    expect((await deliveries()).map(({ state }) => state)).toEqual(['sent', 'sent']);
    // Nothing is told twice; the end of what was told is told once.
    await tell();
    await inTransaction(systemContext(db, ctx.actor.orgId), (tx) =>
      resolveAlerts(tx, { fingerprint: fingerprintOf('disk-nearly-full', labelsOf(0)) }),
    );
    await tell();
    await tell();
    expect(robots.taken).toHaveLength(3);
    expect(robots.taken[2]?.text).toContain('已恢复');
  },
);

test('names that look like markup stay names', async () => {
  await addChannel('wecom');
  await inTransaction(systemContext(db, ctx.actor.orgId), (tx) =>
    raiseAlert(tx, {
      rule: 'host-silent',
      severity: 'critical',
      labels: { host: '[click](http://evil) **now**' },
      value: 0,
      source: 'engine',
    }),
  );
  await tell();
  expect(robots.taken[0]?.text).toContain(String.raw`\[click\](http://evil) \*\*now\*\*`);
});

test('more messages than a robot takes wait, and none is lost or refused', async () => {
  const channel = await addChannel('dingtalk');
  for (let i = 0; i < 30; i++) {
    await db
      .insertInto('fleet.alert_delivery')
      .values({
        org_id: ctx.actor.orgId,
        channel_id: channel.id,
        kind: 'news',
        message: JSON.stringify({ kind: 'test', at: '', firing: 0, resolved: 0, lines: [], url: '' }),
      })
      .execute();
  }
  await tell();
  expect(robots.taken).toHaveLength(10);
  const after = await deliveries();
  expect(after.filter(({ state }) => state === 'sent')).toHaveLength(10);
  expect(after.filter(({ state, attempts }) => state === 'queued' && attempts === 0)).toHaveLength(20);
  const { rows } = await sql<{ n: number }>`select count(*)::int4 as n from graphile_worker.jobs
    where task_identifier = 'fleet.deliver-message' and run_at > now()`.execute(db);
  expect(rows[0]?.n).toBeGreaterThanOrEqual(20);
});

test('channel-failing: a receiver that is away is tried again, and all is quiet; one that refuses is given up, and that is an alert until it takes one', async () => {
  await addChannel('feishu');
  await raise(1);
  robots.disturb.push(503);
  await tell();
  expect(await deliveries()).toMatchObject([{ state: 'queued', attempts: 1, last_error: '503 not now' }]);
  await tell();
  expect(await deliveries()).toMatchObject([{ state: 'sent' }]);
  const open = async () => (await listAlerts(ctx, { limit: 50 })).items.map(({ rule }) => rule);
  expect(await open()).not.toContain('channel-failing');

  await raise(2);
  await sql`delete from platform.rate`.execute(db);
  robots.disturb.push(404);
  await tell();
  expect((await deliveries())[1]).toMatchObject({ state: 'dead' });
  expect(await open()).toContain('channel-failing');
  await tell();
  expect(await open()).not.toContain('channel-failing');
});

test('a wrong key is refused by the receiver, and the test says so', async () => {
  const answer = await api.call(ctx, 'POST', '/api/fleet/alert-channels', {
    name: 'wrong',
    kind: 'dingtalk',
    url: robots.addresses.dingtalk,
    key: 'SECwrong',
  });
  const { id } = (await answer.json()) as NewAlertChannel;
  const tried = (await (await api.call(ctx, 'POST', `/api/fleet/alert-channels/${id}/test`)).json()) as {
    error: string;
  };
  expect(tried).toMatchObject({ sent: false });
  expect(tried.error).toContain('sign not match');
});

test('private addresses and redirects are not followed', async () => {
  const channel = await addChannel('webhook');
  const tryIt = async () =>
    (await (await api.call(ctx, 'POST', `/api/fleet/alert-channels/${channel.id}/test`)).json()) as {
      sent: boolean;
      error: string;
    };
  robots.disturb.push({ location: `${robots.url}/hook` });
  expect(await tryIt()).toMatchObject({ sent: false, error: '302' });
  setOutgoingNetworks('');
  expect(await tryIt()).toMatchObject({ sent: false, error: '127.0.0.1 is not a public address' });
  expect(robots.taken).toEqual([]);
});

test('neither address nor key of a channel is ever shown again, nor in the audit or the rows', async () => {
  const channel = await addChannel('dingtalk');
  expect(channel.key).toBe(robots.keys.dingtalk);
  const shown = await (await api.call(ctx, 'GET', '/api/fleet/alert-channels')).text();
  const rows = await sql`select row_to_json(c)::text as c from fleet.alert_channel c union all
    select row_to_json(a)::text from platform.audit a`.execute(db);
  for (const text of [shown, JSON.stringify(rows.rows)]) {
    expect(text).not.toContain('ding-token');
    expect(text).not.toContain(robots.keys.dingtalk);
  }
  expect(shown).toContain('"signed":true');
});
