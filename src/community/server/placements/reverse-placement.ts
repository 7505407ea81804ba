import { sql } from 'kysely';
import { organisationText } from '#src/community/contract/organisations.text.ts';
import { placementText } from '#src/community/contract/placements.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireStaff } from '../members/require-staff.ts';
import { findOrganisation, findReader } from '../organisations/queries.ts';

/** Takes an entry back by one of its own, once; the first stays readable. */
export async function reversePlacement(ctx: Context, slug: string, id: number): Promise<{ id: number }> {
  await requireStaff(ctx, 'community.placement.enter');
  return inTransaction(ctx, async (tx) => {
    const organisation = await findOrganisation(tx, slug);
    if (!organisation) throw new AppError('not_found', organisationText.noSuch);
    const entry = await tx.db
      .selectFrom('community.placement')
      .select('id')
      .where('id', '=', id)
      .where('organisation_id', '=', organisation.id)
      .executeTakeFirst();
    if (!entry) throw new AppError('not_found', placementText.noSuch);
    const reader = await findReader(tx);
    const { rows } = await sql<{ id: number }>`
      insert into community.placement
        (organisation_id, direction, title, url, value_minor, currency, day, entered_by, reverses)
      select organisation_id, direction, title, url, value_minor, currency, day, ${reader?.id ?? null}, id
      from community.placement where id = ${id} and reverses is null
      on conflict (reverses) do nothing returning id`.execute(tx.db);
    const [made] = rows;
    if (!made) throw new AppError('conflict', placementText.reversedAlready);
    await audit(tx, 'community.placement.reverse', organisation.id, { id, by: made.id });
    return made;
  });
}
