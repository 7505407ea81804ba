import { backupText } from '#src/fleet/contract/backups.text.ts';
import type { backupTasks, Policy, RepositoryPlace } from '#src/fleet/contract/backups.ts';
import { madeBy } from '#src/fleet/server/clusters/files.rules.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import type { z } from 'zod';

/** What a repository keeps secret, opened. */
export type RepositorySecrets = {
  passphrase: string;
  accessKeyId?: string;
  secretAccessKey?: string;
  privateKey?: string;
};

/** A repository as pgBackRest's files name it: `position` is its number there. */
export type RepositorySpec = {
  id: string;
  name: string;
  position: number;
  place: RepositoryPlace;
  secrets: RepositorySecrets;
};

/** What pgBackRest's files of one cluster are written from. */
export type StanzaSpec = {
  stanza: string;
  dataDirectory: string;
  port: number;
  repositories: readonly RepositorySpec[];
  policy: Pick<Policy, 'processMax' | 'compression'>;
};

export type BackupFile = z.infer<(typeof backupTasks)['place-backup-files']['input']>['files'][number];

/** True when a version of pgBackRest, such as `2.55.1`, is at least the one given. */
export function isAtLeast(version: string, major: number, minor: number): boolean {
  const [a = 0, b = 0] = version.split('.').map(Number);
  return a > major || (a === major && b >= minor);
}

/** Why these repositories cannot be used with this version of pgBackRest; undefined when they can. */
export function refusalOf(
  repositories: readonly Pick<RepositorySpec, 'place'>[],
  version: string,
): Text | undefined {
  if (repositories.some((r) => r.place.kind === 'sftp') && !isAtLeast(version, 2, 46))
    return backupText.sftpTooOld(version);
  return undefined;
}

/** Folder of what belongs to a stanza's file and must lie beside it. */
export const stanzaFolder = (stanza: string) => `/etc/pgbackrest/${stanza}`;
/** pgBackRest reads every file there by itself, so that `pgbackrest --stanza=NAME info` needs nothing more. */
export const stanzaFile = (stanza: string) => `/etc/pgbackrest/conf.d/${stanza}.conf`;

/**
 * pgBackRest's files for one cluster on one host. Everything stands in the section of the stanza, so that several clusters
 * on a host, and what a person wrote for others, do not meet.
 */
export function backupFiles(spec: StanzaSpec, version: string): BackupFile[] {
  const { stanza, policy } = spec;
  const file = (path: string, content: string, mode: BackupFile['mode'] = '0640') => ({
    path,
    content,
    mode,
  });
  const options: [string, string | number][] = [
    ['pg1-path', spec.dataDirectory],
    ['pg1-port', spec.port],
    ['pg1-socket-path', '/var/run/postgresql'],
    ['process-max', policy.processMax],
    ['compress-type', policy.compression],
    ['start-fast', 'y'],
    ['archive-async', 'y'],
    ['spool-path', '/var/spool/pgbackrest'],
    ['archive-timeout', 60],
    // Which backups go is decided by the policy's days, weeks and months, and told to pgBackRest afterwards.
    ['expire-auto', 'n'],
    ...spec.repositories.flatMap((r) => repositoryOptions(r, stanza, version)),
  ];
  const lines = options.map(([name, value]) => `${name}=${value}`);
  return [
    file(stanzaFile(stanza), `${madeBy}[${stanza}]\n${lines.join('\n')}\n`),
    ...spec.repositories.flatMap(({ place, position, secrets }) => [
      ...(place.kind === 's3' && place.authority !== undefined
        ? [file(authorityFile(stanza, position), `${place.authority.trim()}\n`)]
        : []),
      ...(place.kind === 'sftp'
        ? [file(sftpKeyFile(stanza, position), `${(secrets.privateKey ?? '').trim()}\n`, '0600')]
        : []),
    ]),
  ];
}

/** Every path that `backupFiles` may name for a stanza: what is not wished any more is taken away. */
export function allBackupPaths(stanza: string): string[] {
  return [
    stanzaFile(stanza),
    ...[1, 2].flatMap((position) => [authorityFile(stanza, position), sftpKeyFile(stanza, position)]),
  ];
}

const authorityFile = (stanza: string, position: number) => `${stanzaFolder(stanza)}/repo${position}-ca.crt`;
const sftpKeyFile = (stanza: string, position: number) => `${stanzaFolder(stanza)}/repo${position}-sftp.key`;

function repositoryOptions(
  { place, secrets, position }: RepositorySpec,
  stanza: string,
  version: string,
): [string, string | number][] {
  const own = (name: string, value: string | number): [string, string | number] => [
    `repo${position}-${name}`,
    value,
  ];
  return [
    ...placeOptions(place, secrets, position, stanza).map(([name, value]) => own(name, value)),
    own('cipher-type', 'aes-256-cbc'),
    own('cipher-pass', secrets.passphrase),
    own('bundle', 'y'),
    // Nothing expires by itself, and pgBackRest does not complain that nothing is said.
    own('retention-full', 9999999),
    // Of a changed file only the changed blocks are kept; older versions know whole files only.
    ...(isAtLeast(version, 2, 46) ? [own('block', 'y')] : []),
  ];
}

function placeOptions(
  place: RepositoryPlace,
  secrets: RepositorySecrets,
  position: number,
  stanza: string,
): [string, string | number][] {
  if (place.kind === 'path') {
    return [
      ['type', 'posix'],
      ['path', place.path],
    ];
  }
  if (place.kind === 'sftp') {
    return [
      ['type', 'sftp'],
      ['path', place.path],
      ['sftp-host', place.host],
      ['sftp-host-port', place.port],
      ['sftp-host-user', place.username],
      ['sftp-private-key-file', sftpKeyFile(stanza, position)],
      ['sftp-host-key-check-type', 'fingerprint'],
      ['sftp-host-key-hash-type', 'sha256'],
      ['sftp-host-fingerprint', place.hostFingerprint],
    ];
  }
  const [host = '', port] = place.endpoint.split(':');
  return [
    ['type', 's3'],
    ['path', place.path],
    ['s3-endpoint', host],
    ...(port === undefined ? [] : ([['storage-port', Number(port)]] as [string, number][])),
    ['s3-bucket', place.bucket],
    ['s3-region', place.region],
    ['s3-uri-style', place.uriStyle],
    ['s3-key', secrets.accessKeyId ?? ''],
    ['s3-key-secret', secrets.secretAccessKey ?? ''],
    ...(place.authority === undefined
      ? []
      : ([['storage-ca-file', authorityFile(stanza, position)]] as [string, string][])),
  ];
}
