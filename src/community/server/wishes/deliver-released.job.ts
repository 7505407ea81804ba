import { sql } from 'kysely';
import { z } from 'zod';
import { systemContext, noOrg } from '#src/platform/server/context.ts';
import { defineJob } from '#src/platform/server/jobs.ts';
import { endClaims } from './move-wish.ts';
import { lockWish } from './lock-wish.ts';
import { changeState, tellVoters } from './tell-voters.ts';

/** Every hour: wishes that come with a version of PostgreSQL, or of a listed product, are delivered on the day of its release. */
export const deliverReleased = defineJob(
  'community.deliver-released-wishes',
  z.object({}),
  async ({ db }) => {
    const due = await db
      .selectFrom('community.wish_delivery as d')
      .innerJoin('community.wish as w', 'w.id', 'd.wish_id')
      .select(['w.id', 'd.title', 'd.organisation_id as organisationId'])
      .where('w.state', 'in', ['open', 'planned', 'started'])
      .where(
        sql<boolean>`(exists (select from community.postgres_version v
            where v.major = d.pg_major and v.released_on <= (now() at time zone 'UTC')::date)
          or exists (select from community.offering_release r where r.offering_id = d.offering_id
            and lower(r.version) = lower(d.version) and r.released_on <= (now() at time zone 'UTC')::date))`,
      )
      .orderBy('w.id')
      .limit(1000)
      .execute();
    for (const { id, title, organisationId } of due)
      await db.transaction().execute(async (trx) => {
        const tx = systemContext(trx, noOrg);
        const wish = await lockWish(tx, id, { member: undefined, mayManage: true });
        await changeState(tx, { id, from: wish.state, to: 'delivered', memberId: null, note: title });
        await endClaims(tx, id, organisationId ?? undefined);
        await tellVoters(tx, { ...wish, state: 'delivered' }, title, null);
      });
  },
  { schedule: '17 * * * *' },
);
