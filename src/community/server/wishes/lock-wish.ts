import { sql, type RawBuilder } from 'kysely';
import { wishText } from '#src/community/contract/wishes.text.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { findMember, type OwnMember } from '../members/queries.ts';
import { mayAsStaff } from '../members/require-staff.ts';

/** Who reads: what of wishes they may see hangs on nothing else. */
export type Reader = { member: OwnMember | undefined; mayManage: boolean };

/** The reader of wishes; reading makes nobody a member. */
export async function readerOf(ctx: Context): Promise<Reader> {
  const { actor } = ctx;
  if (actor.kind === 'anonymous') return { member: undefined, mayManage: false };
  const [member, mayManage] = await Promise.all([
    actor.kind === 'user' && actor.id !== null ? findMember(ctx.db, actor.id) : undefined,
    mayAsStaff(ctx, 'community.wish.manage'),
  ]);
  return { member, mayManage };
}

/** Of `wish w`: whether a reader is its author, manages an organisation that it names, or looks after wishes. */
export function isInside({ member, mayManage }: Reader): RawBuilder<boolean> {
  if (mayManage) return sql<boolean>`true`;
  if (member === undefined) return sql<boolean>`false`;
  return isNamed(sql`${member.id}`);
}

/** Of `wish w`: whether a member, by id, is its author or manages an organisation that it names. */
export const isNamed = (id: RawBuilder<unknown>): RawBuilder<boolean> =>
  sql<boolean>`(w.author_id = ${id} or ${managesNamed(id)})`;

/** Of `wish w`: whether a member manages a verified organisation that it names. */
export const isAddressedTo = ({ id }: { id: string }): RawBuilder<boolean> => managesNamed(sql`${id}`);

/** Of `wish w`: whether a member wrote it, votes for it, or manages a verified organisation that it names or that claims it. */
export const takesPart = ({ id }: { id: string }): RawBuilder<boolean> =>
  sql<boolean>`(${isNamed(sql`${id}`)}
    or exists (select from community.wish_vote v where v.wish_id = w.id and v.member_id = ${id})
    or exists (select from community.wish_claim wc
      join community.organisation_manager om on om.organisation_id = wc.organisation_id
      join community.organisation o on o.id = om.organisation_id and o.state = 'verified'
      where wc.wish_id = w.id and wc.withdrawn_at is null and om.member_id = ${id}))`;

const managesNamed = (id: RawBuilder<unknown>) =>
  sql<boolean>`exists (select from community.wish_vendor wv
    join community.organisation_manager om on om.organisation_id = wv.organisation_id
    join community.organisation o on o.id = om.organisation_id and o.state = 'verified'
    where wv.wish_id = w.id and om.member_id = ${id})`;

/** Of `wish w`: whether everybody may read it. */
export const isPublicWish = sql<boolean>`(not w.is_private and w.state <> 'pending')`;
/** Of `wish w`: whether everybody finds it. A duplicate is read still, and leads to the other one. */
export const isListedWish = sql<boolean>`(${isPublicWish} and w.state <> 'duplicate')`;

/** Of `wish w`: whether a reader may see it. A private one is as absent to everybody else as one that never was. */
export function maySee(reader: Reader): RawBuilder<boolean> {
  return sql<boolean>`(${isPublicWish} or ${isInside(reader)})`;
}

/** A wish that the reader may see, its row locked in the caller's transaction; refuses all others as not there. */
export async function lockWish(tx: Context, id: number, reader: Reader) {
  const wish = await tx.db
    .selectFrom('community.wish as w')
    .selectAll('w')
    .where('w.id', '=', id)
    .where(maySee(reader))
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!wish) throw new AppError('not_found', wishText.noSuchWish);
  return wish;
}
