import { createHash, randomBytes } from 'node:crypto';
import { backupText } from '#src/fleet/contract/backups.text.ts';
import type { CreateRepository, RepositoryPlace } from '#src/fleet/contract/backups.ts';
import type { Text } from '#src/platform/contract/i18n.ts';

/** What a repository's secrets are sealed for. */
export const repositorySeal = (id: string) => `fleet.repository:${id}`;

/** A place in one line, as a person would write it. */
export function addressOf(place: RepositoryPlace): string {
  if (place.kind === 'path') return place.path;
  if (place.kind === 'sftp') return `sftp://${place.username}@${place.host}:${place.port}${place.path}`;
  return `s3://${place.endpoint}/${place.bucket}${place.path}`;
}

/** A passphrase that nobody guesses. */
export const newPassphrase = () => randomBytes(36).toString('base64');

/** Says which passphrase it is and nothing about it: passphrases of ours are far too long to be guessed. */
export const fingerprintOf = (passphrase: string) =>
  createHash('sha256').update('elepherd repository key').update(passphrase).digest('hex').slice(0, 16);

/** What is missing in a wish for a repository, or has no place in it; undefined when nothing is. */
export function missingIn(wish: CreateRepository): Text | undefined {
  const isKept = { accessKeyId: 's3', secretAccessKey: 's3', privateKey: 'sftp' } as const;
  for (const key of ['accessKeyId', 'secretAccessKey', 'privateKey'] as const)
    if (wish[key] !== undefined && wish.place.kind !== isKept[key])
      return backupText.keyHasNoPlace(key, wish.place.kind);
  if (wish.place.kind === 's3' && (!wish.accessKeyId || !wish.secretAccessKey)) return backupText.s3NeedsKeys;
  if (wish.place.kind === 'sftp' && !wish.privateKey) return backupText.sftpNeedsKey;
  return undefined;
}
