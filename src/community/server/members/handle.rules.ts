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
  'root',
  'help',
  'moderators',
  'community',
  'anonymous',
  'deleted',
  'deleted-user',
]);

/** What a handle looks like at a glance: signs that people take for one another become one. `community.look_of` says the same. */
export const lookOf = (handle: string) =>
  handle
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w')
    .replace(/[01i5]/g, (sign) => (sign === '0' ? 'o' : sign === '5' ? 's' : 'l'));

const reservedLooks = new Set([...reserved].map(lookOf));

/** Whether nobody may take this handle, because others would take its bearer for the house: also `adm1n` and `p0stgres`. */
export const isReservedHandle = (handle: string) =>
  reservedLooks.has(lookOf(handle)) || /^(?:elepherd|deleted)-/.test(handle.replaceAll('3', 'e'));

/** How long an old address leads to a member with a new handle. */
export const redirectDays = 90;
/** How long nobody takes the handle of a member who left. */
export const erasedHandleDays = 365;
/** Changes of handle within thirty days that are a change of mind; more would be a game with addresses. */
export const handleChangesAMonth = 2;

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
