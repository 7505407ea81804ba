import { sql, type Kysely } from 'kysely';
import { z } from 'zod';
import { sandboxText } from '#src/fleet/contract/sandboxes.text.ts';
import { systemContext } from '#src/platform/server/context.ts';
import type { DB } from '#src/platform/server/db.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { defineJob } from '#src/platform/server/jobs.ts';
import { startOperation } from '#src/platform/server/operations/start-operation.ts';
import { askHost } from '../tasks/ask-host.ts';
import { makeSandbox } from './make-sandbox.operation.ts';
import { noteGone } from './note-gone.ts';

/** A request that made one has long answered by then, or its server is gone. */
const abandonedSeconds = 60;
const keptDays = 90;

/**
 * Every minute: ends what is past its time, takes up what a server that died was making, and asks the hosts what lives, so
 * that one that ended there is not shown as ready, and one that nobody knows of does not stay.
 */
export const tendSandboxes = defineJob(
  'fleet.tend-sandboxes',
  z.object({}),
  async ({ db, log }) => {
    await expireSandboxes(db);
    const abandoned = await db
      .selectFrom('fleet.sandbox as s')
      .select(['s.id', 's.org_id'])
      .where('s.state', '=', 'making')
      .where('s.created_at', '<', sql<Date>`now() - make_interval(secs => ${abandonedSeconds})`)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(selectFrom('platform.operation as o').select('o.id').whereRef('o.subject_id', '=', 's.id')),
        ),
      )
      .execute();
    for (const { id, org_id } of abandoned) {
      log.warn({ sandbox: id }, 'a sandbox was left half-made; an operation goes on with it');
      await db.transaction().execute((tx) => startOperation(systemContext(tx, org_id), makeSandbox, id));
    }
    const hosts = await db
      .selectFrom('fleet.host as h')
      .select(['h.id', 'h.org_id', 'h.phase', 'h.connected'])
      .where(({ exists, selectFrom }) =>
        exists(
          selectFrom('fleet.sandbox as s')
            .select('s.id')
            .whereRef('s.host_id', '=', 'h.id')
            .where('s.state', 'in', ['making', 'ready']),
        ),
      )
      .execute();
    await Promise.all(
      hosts.map((host) =>
        lookAtHost(db, host).catch((err: unknown) => {
          if (!(err instanceof AppError)) throw err;
        }),
      ),
    );
    await sql`delete from fleet.sandbox where ended_at < now() - make_interval(days => ${keptDays})`.execute(
      db,
    );
    // Each look is a task; nobody reads it afterwards.
    await sql`delete from fleet.task where kind = 'look-at-sandboxes' and operation_id is null
      and created_at < now() - interval '10 minutes'`.execute(db);
  },
  { schedule: '* * * * *' },
);

/** Ends every sandbox past its time; its host has done so by itself. */
async function expireSandboxes(db: Kysely<DB>): Promise<void> {
  const over = await db
    .selectFrom('fleet.sandbox')
    .select(['id', 'org_id'])
    .where('state', 'in', ['making', 'ready'])
    .where('expires_at', '<=', sql<Date>`now()`)
    .execute();
  for (const { id, org_id } of over) await noteGone(systemContext(db, org_id), id, 'expired');
}

async function lookAtHost(
  db: Kysely<DB>,
  host: { id: string; org_id: string; phase: string; connected: boolean },
): Promise<void> {
  const ctx = systemContext(db, host.org_id);
  // What became ready while the host was being asked is not in its answer.
  const ready = await db
    .selectFrom('fleet.sandbox')
    .select('id')
    .where('host_id', '=', host.id)
    .where('state', '=', 'ready')
    .execute();
  if (host.phase === 'removed') {
    for (const { id } of ready) await noteGone(ctx, id, 'failed', sandboxText.hostRemoved);
    return;
  }
  if (!host.connected) return;
  const seen = await askHost(db, {
    hostId: host.id,
    kind: 'look-at-sandboxes',
    input: {},
    timeoutSeconds: 8,
  });
  const there = new Set(seen.sandboxes.map((one) => one.id));
  for (const { id } of ready.filter((one) => !there.has(one.id))) {
    const ended = seen.ended.find((one) => one.id === id);
    await noteGone(
      ctx,
      id,
      'failed',
      ended?.reason === 'disk' ? sandboxText.endedForDisk : sandboxText.endedByItself,
    );
  }
  if (there.size === 0) return;
  const wished = await db
    .selectFrom('fleet.sandbox')
    .select('id')
    .where('id', 'in', [...there])
    .where('state', 'in', ['making', 'ready'])
    .execute();
  for (const { id } of wished) there.delete(id);
  for (const id of there) await askHost(db, { hostId: host.id, kind: 'destroy-sandbox', input: { id } });
}
