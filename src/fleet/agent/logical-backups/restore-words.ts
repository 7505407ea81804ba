import type { z } from 'zod';
import type { DumpContents, logicalBackupTasks } from '#src/fleet/contract/logical-backups.ts';

type Input = z.output<(typeof logicalBackupTasks)['dump-database']['input']>;

const quoted = (word: string) => (/^[\w./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);

/** What a person types to bring a dump back, with PostgreSQL's own programs and nothing else. */
export function restoreWords({ name, label, server }: Input, contents: DumpContents): string {
  const dumps = contents.files.filter(({ database }) => database !== null);
  const first = dumps[0];
  return `# Logical backup ${label} of ${name} (${server.host}:${server.port}, PostgreSQL ${contents.pgVersion}).
# It needs psql and pg_restore of that version or a newer one, and nothing else.

# 1. Go into this folder, and see that the files are whole.
sha256sum --check --strict <<'END'
${contents.files.map(({ file, sha256 }) => `${sha256}  ${file}`).join('\n')}
END

# 2. Say where to: an empty server, and a superuser of it.
export PGHOST=\${PGHOST:-/var/run/postgresql} PGPORT=\${PGPORT:-5432} PGUSER=\${PGUSER:-postgres}

# 3. Roles and tablespaces. That a role such as ${quoted(server.username)} exists already is no fault.
psql --no-psqlrc --quiet --dbname=postgres --file=globals.sql
${contents.withPasswords ? '' : '#    Passwords of roles are not in here: set them again with ALTER ROLE ... PASSWORD.\n'}
# 4. The databases. Those that every server has are filled, the others are made.
${dumps
  .map(({ file, database }) =>
    ['postgres', 'template1'].includes(database ?? '')
      ? `pg_restore --exit-on-error --clean --if-exists --dbname=${quoted(database ?? '')} ${file}`
      : `pg_restore --exit-on-error --create --dbname=postgres ${file}`,
  )
  .join('\n')}

# 5. Statistics, so that plans are good from the start.
vacuumdb --all --analyze-in-stages --quiet

# One table only, into a database that is there:
#   pg_restore --dbname=${quoted(first?.database ?? 'app')} --table=NAME ${first?.file ?? 'FILE'}
`;
}
