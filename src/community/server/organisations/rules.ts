import { randomBytes } from 'node:crypto';

/** A page that nobody confirmed for so long is in no list. */
export const freshMonths = 12;
/** How many organisations of one member may wait to be verified. */
export const maxWaiting = 3;
export const maxManagers = 30;

const reserved = new Set(['new', 'review', 'edit', 'admin', 'elepherd', 'postgresql-community']);

/** Whether nobody may take this address, because a page of the house is there. */
export const isReservedSlug = (slug: string) => reserved.has(slug);

/**
 * An address made from a name: its Latin letters and digits, or `org` with random characters for a name without. From the
 * second attempt on with random characters, because the plain one is taken.
 */
export function slugFrom(name: string, attempt: number): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}+/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 50)
    .replace(/-+$/, '');
  const isUsable = plain.length >= 3 && !isReservedSlug(plain);
  if (isUsable && attempt === 0) return plain;
  return `${isUsable ? plain : 'org'}-${randomBytes(3).toString('hex')}`;
}

/** Whether a page must be confirmed before it is listed again. */
export function isStale(confirmedAt: Date, now: Date): boolean {
  const until = new Date(confirmedAt);
  until.setUTCMonth(until.getUTCMonth() + freshMonths);
  return until <= now;
}
