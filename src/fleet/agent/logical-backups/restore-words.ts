import type { z } from 'zod';
import type { DumpContents, logicalBackupTasks } from '#src/fleet/contract/logical-backups.ts';

type Input = z.output<(typeof logicalBackupTasks)['dump-database']['input']>;

/** Where openssl finds the passphrase: an environment is seen by its own user alone, an argument list by everybody. */
export const passphraseName = 'DUMP_PASSPHRASE';
/** How openssl encrypts the files, and decrypts them again; the cipher is the one of the repositories. */
export const encryption = [
  'enc',
  '-aes-256-cbc',
  '-pbkdf2',
  '-iter',
  '600000',
  '-md',
  'sha256',
  '-pass',
  `env:${passphraseName}`,
];

const quoted = (word: string) => (/^[\w./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);

/** What a person types to bring a dump back, with PostgreSQL's own programs and openssl. */
export function restoreWords({ name, label, server }: Input, contents: DumpContents): string {
  const dumps = contents.files.filter(({ database }) => database !== null);
  const first = dumps[0];
  return `# Logical backup ${label} of ${name} (${server.host}:${server.port}, PostgreSQL ${contents.pgVersion}).
# It needs bash, openssl, and psql and pg_restore of that version or a newer one, and nothing else.
# Its files are encrypted with the passphrase whose fingerprint is ${contents.keyFingerprint}: Elepherd shows it beside the database,
# and to "elepherd external key ${name}"; after a loss of Elepherd it is where you kept it.

# 1. Go into this folder, and see that the files are whole.
sha256sum --check --strict <<'END'
${contents.files.map(({ file, sha256 }) => `${sha256}  ${file}`).join('\n')}
END

# 2. Say the passphrase, typed where nobody else sees it:   read -rs ${passphraseName}
: "\${${passphraseName}:?Set it to the passphrase of this database}"; export ${passphraseName}; set -o pipefail
test "$(printf 'elepherd repository key%s' "$${passphraseName}" | sha256sum | cut -c1-16)" = ${contents.keyFingerprint} ||
  { echo 'This is another passphrase: nothing was restored.' >&2; false; }
opened() { openssl ${encryption.join(' ')} -d -in "$1"; }

# 3. Say where to: an empty server, and a superuser of it.
export PGHOST=\${PGHOST:-/var/run/postgresql} PGPORT=\${PGPORT:-5432} PGUSER=\${PGUSER:-postgres}

# 4. Roles and tablespaces. That a role such as ${quoted(server.username)} exists already is no fault.
opened globals.sql.enc | psql --no-psqlrc --quiet --dbname=postgres
${contents.withPasswords ? '' : '#    Passwords of roles are not in here: set them again with ALTER ROLE ... PASSWORD.\n'}
# 5. The databases. Those that every server has are filled, the others are made.
${dumps
  .map(({ file, database }) =>
    ['postgres', 'template1'].includes(database ?? '')
      ? `opened ${file} | pg_restore --exit-on-error --clean --if-exists --dbname=${quoted(database ?? '')}`
      : `opened ${file} | pg_restore --exit-on-error --create --dbname=postgres`,
  )
  .join('\n')}

# 6. Statistics, so that plans are good from the start.
vacuumdb --all --analyze-in-stages --quiet

# One table only, into a database that is there:
#   opened ${first?.file ?? 'FILE'} | pg_restore --dbname=${quoted(first?.database ?? 'app')} --table=NAME
`;
}
