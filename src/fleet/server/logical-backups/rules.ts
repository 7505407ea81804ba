import { ExternalServer } from '#src/fleet/contract/logical-backups.ts';

/** What the password of an external database is sealed for. */
export const externalSeal = (id: string) => `fleet.external_database:${id}`;

/** What the passphrase of its dumps is sealed for. */
export const dumpKeySeal = (id: string) => `fleet.external_database.key:${id}`;

/** What a URL says of a server; undefined when it names no user, host or password, or is no URL. */
export function readDsn(dsn: string): { server: ExternalServer; password: string } | undefined {
  try {
    const url = new URL(dsn);
    const read = ExternalServer.safeParse({
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: url.port === '' ? 5432 : Number(url.port),
      username: decodeURIComponent(url.username),
      database: decodeURIComponent(url.pathname.slice(1)) || 'postgres',
      sslMode: url.searchParams.get('sslmode') ?? 'prefer',
    });
    const password = decodeURIComponent(url.password);
    return read.success && password !== '' ? { server: read.data, password } : undefined;
  } catch {
    return undefined;
  }
}

/** The name of a backup that begins at a moment. */
export const dumpLabel = (at: Date) =>
  `${at.toISOString().slice(0, 10).replaceAll('-', '')}-${at.toISOString().slice(11, 19).replaceAll(':', '')}Z`;

/** Which of the whole backups, the newest first, are kept no more. */
export const outdated = (labels: readonly string[], keep: number): string[] =>
  labels.toSorted().toReversed().slice(keep);
