import { sql } from 'kysely';
import { backupText } from '#src/fleet/contract/backups.text.ts';
import type { TaskOutput } from '#src/fleet/contract/tasks.ts';
import { inTransaction, systemContext } from '#src/platform/server/context.ts';
import type { Db } from '#src/platform/server/db.ts';
import type { PlanBuild } from './queries.ts';

const at = (seconds: number) => new Date(seconds * 1000);

/**
 * Writes down what pgBackRest said: the backups and the WAL that are there now, and nothing of what is gone. What was seen in
 * a repository that cannot be asked stays as it was.
 */
export async function noteBackups(
  db: Db,
  plan: Pick<PlanBuild, 'id' | 'orgId' | 'spec'>,
  info: TaskOutput<'backup-info'>,
): Promise<void> {
  // open to: the operation that asked pgBackRest
  // not audited: nothing is wished, only seen
  await inTransaction(systemContext(db, plan.orgId), async ({ db: tx }) => {
    await tx.selectFrom('fleet.backup_plan').select('id').where('id', '=', plan.id).forUpdate().execute();
    for (const { key, problem } of info.repositories) {
      const repository = plan.spec.repositories.find((r) => r.position === key);
      if (!repository) continue;
      await tx
        .updateTable('fleet.backup_plan_repository')
        .set({
          seen_at: sql<Date>`now()`,
          problem:
            problem === null ? null : JSON.stringify(backupText.repositoryProblem(repository.name, problem)),
        })
        .where('plan_id', '=', plan.id)
        .where('repository_id', '=', repository.id)
        .execute();
      if (problem !== null) continue;
      const mine = { plan_id: plan.id, repository_id: repository.id };
      for (const table of ['fleet.backup', 'fleet.archive_range'] as const)
        await tx
          .deleteFrom(table)
          .where('plan_id', '=', plan.id)
          .where('repository_id', '=', repository.id)
          .execute();
      const databases = new Map(
        info.databases.filter((d) => d.repositoryKey === key).map((d) => [d.id, d] as const),
      );
      const backups = info.backups
        .filter((b) => b.repositoryKey === key)
        .map((b) => ({
          ...mine,
          label: b.label,
          type: b.type,
          prior: b.prior,
          started_at: at(b.startSeconds),
          ended_at: at(b.stopSeconds),
          lsn_start: b.lsnStart,
          lsn_stop: b.lsnStop,
          wal_start: b.walStart,
          wal_stop: b.walStop,
          database_bytes: b.databaseBytes,
          backup_bytes: b.backupBytes,
          repository_bytes: b.repositoryBytes,
          pg_version: databases.get(b.databaseId)?.version ?? '',
          database_id: b.databaseId,
          system_id: databases.get(b.databaseId)?.systemId ?? '',
          error: b.error,
        }));
      const ranges = info.archive
        .filter((a) => a.repositoryKey === key)
        .map((a) => ({
          ...mine,
          archive_id: a.archiveId,
          timeline: a.timeline,
          wal_first: a.walFirst,
          wal_last: a.walLast,
          first_at: at(a.firstSeconds),
          last_at: at(a.lastSeconds),
          files: a.files,
        }));
      // PostgreSQL takes 65,535 values a statement.
      for (const part of inParts(backups, 2000)) await tx.insertInto('fleet.backup').values(part).execute();
      for (const part of inParts(ranges, 2000))
        await tx.insertInto('fleet.archive_range').values(part).execute();
    }
  });
}

function inParts<T>(rows: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, i) =>
    rows.slice(i * size, (i + 1) * size),
  );
}
