import { sql } from 'kysely';
import { communityText } from '#src/community/contract/community.text.ts';
import { noOrg, requireSignedIn, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { handleFrom } from './handle.rules.ts';
import { findMember, type OwnMember } from './queries.ts';

/** Refuses everybody but a person who is signed in, without making them a member: for what one reads of one's own. */
export function requirePerson({ actor }: Context): void {
  if (actor.kind !== 'user' || actor.id === null) throw new AppError('forbidden', communityText.personOnly);
}

/** The member who acts; somebody who never took part before becomes one. Refuses API keys. */
export async function requireMember(ctx: Context): Promise<OwnMember> {
  requireSignedIn(ctx);
  requirePerson(ctx);
  const accountId = ctx.actor.id!;
  return (await findMember(ctx.db, accountId)) ?? (await becomeMember(ctx, accountId));
}

/** The member who reads; undefined for a person who never took part: reading makes nobody a member. Refuses API keys. */
export async function requireReader(ctx: Context): Promise<OwnMember | undefined> {
  requireSignedIn(ctx);
  const { actor } = ctx;
  if (actor.kind !== 'user' || actor.id === null) throw new AppError('forbidden', communityText.personOnly);
  return findMember(ctx.db, actor.id);
}

/**
 * The member who acts, if they may write now; refuses one who is suspended, with the reason and the end, and one whose
 * address nobody vouches for: neither a proof by mail nor an organisation that they belong to.
 */
export async function requireWriter(ctx: Context): Promise<OwnMember> {
  const member = await requireMember(ctx);
  const { suspendedUntil, suspendedReason } = member;
  if (suspendedUntil !== null && suspendedUntil > new Date()) {
    const until = suspendedUntil.toISOString().slice(0, 16).replace('T', ' ');
    throw new AppError('forbidden', communityText.suspended(`${until} UTC`, suspendedReason ?? ''));
  }
  if (!member.isProved && ctx.actor.orgId === noOrg)
    throw new AppError('forbidden', communityText.addressNotProved);
  return member;
}

/** Writes the row of a member for an account that has none; twice at once makes one. */
async function becomeMember(ctx: Context, accountId: string): Promise<OwnMember> {
  const { name } = await ctx.db
    .selectFrom('identity.account')
    .select('name')
    .where('id', '=', accountId)
    .executeTakeFirstOrThrow();
  for (let attempt = 0; ; attempt++) {
    const handle = handleFrom(name, attempt);
    const isKept = await ctx.db
      .selectFrom('community.former_handle')
      .select('handle')
      .where('handle', '=', handle)
      .where('kept_until', '>', sql<Date>`now()`)
      .executeTakeFirst();
    if (!isKept)
      await ctx.db
        .insertInto('community.member')
        .values({ account_id: accountId, handle, name })
        .onConflict((oc) => oc.doNothing())
        .execute();
    const made = await findMember(ctx.db, accountId);
    if (made) return made;
    // Otherwise somebody else has that handle: the next attempt adds random characters.
    if (attempt === 5) throw new Error('no free handle was found');
  }
}
