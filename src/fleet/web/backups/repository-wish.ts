import type { CreateRepository } from '#src/fleet/contract/backups.ts';

/** The fields of the form, all as they were typed. */
export type RepositoryForm = {
  kind: 'path' | 's3' | 'sftp';
  name: string;
  path: string;
  endpoint: string;
  bucket: string;
  region: string;
  folder: string;
  uriStyle: 'path' | 'host';
  authority: string;
  accessKeyId: string;
  secretAccessKey: string;
  host: string;
  port: number;
  username: string;
  sftpPath: string;
  hostFingerprint: string;
  privateKey: string;
  passphrase: string;
};

export const emptyForm: RepositoryForm = {
  kind: 's3',
  name: '',
  path: '/mnt/backup',
  endpoint: '',
  bucket: '',
  region: 'us-east-1',
  folder: '/elepherd',
  uriStyle: 'path',
  authority: '',
  accessKeyId: '',
  secretAccessKey: '',
  host: '',
  port: 22,
  username: 'backup',
  sftpPath: '/srv/elepherd',
  hostFingerprint: '',
  privateKey: '',
  passphrase: '',
};

const needed: Record<RepositoryForm['kind'], (keyof RepositoryForm)[]> = {
  path: ['name', 'path'],
  s3: ['name', 'endpoint', 'bucket', 'accessKeyId', 'secretAccessKey'],
  sftp: ['name', 'host', 'username', 'sftpPath', 'hostFingerprint', 'privateKey'],
};

/** Fields that must still be filled in. */
export const missingIn = (form: RepositoryForm): (keyof RepositoryForm)[] =>
  needed[form.kind].filter((field) => String(form[field]).trim() === '');

// What is pasted comes with blanks around it; a key in PEM form ends with a line.
const word = (value: string) => value.trim();
const pem = (value: string) => `${value.trim().replaceAll('\r\n', '\n')}\n`;

/** The body for the API: only what belongs to the kind, and nothing that was left empty. */
export function repositoryBody(form: RepositoryForm): CreateRepository {
  const common = {
    name: word(form.name),
    ...(word(form.passphrase) !== '' && { passphrase: word(form.passphrase) }),
  };
  if (form.kind === 'path') return { ...common, place: { kind: 'path', path: word(form.path) } };
  if (form.kind === 's3') {
    return {
      ...common,
      place: {
        kind: 's3',
        // People paste addresses as they see them in a browser.
        endpoint: word(form.endpoint)
          .replace(/^https:\/\//, '')
          .replace(/\/+$/, ''),
        bucket: word(form.bucket),
        region: word(form.region),
        path: word(form.folder),
        uriStyle: form.uriStyle,
        ...(word(form.authority) !== '' && { authority: pem(form.authority) }),
      },
      accessKeyId: word(form.accessKeyId),
      secretAccessKey: word(form.secretAccessKey),
    };
  }
  return {
    ...common,
    place: {
      kind: 'sftp',
      host: word(form.host),
      port: form.port,
      username: word(form.username),
      path: word(form.sftpPath),
      hostFingerprint: word(form.hostFingerprint).toLowerCase(),
    },
    privateKey: pem(form.privateKey),
  };
}

const apiPaths: Partial<Record<keyof RepositoryForm, string[]>> = {
  path: ['place.path'],
  folder: ['place.path'],
  sftpPath: ['place.path'],
  endpoint: ['place.endpoint'],
  bucket: ['place.bucket'],
  region: ['place.region'],
  authority: ['place.authority'],
  host: ['place.host'],
  port: ['place.port'],
  username: ['place.username'],
  hostFingerprint: ['place.hostFingerprint'],
};

/** Under which paths the API complains of a field. */
export const pathsOf = (field: keyof RepositoryForm): string[] => apiPaths[field] ?? [field];
