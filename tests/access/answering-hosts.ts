import { sql } from 'kysely';
import { afterAll } from 'vitest';
import type { GuardedServer } from '#src/fleet/contract/guardian.ts';
import type { ServerSeen } from '#src/fleet/contract/hosts.ts';
import type { TaskInput } from '#src/fleet/contract/tasks.ts';
import { settingsScript } from '#src/fleet/server/settings/rules.ts';
import { reportTask } from '#src/fleet/server/tasks/report-task.ts';
import { takeTasks } from '#src/fleet/server/tasks/take-tasks.ts';
import type { World } from './world.ts';

/** Makes the hosts of our cluster answer: its one member is seen as primary, and says of itself what the test's own PostgreSQL says. */
export async function letHostsAnswer({ database, ours }: World): Promise<void> {
  const { db } = database;
  const { scope } = await db
    .selectFrom('fleet.cluster')
    .select('scope')
    .where('id', '=', ours.cluster)
    .executeTakeFirstOrThrow();
  const seen: ServerSeen = {
    name: `patroni-${scope}`,
    running: true,
    role: 'primary',
    state: 'running',
    timeline: 1,
    position: 1,
    pendingRestart: false,
    members: [],
    paused: false,
    seenAt: new Date().toISOString(),
  };
  const hostId = ours.hosts[0] ?? '';
  await db
    .updateTable('fleet.host')
    .set({ servers: JSON.stringify([seen]) })
    .where('id', '=', hostId)
    .execute();
  let running = Promise.resolve();
  const disk: GuardedServer = {
    name: `patroni-${scope}`,
    stage: 'calm',
    since: new Date().toISOString(),
    answers: true,
    sizeBytes: 5e10,
    freeBytes: 4e10,
    reserveBytes: 5e8,
    thresholds: {
      warnBytes: 7.5e9,
      releaseBytes: 1.5e9,
      readOnlyBytes: 1e9,
      recoverBytes: 2e9,
      floorBytes: 2.5e8,
    },
    daysToFull: null,
    readOnly: false,
    writesAllowedUntil: null,
    causes: [],
  };
  /** Any host says at once how its disks stand. */
  const tellDisks = async () => {
    const asked = await db
      .selectFrom('fleet.task')
      .select(['id', 'host_id'])
      .where('host_id', 'in', ours.hosts)
      .where('kind', '=', 'look-at-disks')
      .where('state', '=', 'queued')
      .execute();
    for (const { id, host_id } of asked)
      await reportTask(db, host_id, id, { state: 'succeeded', output: { servers: [disk] }, lines: [] });
  };
  const answer = async () => {
    await tellDisks();
    const { orders } = await takeTasks(db, hostId, []);
    for (const { id, kind, input } of orders) {
      const script = kind === 'run-sql' ? (input as TaskInput<'run-sql'>).script : '';
      const rows = script === settingsScript ? (await sql.raw(settingsScript).execute(db)).rows : [];
      const output =
        kind === 'look-at-locks'
          ? { sessions: [] }
          : kind === 'read-log'
            ? { lines: [] }
            : kind === 'backup-info'
              ? { repositories: [], databases: [], backups: [], archive: [] }
              : { rows };
      await reportTask(db, hostId, id, { state: 'succeeded', output, lines: [] });
    }
  };
  const timer = setInterval(() => void (running = running.then(answer)), 15);
  afterAll(async () => {
    clearInterval(timer);
    await running;
  });
}
