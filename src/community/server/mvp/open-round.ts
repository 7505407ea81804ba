import { OpenRound } from '#src/community/contract/mvp.ts';
import { mvpText } from '#src/community/contract/mvp.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { findByHandle } from '../members/queries.ts';
import { requireStaff } from '../members/require-staff.ts';
import { findReader } from '../organisations/queries.ts';

/** Begins a round with its jury; one of each kind a year. */
export async function openRound(ctx: Context, given: OpenRound): Promise<{ id: number }> {
  await requireStaff(ctx, 'community.mvp.run');
  const { jury, nominateUntil, scoreUntil, ...wish } = OpenRound.parse(given);
  const [nominate, score] = [new Date(nominateUntil), new Date(scoreUntil)];
  if (nominate.getTime() <= Date.now() || score <= nominate)
    throw new AppError('conflict', mvpText.wrongOrder);
  return inTransaction(ctx, async (tx) => {
    const made = await tx.db
      .insertInto('community.mvp_round')
      .values({
        ...wish,
        nominate_until: nominate,
        score_until: score,
        created_by: (await findReader(tx))?.id ?? null,
      })
      .onConflict((oc) => oc.columns(['kind', 'year']).doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!made) throw new AppError('conflict', mvpText.roundExists);
    for (const handle of new Set(jury)) {
      const member = await findByHandle(tx.db, handle);
      if (!member) throw new AppError('not_found', mvpText.noSuchMember(handle));
      await tx.db
        .insertInto('community.mvp_juror')
        .values({ round_id: made.id, member_id: member.id })
        .execute();
    }
    await audit(tx, 'community.mvp.open', String(made.id), { ...wish, jury, nominateUntil, scoreUntil });
    return made;
  });
}
