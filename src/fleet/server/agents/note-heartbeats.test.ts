import { expect, test } from 'vitest';
import { createLog } from '#src/platform/server/log.ts';
import { testContext } from '#tests/support/context.ts';
import { someFacts, someHost } from '#tests/support/hosts.ts';
import { noteHeartbeats } from './note-heartbeats.ts';

test('two servers that hear the same hosts in opposite orders never deadlock', async () => {
  const ctx = await testContext({ may: ['fleet.*'] });
  const ids: string[] = [];
  for (let number = 0; number < 60; number++) ids.push(await someHost(ctx, `host-${number}`));
  const both = [ids, ids.toReversed()].map((order) => ({
    order,
    server: noteHeartbeats({ db: ctx.db, log: createLog('test', 'silent') }),
  }));
  try {
    for (let round = 0; round < 25; round++) {
      for (const { order, server } of both)
        for (const id of order)
          server.note(id, { agentVersion: '1', bootId: `boot-${round}`, facts: someFacts(), servers: [] });
      await Promise.all(both.map(({ server }) => server.flush()));
    }
  } finally {
    for (const { server } of both) await server.stop();
  }
  const { boots } = await ctx.db
    .selectFrom('fleet.host')
    .select((eb) => eb.fn.count<number>('boot_id').distinct().as('boots'))
    .where('id', 'in', ids)
    .executeTakeFirstOrThrow();
  expect(boots).toBe(1);
});
