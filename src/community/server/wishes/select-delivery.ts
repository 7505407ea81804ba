import { sql } from 'kysely';
import type { Delivery, OwnProduct } from '#src/community/contract/wish-deliveries.ts';
import type { Context } from '#src/platform/server/context.ts';
import { isPublicProduct } from '../offerings/queries.ts';

/** What delivers a wish, with the day of the version that it comes with. */
export async function selectDelivery({ db }: Context, wishId: number): Promise<Delivery | null> {
  const row = await db
    .selectFrom('community.wish_delivery as d')
    .leftJoin('community.organisation as o', 'o.id', 'd.organisation_id')
    .leftJoin('community.offering as f', (join) =>
      join.onRef('f.id', '=', 'd.offering_id').on(isPublicProduct),
    )
    .select(['d.kind', 'd.title', 'd.url', 'd.pg_major as pgMajor', 'd.version', 'o.slug', 'o.name'])
    .select(['f.id as offeringId', 'f.name as offeringName'])
    .select(
      sql<string | null>`coalesce(
        (select v.released_on::text from community.postgres_version v where v.major = d.pg_major),
        (select r.released_on::text from community.offering_release r
          where r.offering_id = d.offering_id and lower(r.version) = lower(d.version)))`.as('releasedOn'),
    )
    .where('d.wish_id', '=', wishId)
    .executeTakeFirst();
  if (!row) return null;
  const { slug, name, offeringId, offeringName, ...delivery } = row;
  return {
    ...delivery,
    organisation: slug === null || name === null ? null : { slug, name },
    offering: offeringId === null || offeringName === null ? null : { id: offeringId, name: offeringName },
  };
}

/** The public products of organisations that a member manages. */
export function listOwnProducts({ db }: Context, memberId: string): Promise<OwnProduct[]> {
  return db
    .selectFrom('community.offering as f')
    .innerJoin('community.organisation as o', 'o.id', 'f.organisation_id')
    .innerJoin('community.organisation_manager as om', 'om.organisation_id', 'o.id')
    .select(['f.id', 'f.name', 'o.slug as organisation'])
    .where('om.member_id', '=', memberId)
    .where(isPublicProduct)
    .orderBy('f.name')
    .limit(100)
    .execute();
}
