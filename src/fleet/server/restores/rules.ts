import { restoreText } from '#src/fleet/contract/restores.text.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import type { Refusal } from './window.rules.ts';

/** A moment as PostgreSQL and pgBackRest read it: in UTC, with its zone written out. */
export const targetTime = (at: Date): string => at.toISOString().replace('T', ' ').replace('Z', '+00');

/** A moment as PostgreSQL says it in its log, such as `2026-11-22 13:05:11.123456+00`; null when it is none. */
export function readTime(said: string | null): Date | null {
  const found = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2}(?:\.\d+)?)(?:\+00| UTC)?$/.exec(said ?? '');
  return found ? new Date(`${found[1]}T${found[2]}Z`) : null;
}

/** Why a target cannot be reached, in words. */
export function refusalWords({ why, nearest }: Refusal): Text {
  const at = nearest ?? new Date(0);
  switch (why) {
    case 'no-backup':
      return restoreText.noBackup;
    case 'before-first':
      return restoreText.beforeFirst(at);
    case 'after-last':
      return restoreText.afterLast(at);
    case 'in-gap':
      return restoreText.inGap(at);
    case 'backup-unknown':
      return restoreText.backupUnknown;
    case 'backup-too-new':
      return restoreText.backupTooNew(at);
  }
}

/** Where the data of before is kept while a restore in place is not confirmed. */
export const asideOf = (directory: string, restoreId: string) =>
  `${directory}-before-${restoreId.slice(0, 8)}`;
/** Where a server of its own lies that is made from backups: beside the others, under a name that says what it is. */
export const scratchDirectory = (pgVersion: number, id: string) =>
  `/var/lib/postgresql/${pgVersion}/scratch-${id.slice(0, 13)}`;
/** Such a server listens in its own directory only, so that this number meets nobody else's. */
export const scratchPort = 5432;
/** What lies beside a copy when the original has tablespaces. */
export const tablespacesOf = (directory: string) => `${directory}-tablespaces`;

/** Days the data of before is kept when nobody confirms. */
const keptDays = 7;
/** When what a restore keeps goes by itself. */
export const keepUntil = (now = new Date()): Date => new Date(now.getTime() + keptDays * 86_400_000);

/** Passwords are of the cluster, not of the data: what comes back from a backup may have others. */
export const passwordsScript = `
set synchronous_commit = local;
set password_encryption = 'scram-sha-256';
select 'create role replicator replication login' where not exists (select from pg_roles where rolname = 'replicator') \\gexec
select 'create role rewinder login' where not exists (select from pg_roles where rolname = 'rewinder') \\gexec
alter role replicator login replication password :'replication_password';
alter role rewinder login password :'rewind_password';
grant execute on function pg_catalog.pg_ls_dir(text, boolean, boolean) to rewinder;
grant execute on function pg_catalog.pg_stat_file(text, boolean) to rewinder;
grant execute on function pg_catalog.pg_read_binary_file(text) to rewinder;
grant execute on function pg_catalog.pg_read_binary_file(text, bigint, bigint, boolean) to rewinder;
`;
