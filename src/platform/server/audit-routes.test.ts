import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testApi } from '#tests/support/api.ts';
import { database, testContext } from '#tests/support/context.ts';
import { expectResponse } from '#tests/support/openapi.ts';
import { audit } from './audit.ts';
import { auditRoutes } from './audit-routes.ts';
import { defineRoom } from './room.ts';

const api = testApi([defineRoom({ name: 'platform', routes: { audit: auditRoutes } })]);
const document = await api.openapi();

async function read(who: Awaited<ReturnType<typeof testContext>>, query: string) {
  const path = `/api/platform/audit${query}`;
  const body = await expectResponse(document, 'GET', path, await api.call(who, 'GET', path));
  return body as { items: { action: string; actorName: string; at: string }[]; nextCursor: string | null };
}

test('lists, filters and pages the entries of one’s own organisation only', async () => {
  const ctx = await testContext({ may: ['platform.audit.read'] });
  const other = await testContext({ may: ['platform.audit.read'] });
  await audit(other, 'fleet.host.enrol', 'theirs');
  for (let i = 0; i < 5; i++) await audit(ctx, 'fleet.cluster.create', `cluster-${i}`, { i });
  await audit(
    { ...ctx, ip: '192.0.2.7', actor: { ...ctx.actor, name: '王小明' } },
    'identity.key.create',
    'k',
  );

  expect((await read(ctx, '')).items).toHaveLength(6);
  expect((await read(ctx, '?action=fleet.cluster')).items).toHaveLength(5);
  expect((await read(ctx, '?subject=cluster-3')).items).toMatchObject([{ details: { i: 3 } }]);
  expect((await read(ctx, `?actor=${encodeURIComponent('小明')}`)).items).toMatchObject([
    { action: 'identity.key.create', ip: '192.0.2.7' },
  ]);
  expect((await read(ctx, `?actor=${ctx.actor.id}`)).items).toHaveLength(6);
  expect((await read(ctx, '?actor=%25')).items).toHaveLength(0);
  const all = (await read(ctx, '')).items;
  const third = all[3]?.at ?? '';
  const since = all.filter(({ at }) => at >= third);
  expect((await read(ctx, `?from=${third}`)).items).toEqual(since);
  expect((await read(ctx, `?to=${third}`)).items).toEqual(all.slice(since.length));

  const first = await read(ctx, '?limit=4');
  const second = await read(ctx, `?limit=4&cursor=${first.nextCursor}`);
  expect([first.items.length, second.items.length, second.nextCursor]).toEqual([4, 2, null]);
  expect((await api.call(ctx, 'GET', '/api/platform/audit?cursor=nonsense')).status).toBe(422);
});

test('is closed to those without the permission', async () => {
  const ctx = await testContext({ may: ['fleet.cluster.read'] });
  expect((await api.call(ctx, 'GET', '/api/platform/audit')).status).toBe(403);
  expect((await api.call(null, 'GET', '/api/platform/audit')).status).toBe(401);
});

test('finds the first entry that somebody changed behind our back', async () => {
  const ctx = await testContext({ may: ['platform.audit.read'] });
  await audit(ctx, 'fleet.cluster.delete', 'a');
  await audit(ctx, 'fleet.cluster.delete', 'b');
  const check = async () =>
    (await api.call(ctx, 'GET', '/api/platform/audit/verification')).json() as Promise<{ brokenAt: unknown }>;
  expect(await check()).toMatchObject({ brokenAt: null });
  const { id } = await ctx.db
    .selectFrom('platform.audit')
    .select('id')
    .where('subject_id', '=', 'a')
    .executeTakeFirstOrThrow();
  await expect(
    database.db.updateTable('platform.audit').set({ subject_id: 'c' }).where('id', '=', id).execute(),
  ).rejects.toThrow('never changed');
  await database.db.transaction().execute(async (tx) => {
    await sql`alter table platform.audit disable trigger audit_append_only`.execute(tx);
    await tx.updateTable('platform.audit').set({ subject_id: 'c' }).where('id', '=', id).execute();
    await sql`alter table platform.audit enable trigger audit_append_only`.execute(tx);
  });
  expect(await check()).toMatchObject({ brokenAt: id });
});
