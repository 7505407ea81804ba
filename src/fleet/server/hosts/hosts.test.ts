import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createVault, setVault } from '#src/platform/server/secrets.ts';
import { database, testContext } from '#tests/support/context.ts';
import { insertSampleFleet } from '#tests/support/sample-fleet.ts';
import { drainHost } from './drain-host.ts';
import { getHost, listHosts } from './queries.ts';
import { removeHost } from './remove-host.ts';
import { updateHost } from './update-host.ts';

setVault(await createVault(await mkdtemp(join(tmpdir(), 'elepherd-hosts-'))));
const ctx = await testContext({ may: ['*'] });
const { hostIds } = await insertSampleFleet(ctx);
const host = (name: string) => hostIds.get(name)!;

test('a host with members of clusters is not removed, and the refusal names the clusters', async () => {
  await expect(removeHost(ctx, host('db-bj-02'))).rejects.toMatchObject({
    code: 'conflict',
    text: { en: expect.stringContaining('members, orders') },
  });
  expect((await getHost(ctx, host('db-bj-02'))).phase).not.toBe('removed');
});

test('a list comes by name, page by page, without gaps', async () => {
  const all = (await listHosts(ctx, { limit: 200 })).items.map((h) => h.name);
  const seen: string[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await listHosts(ctx, { limit: 2, ...(cursor === undefined ? {} : { cursor }) });
    seen.push(...page.items.map((h) => h.name));
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
  }
  expect(seen).toEqual(all);
  expect(all).toEqual([...all].sort());
});

test('each change needs its own permission and leaves an audit row', async () => {
  const reader = await testContext({ may: ['fleet.host.read'], orgId: ctx.actor.orgId });
  for (const attempt of [
    () => updateHost(reader, host('mini-01'), { name: 'other-name' }),
    () => drainHost(reader, host('mini-01'), true),
    () => removeHost(reader, host('mini-01')),
  ]) {
    await expect(attempt()).rejects.toMatchObject({ code: 'forbidden' });
  }
  await drainHost(ctx, host('mini-01'), true);
  await drainHost(ctx, host('mini-01'), false);
  const rows = await database.db
    .selectFrom('platform.audit')
    .select(['action', 'details'])
    .where('subject_id', '=', host('mini-01'))
    .where('action', '=', 'fleet.host.drain')
    .orderBy('id')
    .execute();
  expect(rows.map((row) => row.details)).toEqual([{ draining: true }, { draining: false }]);
});
