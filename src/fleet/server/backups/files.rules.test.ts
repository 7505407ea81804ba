import { expect, test } from 'vitest';
import { taskKinds } from '#src/fleet/contract/tasks.ts';
import {
  allBackupPaths,
  backupFiles,
  refusalOf,
  type RepositorySpec,
  type StanzaSpec,
} from './files.rules.ts';

const pem = (what: string) => `-----BEGIN ${what}-----\nAAAA\n-----END ${what}-----\n`;
const s3: RepositorySpec = {
  id: '1',
  name: 'near',
  position: 1,
  place: {
    kind: 's3',
    endpoint: 'store.example.com:9000',
    bucket: 'herd',
    region: 'us-east-1',
    path: '/elepherd',
    uriStyle: 'path',
    authority: pem('CERTIFICATE'),
  },
  secrets: { passphrase: 'p'.repeat(48), accessKeyId: 'id', secretAccessKey: 'secret' },
};
const sftp: RepositorySpec = {
  id: '2',
  name: 'far',
  position: 2,
  place: {
    kind: 'sftp',
    host: 'nas',
    port: 22,
    username: 'backup',
    path: '/srv/pg',
    hostFingerprint: 'f'.repeat(64),
  },
  secrets: { passphrase: 'q'.repeat(48), privateKey: pem('RSA PRIVATE KEY') },
};
const spec: StanzaSpec = {
  stanza: 'orders-1a2b',
  dataDirectory: '/var/lib/postgresql/17/orders-1a2b',
  port: 5432,
  repositories: [s3, sftp],
  policy: { processMax: 2, compression: 'lz4' },
};

test('everything of a cluster stands in its own section and folder, and the agent takes it', () => {
  const files = backupFiles(spec, '2.55.1');
  expect(files.map((f) => [f.path, f.mode])).toEqual([
    ['/etc/pgbackrest/conf.d/orders-1a2b.conf', '0640'],
    ['/etc/pgbackrest/orders-1a2b/repo1-ca.crt', '0640'],
    ['/etc/pgbackrest/orders-1a2b/repo2-sftp.key', '0600'],
  ]);
  expect(allBackupPaths(spec.stanza)).toEqual(expect.arrayContaining(files.map((f) => f.path)));
  const [config] = files;
  expect(config?.content.match(/^\[.*\]$/gm)).toEqual(['[orders-1a2b]']);
  expect(config?.content).toContain('repo1-storage-port=9000\n');
  expect(config?.content).toContain(`repo2-sftp-host-fingerprint=${'f'.repeat(64)}\n`);
  for (const position of [1, 2])
    expect(config?.content).toMatch(new RegExp(`repo${position}-cipher-pass=.{48}\n`));
  const input = { files, remove: allBackupPaths(spec.stanza) };
  expect(taskKinds['place-backup-files'].input.safeParse(input).success).toBe(true);
  const elsewhere = { files: [{ ...files[0]!, path: '/etc/pgbackrest/../passwd' }] };
  expect(taskKinds['place-backup-files'].input.safeParse(elsewhere).success).toBe(false);
});

test('an older pgBackRest is asked for nothing it does not know', () => {
  const [config] = backupFiles({ ...spec, repositories: [s3] }, '2.45');
  expect(config?.content).not.toContain('block');
  expect(backupFiles({ ...spec, repositories: [s3] }, '2.55.1')[0]?.content).toContain('repo1-block=y');
  expect(refusalOf([s3], '2.45')).toBeUndefined();
  expect(refusalOf([s3, sftp], '2.45')?.en).toContain('2.46');
  expect(refusalOf([s3, sftp], '2.55.1')).toBeUndefined();
});
