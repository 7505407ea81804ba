import { expect, test } from 'vitest';
import { CreateRepository } from '#src/fleet/contract/backups.ts';
import { emptyForm, missingIn, repositoryBody } from './repository-wish.ts';

const pem = '-----BEGIN RSA PRIVATE KEY-----\nMIIEow==\n-----END RSA PRIVATE KEY-----';

test('what is typed for each kind of storage is what the contract takes', () => {
  const path = { ...emptyForm, kind: 'path' as const, name: 'office-nas', path: '/mnt/backup/pg' };
  const s3 = {
    ...emptyForm,
    name: 'bucket-a',
    endpoint: ' https://minio.example.com:9000/ ',
    bucket: 'pg',
    accessKeyId: 'key',
    secretAccessKey: ' secret ',
  };
  const sftp = {
    ...emptyForm,
    kind: 'sftp' as const,
    name: 'far-away',
    host: 'vault.example.com',
    hostFingerprint: 'AB'.repeat(32),
    privateKey: `\r\n${pem.replaceAll('\n', '\r\n')}  `,
  };
  const read = [path, { ...s3, bucket: 'pgbackups' }, sftp].map((form) => {
    expect(missingIn(form)).toEqual([]);
    return CreateRepository.parse(repositoryBody(form));
  });
  expect(read[0]).toEqual({ name: 'office-nas', place: { kind: 'path', path: '/mnt/backup/pg' } });
  expect(read[1]).toMatchObject({
    place: { endpoint: 'minio.example.com:9000', region: 'us-east-1', path: '/elepherd' },
    secretAccessKey: 'secret',
  });
  expect(read[1]).not.toHaveProperty('privateKey');
  expect(read[2]).toMatchObject({ place: { hostFingerprint: 'ab'.repeat(32) }, privateKey: `${pem}\n` });
});

test('what is missing is named', () => {
  expect(missingIn(emptyForm)).toEqual(['name', 'endpoint', 'bucket', 'accessKeyId', 'secretAccessKey']);
  expect(missingIn({ ...emptyForm, kind: 'path', name: 'nas' })).toEqual([]);
});
