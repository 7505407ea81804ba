import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { readConfig } from '#src/platform/server/config.ts';
import type { Context } from '#src/platform/server/context.ts';
import { createLog } from '#src/platform/server/log.ts';
import { hasEngine, startTestEngine, startTestStore } from '#tests/support/alert-engine.ts';
import { database, testContext } from '#tests/support/context.ts';
import { writeRules } from '../alert-rules/write-rules.ts';
import { acknowledgeAlert } from './acknowledge-alert.ts';
import { getAlert, getOverview, listAlerts } from './queries.ts';
import { serveAlerts } from './serve-alerts.ts';
import { tellAlerts } from './tell-alerts.job.ts';

const { db } = database;
const log = createLog('test', 'silent');
const token = 'a token of sixteen and more';
const stops: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const stop of stops.toReversed()) await stop();
});

const open = async (ctx: Context) => (await listAlerts(ctx, { limit: 50 })).items;

async function tellOf(ctx: Context): Promise<{ to: string; subject: string; text: string | null }[]> {
  await tellAlerts.run({ db, log, config: readConfig({ PUBLIC_URL: 'https://pg.example.com' }) }, {
    orgId: ctx.actor.orgId,
  } as never);
  return db
    .selectFrom('platform.mail')
    .select(['recipient as to', 'subject', 'text'])
    .where('org_id', '=', ctx.actor.orgId)
    .orderBy('created_at')
    .execute();
}

test.runIf(hasEngine)(
  'a rule is judged, becomes one alert of its own organisation, is told once, survives a restart of the judge, and ends',
  async () => {
    const [ours, theirs] = [await testContext({ may: ['*'] }), await testContext({ may: ['*'] })];
    const store = await startTestStore();
    stops.push(store.stop);
    const folder = join(await mkdtemp(join(tmpdir(), 'elepherd-rules-')), 'rules');
    const intake = await serveAlerts({ db, log, port: 0, token });
    stops.push(intake.stop);
    const { id: rule } = await db
      .insertInto('fleet.alert_rule')
      .values({
        org_id: ours.actor.orgId,
        name: 'Queue is long',
        // Says that it is somebody else's: the judge says whose it is.
        expression: `label_replace(jobs_waiting, "org", "${theirs.actor.orgId}", "", "") > 5`,
        for_seconds: 0,
        severity: 'critical',
        created_by_name: 'Test',
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    expect(await writeRules(db, folder)).toBe(true);
    expect(await writeRules(db, folder)).toBe(false);
    let value = 9;
    const beat = setInterval(() => {
      void store.store.write(
        `jobs_waiting{org="${ours.actor.orgId}",queue="mail"} ${value}\njobs_waiting{org="${theirs.actor.orgId}",queue="theirs"} 9\n`,
      );
    }, 500);
    stops.push(async () => clearInterval(beat));

    // Groups begin at a moment of their own within their 30 seconds.
    let engine = startTestEngine({ store, folder, intakePort: intake.port, token });
    stops.push(() => engine.stop());
    await expect.poll(() => open(ours), { timeout: 70_000, interval: 500 }).toHaveLength(1);
    const [alert] = await open(ours);
    expect(alert).toMatchObject({
      rule,
      severity: 'critical',
      state: 'firing',
      value: 9,
      title: { en: 'Queue is long' },
    });
    expect(alert?.labels).toEqual({ queue: 'mail' });
    expect(await open(theirs)).toEqual([]);
    await expect.poll(async () => (await getOverview(ours)).engineAlive, { timeout: 70_000 }).toBe(true);

    const mails = await tellOf(ours);
    expect(mails).toHaveLength(1);
    expect(mails[0]?.subject).toBe('[Critical] Queue is long: 9');
    expect(mails[0]?.text).toContain(`https://pg.example.com/alerts/${alert?.id}`);
    expect(await tellOf(ours)).toHaveLength(1);

    const before = (await getAlert(ours, alert!.id)).lastSeenAt;
    await engine.stop();
    await sleep(1000);
    engine = startTestEngine({ store, folder, intakePort: intake.port, token });
    await expect
      .poll(async () => (await getAlert(ours, alert!.id)).lastSeenAt, { timeout: 70_000, interval: 500 })
      .not.toBe(before);
    expect(await open(ours)).toHaveLength(1);
    expect((await acknowledgeAlert(ours, alert!.id)).state).toBe('acknowledged');

    value = 1;
    await expect.poll(() => open(ours), { timeout: 70_000, interval: 500 }).toEqual([]);
    const over = await getAlert(ours, alert!.id);
    expect(over.state).toBe('resolved');
    expect(over.events.map(({ kind }) => kind)).toEqual(['resolved', 'acknowledged', 'told', 'fired']);
    const told = await tellOf(ours);
    expect(told.map(({ subject }) => subject).at(-1)).toBe('[Over] Queue is long: 9');
    expect(told).toHaveLength(2);
  },
);

test('alerts from who does not know the token are refused', async () => {
  const intake = await serveAlerts({ db, log, port: 0, token });
  const url = `http://127.0.0.1:${intake.port}/api/v2/alerts`;
  const post = async (authorization: string, body: string) =>
    (await fetch(url, { method: 'POST', headers: { authorization }, body })).status;
  expect(await post('', '[]')).toBe(401);
  expect(await post('Bearer wrong', '[]')).toBe(401);
  expect(await post(`Bearer ${token}`, '[]')).toBe(200);
  expect(await post(`Bearer ${token}`, '{"not": "a list"}')).toBe(400);
  await intake.stop();
});
