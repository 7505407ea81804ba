import { sql } from 'kysely';
import type { z } from 'zod';
import { releaseText } from '#src/community/contract/releases.text.ts';
import { DeliverWish } from '#src/community/contract/wish-deliveries.ts';
import { livingStates } from '#src/community/contract/wishes.ts';
import { wishText } from '#src/community/contract/wishes.text.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireWriter } from '../members/require-member.ts';
import { mayAsStaff } from '../members/require-staff.ts';
import { findProduct } from '../offerings/queries.ts';
import { findOrganisation } from '../organisations/queries.ts';
import { endClaims } from './move-wish.ts';
import { lockWish } from './lock-wish.ts';
import { changeState, tellVoters } from './tell-voters.ts';

/**
 * Links a wish to what delivers it. It is delivered at once, or, when it comes with a version of PostgreSQL or of a listed
 * product that is not out yet, on the day of its release. For those who look after wishes, and for managers of an organisation that claimed it.
 */
export async function deliverWish(ctx: Context, id: number, given: DeliverWish): Promise<void> {
  const wanted = DeliverWish.parse(given);
  const member = await requireWriter(ctx);
  const mayManage = await mayAsStaff(ctx, 'community.wish.manage');
  // not audited: the delivery and the change are the trace
  await inTransaction(ctx, async (tx) => {
    const wish = await lockWish(tx, id, { member, mayManage });
    if (!livingStates.some((state) => state === wish.state) || wish.state === 'pending')
      throw new AppError('conflict', wishText.isClosed);
    const slug = await slugOf(tx, wanted);
    const organisation = slug === null ? undefined : await findOrganisation(tx, slug);
    if (slug !== null && organisation?.state !== 'verified')
      throw new AppError('conflict', wishText.noSuchVendor(slug));
    if (!mayManage && !(organisation?.isManager && (await hasClaimed(tx, id, organisation.id))))
      throw new AppError('forbidden', wishText.notYoursToDeliver);
    const values = {
      kind: wanted.kind,
      title: wanted.title,
      url: wanted.url,
      pg_major: wanted.pgMajor,
      organisation_id: organisation?.id ?? null,
      offering_id: wanted.offering,
      version: wanted.version,
      entered_by: member.id,
    };
    await tx.db
      .insertInto('community.wish_delivery')
      .values({ wish_id: id, ...values })
      .onConflict((oc) => oc.column('wish_id').doUpdateSet(values))
      .execute();
    const isOut = await isThere(tx, wanted);
    const to = isOut ? 'delivered' : 'started';
    if (to === wish.state) return;
    await changeState(tx, { id, from: wish.state, to, memberId: member.id, note: wanted.title });
    if (isOut) await endClaims(tx, id, organisation?.id);
    await tellVoters(tx, { ...wish, state: to }, wanted.title, member.id);
  });
}

/** Whose it is: the organisation of a listed product, or the one that is named. */
async function slugOf(tx: Context, { offering, organisation }: Wanted): Promise<string | null> {
  if (offering === null) return organisation;
  const product = await findProduct(tx, offering);
  if (!product) throw new AppError('conflict', releaseText.noSuchProduct);
  if (organisation !== null && organisation !== product.slug)
    throw new AppError('conflict', releaseText.notTheirs);
  return product.slug;
}

type Wanted = z.output<typeof DeliverWish>;

/** Whether what delivers a wish is there today. */
async function isThere(tx: Context, { pgMajor, offering, version }: Wanted): Promise<boolean> {
  if (pgMajor !== null) return isReleased(tx, pgMajor);
  if (offering === null || version === '') return true;
  const row = await tx.db
    .selectFrom('community.offering_release')
    .select('id')
    .where('offering_id', '=', offering)
    .where(sql<boolean>`lower(version) = lower(${version})`)
    .where(sql<boolean>`released_on <= (now() at time zone 'UTC')::date`)
    .executeTakeFirst();
  return row !== undefined;
}

async function hasClaimed({ db }: Context, wishId: number, organisationId: string): Promise<boolean> {
  const row = await db
    .selectFrom('community.wish_claim')
    .select('id')
    .where('wish_id', '=', wishId)
    .where('organisation_id', '=', organisationId)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}

/** Whether a major version of PostgreSQL is out today. */
async function isReleased({ db }: Context, major: number): Promise<boolean> {
  const row = await db
    .selectFrom('community.postgres_version')
    .select('major')
    .where('major', '=', major)
    .where(sql<boolean>`released_on <= (now() at time zone 'UTC')::date`)
    .executeTakeFirst();
  return row !== undefined;
}
