import { randomBytes } from 'node:crypto';

const reserved = new Set([
  'admin',
  'administrator',
  'moderator',
  'editor',
  'staff',
  'system',
  'elepherd',
  'support',
  'official',
  'security',
  'postgres',
  'postgresql',
  'everyone',
  'all',
  'here',
  'me',
  'new',
]);

/** Whether nobody may take this handle, because others would take its bearer for the house. */
export const isReservedHandle = (handle: string) => reserved.has(handle);

/**
 * A handle made from a person's name: its Latin letters and digits, or `member` with random characters for a name without.
 * From the second attempt on with random characters, because the plain one is taken.
 */
export function handleFrom(name: string, attempt: number): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}+/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 30)
    .replace(/-+$/, '');
  const isUsable = plain.length >= 3 && !isReservedHandle(plain);
  if (isUsable && attempt === 0) return plain;
  return `${isUsable ? plain : 'member'}-${randomBytes(4).toString('hex').slice(0, 6)}`;
}
