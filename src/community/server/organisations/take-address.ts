import type { Text } from '#src/platform/contract/i18n.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { isReservedSlug, slugFrom } from './rules.ts';

/**
 * Makes something under the address that was wished, or under the first free one of its name; `insert` answers undefined
 * when one is taken. Refuses a wished address that is taken or reserved.
 */
export async function takeAddress<T>(
  wish: { name: string; slug?: string | undefined },
  taken: (slug: string) => Text,
  insert: (slug: string) => Promise<T | undefined>,
): Promise<T> {
  for (let attempt = 0; attempt < 5; attempt++) {
    const slug = wish.slug ?? slugFrom(wish.name, attempt);
    const made = isReservedSlug(slug) ? undefined : await insert(slug);
    if (made !== undefined) return made;
    if (wish.slug !== undefined) throw new AppError('conflict', taken(slug));
  }
  throw new Error('no free address was found');
}

/** Counts what a member began that still waits; of two who count at once, the second waits for the first. */
export async function countWaiting(
  tx: Context,
  table: 'community.organisation' | 'community.chapter',
  memberId: string,
): Promise<number> {
  await tx.db
    .selectFrom('community.member')
    .select('id')
    .where('id', '=', memberId)
    .forNoKeyUpdate()
    .executeTakeFirst();
  const { count } = await tx.db
    .selectFrom(table)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('created_by', '=', memberId)
    .where('state', '=', 'pending')
    .executeTakeFirstOrThrow();
  return count;
}
