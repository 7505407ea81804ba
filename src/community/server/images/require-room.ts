import { imageText } from '#src/community/contract/images.text.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { imageLimits } from './rules.ts';

/** Refuses a member who has uploaded as much as their trust allows. */
export async function requireRoom(
  { db }: Context,
  member: { id: string; trustLevel: number },
): Promise<void> {
  const { bytesAltogether } = imageLimits(member.trustLevel);
  const { used } = await db
    .selectFrom('community.upload')
    .select((eb) => eb.fn.coalesce(eb.fn.sum<string>('size_bytes'), eb.val('0')).as('used'))
    .where('member_id', '=', member.id)
    .executeTakeFirstOrThrow();
  if (Number(used) >= bytesAltogether)
    throw new AppError('too_large', imageText.noRoom(bytesAltogether / 1024 ** 2));
}
