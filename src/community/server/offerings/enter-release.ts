import { sql } from 'kysely';
import { EnterRelease } from '#src/community/contract/offerings.ts';
import { releaseText } from '#src/community/contract/releases.text.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireOffering } from './require-offering.ts';

const maxReleases = 500;

/**
 * Says on which day a version of a product is out, or was. Only for managers. Refuses another day for one that is out
 * already: wishes were delivered by it.
 */
export async function enterRelease(ctx: Context, id: number, given: EnterRelease): Promise<void> {
  const { version, releasedOn, url } = EnterRelease.parse(given);
  await inTransaction(ctx, async (tx) => {
    // not audited: the release is the trace, and public
    const { member, offering } = await requireOffering(tx, id);
    if (offering.kind !== 'product') throw new AppError('conflict', releaseText.onlyProducts);
    const { count } = await tx.db
      .selectFrom('community.offering_release')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('offering_id', '=', id)
      .executeTakeFirstOrThrow();
    if (count >= maxReleases) throw new AppError('conflict', releaseText.tooMany);
    const { rows } = await sql`
      insert into community.offering_release as r (offering_id, version, released_on, url, entered_by)
      values (${id}, ${version}, ${releasedOn}, ${url}, ${member.id})
      on conflict (offering_id, lower(version)) do update
        set released_on = excluded.released_on, url = excluded.url, entered_by = excluded.entered_by, at = now()
        where r.released_on > (now() at time zone 'UTC')::date
      returning r.id`.execute(tx.db);
    if (rows.length === 0) throw new AppError('conflict', releaseText.isOut);
  });
}
