import { DefineArea } from '#src/community/contract/areas.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { requireSeat } from '../committees/require-seat.ts';
import { measuredColumns } from './set-measure.ts';

/** Defines something that somebody has to answer for; until somebody does, it is listed among those without anybody. */
export async function defineArea(ctx: Context, given: DefineArea): Promise<{ id: number }> {
  const wish = DefineArea.parse(given);
  return inTransaction(ctx, async (tx) => {
    const { committee, reader } = await requireSeat(tx, wish.committee);
    const made = await tx.db
      .insertInto('community.area')
      .values({
        committee_id: committee.id,
        kind: wish.kind,
        name: wish.name,
        about: wish.about,
        ...(await measuredColumns(tx, wish.kind, wish.goal)),
        created_by: reader?.id ?? null,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await audit(tx, 'community.area.define', String(made.id), { committee: committee.slug, name: wish.name });
    return made;
  });
}
