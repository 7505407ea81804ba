import { peopleText } from '#src/community/contract/people.text.ts';
import type { FollowKind } from '#src/community/contract/people.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { isListedWish } from '../wishes/lock-wish.ts';

/** The id of what an address names; refuses what is not there, or not public. */
export async function findFollowed({ db }: Context, kind: FollowKind, key: string): Promise<string> {
  const row = await rowOf(db, kind, key);
  if (!row) throw new AppError('not_found', peopleText.nothingToFollow);
  return String(row.id);
}

async function rowOf(db: Context['db'], kind: FollowKind, key: string) {
  if (kind === 'member')
    return db
      .selectFrom('community.member')
      .select('id')
      .where('handle', '=', key)
      .where('erased_at', 'is', null)
      .executeTakeFirst();
  if (kind === 'tag')
    return db
      .selectFrom('community.tag')
      .select('id')
      .where('name', '=', key.toLowerCase())
      .executeTakeFirst();
  if (!/^[1-9]\d{0,14}$/.test(key)) return undefined;
  if (kind === 'wish')
    return db
      .selectFrom('community.wish as w')
      .select('w.id')
      .where('w.id', '=', Number(key))
      .where(isListedWish)
      .executeTakeFirst();
  return db
    .selectFrom('community.post')
    .select('id')
    .where('id', '=', Number(key))
    .where('state', '=', 'published')
    .executeTakeFirst();
}
